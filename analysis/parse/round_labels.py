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
    """The stages that a label names, in order."""

    stages: tuple[Stage, ...] = ()

    def __str__(self) -> str:
        return " and ".join(map(str, self.stages))


# The English article names no series: "a round of funding", "a series of rounds".
_ARTICLE = re.compile(r"\ba (?=(?:round|series)\b)|\bA (?=(?:round|series) of\b)")


def _any(found: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(found, key=len, reverse=True))


@cache
def _patterns() -> tuple[dict[str, re.Pattern[str]], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return what finds named stages, series letters, the words between two letters, and extensions."""
    table = words("round_labels")["any"]
    series, joined, extension = (_any(table["words"][name]) for name in ("series", "and", "extension"))
    stages = {
        name: re.compile(rf"(?<![a-z])(?P<pre>pre\s*-?\s*)?(?:{_any(found)})\s*(?P<step>\+*)")
        for name, found in table["stages"].items()
    }
    letter = re.compile(
        rf"(?P<pre>(?<![a-z])pre\s*-?\s*)?(?P<before>(?:{series})\s*-?\s*)?(?<![a-z])(?P<letter>[a-h])"
        rf"(?P<step>\s*\+{{1,5}}|(?:\s*|-)\d{{1,2}})?(?![a-z\d])(?P<after>\s*-?\s*(?:{series}))?"
    )
    return stages, letter, re.compile(rf"\s*(?:{joined})\s*"), re.compile(extension)


def _series(text: str) -> list[tuple[int, Stage]]:
    """Return the lettered stages in a folded text, with their places.

    A letter counts beside a word for "series", with a step, alone, or joined to a letter that counts.
    """
    _, letter, joined, _ = _patterns()
    found = list(letter.finditer(text))
    counts = [bool(m["before"] or m["after"] or m["step"] or m["pre"] or m[0] == text) for m in found]
    for one, other in ((k, k + 1) for k in range(len(found) - 1)):
        rest = text[found[other].end() :]
        ends = joined.match(rest) or not re.match(r"\s*[a-z]", rest)
        if joined.fullmatch(text[found[one].end() : found[other].start()]) and (ends or counts[other]):
            counts[one] = counts[other] = counts[one] or counts[other]
    return [
        (m.start(), Stage(m["letter"].upper(), (m["step"] or "").strip(" -"), bool(m["pre"])))
        for m, sure in zip(found, counts, strict=True)
        if sure
    ]


def parse_round_label(text: str | None) -> RoundLabel:
    """Return the stages named in `text`; an empty label when it names none.

    >>> str(parse_round_label("A + 輪")), str(parse_round_label("extension of Series C"))
    ('Series A+', 'Series C extension')
    """
    written = unicodedata.normalize("NFKC", text or "")[:200].strip()
    folded = (written if written == "a round" else _ARTICLE.sub("", written)).casefold()
    stages, _, _, extension = _patterns()
    found = _series(folded)
    lettered = bool(found)
    for name, pattern in stages.items():
        if name == "IPO" and stages["Pre-IPO"].search(folded):
            continue
        if name == "Strategic" and lettered:
            continue  # "A4 and A5 strategic financing" names its series; "strategic" only describes it
        if match := pattern.search(folded):
            found.append((match.start(), Stage(name, match["step"], bool(match["pre"]))))
    ordered = [stage for _, stage in sorted(found, key=lambda item: item[0])]
    if extension.search(folded) and len(ordered) == 1 and not ordered[0].step:
        ordered = [Stage(ordered[0].family, "extension", ordered[0].pre)]
    return RoundLabel(tuple(dict.fromkeys(ordered)))
