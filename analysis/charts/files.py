"""Figures and frames as bytes: the same input gives the same bytes on every run."""

from base64 import b64encode
from functools import cache
from io import BytesIO
from pathlib import Path
from string import printable

import numpy as np
import numpy.typing as npt
import pandas as pd
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from PIL import Image

from analysis.charts import house
from analysis.charts.house import Theme
from analysis.charts.language import spoken
from analysis.formulas import disarmed

LETTERS = frozenset(printable + "–—‘’“”…·×±−")
"""What most charts are written with; one set of letters for many charts is cut out of the face once."""
EDGES, FILLS = 8, 24
"""Shades of the colours of words, where more only make a picture larger, and of the colours of marks,
whose shades can mean something."""


def png(figure: Figure, theme: Theme, width: int) -> bytes:
    """A picture of a width in pixels, by default settings twice the screen size, sharp on any screen.

    A page is made of the theme's colours on its paper: a palette of their shades keeps it as it looks, at a
    third of the size.
    """
    dpi = width / figure.get_figwidth()
    drawn = np.frombuffer(_saved(figure, "raw", None, dpi), dtype=np.uint8)
    picture = drawn.reshape(-1, width, 4)[..., :3]
    shades = _shades(theme)
    # Each colour once, by its nearest shade; most of a page is paper.
    packed = picture.astype(np.uint32) @ np.array([65536, 256, 1], dtype=np.uint32)
    places, colors = pd.factorize(packed.ravel())
    channels = np.stack([colors >> 16, colors >> 8 & 255, colors & 255], axis=1).astype(int)
    nearest = ((channels[:, None, :] - shades[None, :, :]) ** 2).sum(axis=2).argmin(axis=1)
    indexed = Image.fromarray(nearest.astype(np.uint8)[places].reshape(packed.shape))
    indexed.putpalette(shades.astype(np.uint8).tobytes())
    out = BytesIO()
    indexed.save(out, "png", optimize=True, dpi=(dpi, dpi))
    return out.getvalue()


def _shades(theme: Theme) -> npt.NDArray[np.int_]:
    """The paper, and every colour of a theme in steps down to it, one a row."""
    paper = np.array(to_rgb(theme.paper))
    words = dict.fromkeys((theme.ink, theme.muted, theme.faint), EDGES)
    steps = words | dict.fromkeys(theme.marks, FILLS)
    shades = [
        np.rint(255 * (step * np.array(to_rgb(color)) + (1 - step) * paper))
        for color, n in steps.items()
        for step in np.linspace(0, 1, n)
    ]
    return np.array(shades).astype(int)


def svg(figure: Figure) -> bytes:
    """Lines and text, with the text kept as text and the letters of its face inside."""
    drawn = _saved(figure, "svg", {"Date": None, "Creator": None}).decode("utf-8")
    language, faces = spoken(), []
    rest = set(filter(str.isprintable, LETTERS.union(drawn)))
    for face in house.faces(language):
        own = rest & _held(house.face_path(face, "regular"))
        rest -= own
        faces += [
            f"@font-face{{font-family:'{face}';font-weight:{value};"
            f"src:url(data:font/woff;base64,{_letters(house.face_path(face, weight), frozenset(own))})}}"
            for weight, value in house.WEIGHTS.items()
        ]
    styled = drawn.replace("<defs>", f'<defs>\n  <style type="text/css">{"".join(faces)}</style>', 1)
    return styled.replace("<svg ", f'<svg lang="{language.tag}" ', 1).encode()


@cache
def _held(face: Path) -> frozenset[str]:
    """The letters that a font file has."""
    return frozenset(map(chr, TTFont(face).getBestCmap()))


@cache
def _letters(face: Path, letters: frozenset[str]) -> str:
    """A font file with some letters of a face alone, in Base64."""
    # Cutting a few letters out of a face of very many takes long: those of the language are cut out once.
    needed = spoken().letters
    source: Path | BytesIO = BytesIO(_needed(face, needed)) if letters <= needed else face
    return b64encode(_cut(source, letters, "woff")).decode("ascii")


@cache
def _needed(face: Path, letters: frozenset[str]) -> bytes:
    """A font file with the letters that a language needs."""
    return _cut(face, letters, None)


def _cut(face: Path | BytesIO, letters: frozenset[str], flavor: str | None) -> bytes:
    """A font file with some letters of another."""
    font = TTFont(face, recalcTimestamp=False)
    subsetter = Subsetter(Options(layout_features=["kern", "locl"], hinting=False))
    subsetter.populate(text="".join(sorted(letters)))
    subsetter.subset(font)
    font.flavor = flavor
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def pdf(figure: Figure) -> bytes:
    """Lines and text, with the fonts inside."""
    return _saved(figure, "pdf", {"CreationDate": None, "Creator": None, "Producer": None})


def csv(frame: pd.DataFrame) -> bytes:
    """Rows for a spreadsheet: a byte order mark so that Excel reads UTF-8, and no text that it would run.

    >>> csv(pd.DataFrame({"name": ["=1+1", "Vidu"], "change": [-1, 2]})).decode("utf-8-sig").split()
    ['name,change', "'=1+1,-1", 'Vidu,2']
    """
    harmless = frame.map(lambda cell: disarmed(cell) if isinstance(cell, str) else cell)
    return harmless.to_csv(index=False, lineterminator="\n").encode("utf-8-sig")


def _saved(figure: Figure, format_: str, metadata: dict[str, None] | None, dpi: float | None = None) -> bytes:
    """What matplotlib writes, without dates and versions."""
    out = BytesIO()
    with house.style():
        figure.savefig(out, format=format_, metadata=metadata, dpi=dpi or "figure")
    return out.getvalue()
