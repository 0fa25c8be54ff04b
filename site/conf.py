"""What Sphinx does with the sources of the pages, which `python -m analysis site` makes."""

from html import escape
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

ASSETS = Path(__file__).parent / "assets"

project = "Who funds world models and AI video"
author = "The world-model-funding authors"
html_title = project
html_short_title = project
language = "en"

extensions = ["myst_nb"]
# Pages are made of committed outputs.
nb_execution_mode = "off"
nb_merge_streams = True
myst_heading_anchors = 3
# What a source wrote is shown as it wrote it.
smartquotes = False
myst_enable_extensions = ["attrs_inline"]
exclude_patterns = ["parts/*"]
# Pages of rounds, companies and charts are reached through their tables, not through the list on the left.
suppress_warnings = ["toc.not_included"]
pygments_style = "a11y-high-contrast-light"

html_theme = "sphinx_book_theme"
html_theme_options = {
    "show_toc_level": 2,
    "use_download_button": False,
    "use_fullscreen_button": False,
    "toc_title": "On this page",
    "navbar_start": [],
    "navbar_center": [],
    "navbar_end": [],
    "navbar_persistent": [],
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
    "footer_content_items": ["about.html"],
    "show_prev_next": True,
}
html_context = {"default_mode": "auto"}
templates_path = ["templates"]
html_sidebars = {"**": ["brand.html", "search-button-field.html", "navigation.html"]}
html_static_path = ["assets"]
html_css_files = sorted(path.name for path in ASSETS.glob("*.css"))
html_js_files = [(path.name, {"defer": "defer"}) for path in sorted(ASSETS.glob("*.js"))]
html_copy_source = False
html_show_sourcelink = False
html_use_index = False
html_domain_indices = False
html_last_updated_fmt = None
# A summary of each result would be fetched, which a browser refuses to pages opened from a folder.
html_show_search_summary = False


def setup(app: Sphinx) -> None:
    """Mend what the theme does to titles, after it has done it."""
    app.connect("html-page-context", escape_title, priority=900)


def escape_title(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Let a title be text where the theme writes it as HTML: at the head of what is printed."""
    if "pagetitle" in context:
        context["pagetitle"] = escape(context["pagetitle"])
