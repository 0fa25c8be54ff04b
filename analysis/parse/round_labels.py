"""What a report calls a round: "A + 輪", "Serie-A5" and "extension of Series C" as comparable labels."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from analysis.parse.language import words


@dataclass(frozen=True, slots=True)
class Stage:
    """One round of a financing history.

    Attributes:
        family: "A" to "H" for a series, or "Seed", "Angel", "Pre-IPO", "IPO", "Strategic".
        step: what follows the letter: "" for a plain Series A, "+", "++", "1", "extension".
        pre: whether it is the round before the named one ("Pre-A").
    """

    family: str
    step: str = ""
    pre: bool = False

    def __str__(self) -> str:
        name = f"Pre-{self.family}" if self.pre else self.family
        if len(self.family) == 1 and not self.pre:
            name = f"Series {self.family}"
        return f"{name} extension" if self.step == "extension" else name + self.step


@dataclass(frozen=True, slots=True)
class RoundLabel:
    """The stages that a label names, in order, and whether it sums several rounds."""

    stages: tuple[Stage, ...] = ()
    several: bool = False

    def __str__(self) -> str:
        return " and ".join(map(str, self.stages))


def _any(found: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(found, key=len, reverse=True))


@cache
def _patterns() -> tuple[dict[str, re.Pattern[str]], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return what finds named stages, series letters, extensions and sums of rounds."""
    table = words("round_labels")["any"]
    series, extension, several, numbers = (
        _any(table["words"][name]) for name in ("series", "extension", "several", "numbers")
    )
    stages = {name: re.compile(rf"({_any(found)})\s*(\+*)") for name, found in table["stages"].items()}
    letter = re.compile(
        rf"(?P<pre>(?<![a-z])pre\s*-?\s*)?(?P<before>(?:{series})\s*-?\s*)?"
        rf"(?<![a-z])(?P<letter>[a-h])\s*(?P<step>\+{{1,5}}|\d{{1,2}})?(?![a-z\d])(?P<after>\s*-?\s*(?:{series}))?"
    )
    sums = re.compile(rf"(?<![a-z\d])(?:\d+|{numbers})\s*[\w ]*?(?:{several})")
    return stages, letter, re.compile(extension), sums


def parse_round_label(text: str | None) -> RoundLabel:
    """Return the stages named in `text`; an empty label when it names none.

    >>> str(parse_round_label("A + 輪")), str(parse_round_label("extension of Series C"))
    ('Series A+', 'Series C extension')
    >>> parse_round_label("7轮融资").several
    True
    """
    folded = unicodedata.normalize("NFKC", text or "").casefold()[:200]
    if not folded:
        return RoundLabel()
    stages, letter, extension, several = _patterns()
    found: list[tuple[int, Stage]] = []
    for match in letter.finditer(folded):
        if (
            match["before"]
            or match["after"]
            or match["step"]
            or match["pre"]
            or match[0].strip() == folded.strip()
        ):
            stage = Stage(match["letter"].upper(), match["step"] or "", bool(match["pre"]))
            found.append((match.start(), stage))
    for name, pattern in stages.items():
        if name == "IPO" and stages["Pre-IPO"].search(folded):
            continue
        if named := pattern.search(folded):
            found.append((named.start(), Stage(name, named[2])))
    if any(len(stage.family) == 1 for _, stage in found):
        # "A4 and A5 strategic financing" names its series; "strategic" only describes it.
        found = [(at, stage) for at, stage in found if stage.family != "Strategic"]
    ordered = [stage for _, stage in sorted(found, key=lambda item: item[0])]
    if extension.search(folded) and len(ordered) == 1 and not ordered[0].step:
        ordered = [Stage(ordered[0].family, "extension", ordered[0].pre)]
    return RoundLabel(tuple(dict.fromkeys(ordered)), bool(several.search(folded)))
