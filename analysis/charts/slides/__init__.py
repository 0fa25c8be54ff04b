"""Charts as slides of PowerPoint, editable where the form of a chart is one of PowerPoint's."""

from analysis.charts.slides.deck import pptx

__all__ = ["pptx"]
