"""The type of the pages: the letters that they are written with, cut out of the faces of the charts."""

from functools import cache
from importlib.resources import as_file, files
from importlib.util import find_spec
from io import BytesIO

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from analysis.charts.house import FACE

STYLES = ("Regular", "Italic", "Bold")
# Latin with the accents of every language of the reports, Cyrillic, punctuation, arrows and signs of money.
_LETTERS = (*range(0x20, 0x17F), *range(0x400, 0x460), *range(0x1EA0, 0x1EFA), *range(0x2010, 0x2040))
_SIGNS = tuple(map(ord, "ƠơƯư€₩₽₫→←↑↓−≈≥≤×"))
_FEATURES = ["kern", "liga", "tnum", "lnum", "ccmp", "mark", "locl"]

EASTERN = "cvttf_NotoSansCJK_Regular"
"""The package of the optional face of Chinese, Japanese and Korean."""
_FIRST_EASTERN, _LAST_EASTERN = 0x2E80, 0xFFEF


def faces(said: str) -> dict[str, bytes]:
    """The faces as WOFF files by their names; the same packages and words give the same bytes.

    Args:
        said: all that the pages say. The face of Chinese, Japanese and Korean holds what is said in them and
            no more, and is left out where its package is: a browser then takes a face of its own.
    """
    cut = {
        f"{FACE}-{style}.woff": _cut("fontpkg_lato", f"files/{FACE}-{style}.ttf", (*_LETTERS, *_SIGNS))
        for style in STYLES
    }
    if find_spec(EASTERN):
        eastern = tuple(
            sorted(sign for sign in map(ord, set(said)) if _FIRST_EASTERN <= sign <= _LAST_EASTERN)
        )
        cut["Eastern.woff"] = _cut(EASTERN, "NotoSansCJKtc-Regular.otf", eastern)
    return cut


@cache
def _cut(package: str, file: str, letters: tuple[int, ...]) -> bytes:
    """Some letters of a face as a WOFF file."""
    with as_file(files(package).joinpath(file)) as path:
        font = TTFont(path, recalcTimestamp=False, lazy=True)
        subsetter = Subsetter(Options(layout_features=_FEATURES, hinting=False))
        subsetter.populate(unicodes=letters)
        subsetter.subset(font)
        font.flavor = "woff"
        out = BytesIO()
        font.save(out)
    return out.getvalue()
