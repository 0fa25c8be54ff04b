"""Lists of investors as sources write them -> one mention for each investor."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from analysis.parse.investor_phrases import (
    EDGES,
    Role,
    any_of,
    are_others,
    cut_pattern,
    further_investors,
    listed,
    names_nobody,
    opening,
    others_after,
    own_amount,
    role_notes,
)
from analysis.parse.names import Aliases, is_legal_form

_BRACKETS = {"(": ")", "（": "）", "[": "]", "【": "】"}
_NOTE = re.compile(r"(?P<name>[^([（【].*?)\s*[([（【](?P<note>[^()（）\[\]【】]*)[)\]）】]")
_ROLES: dict[str, Role | None] = {
    "lead_before": "lead",
    "participant_before": "participant",
    "lead_after": "lead",
    "participant_after": "participant",
    "beside": None,
}


@dataclass(frozen=True, slots=True)
class InvestorMention:
    """An investor as a list names it.

    `note` is what stood in brackets behind the name, or the investor's own amount or share; `role`
    is None when the text does not say who led.
    """

    name: str
    note: str = ""
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class _Cut:
    """Where a list is cut, and by what: a role word, a clause end, a comma or a conjunction."""

    kind: str
    start: int
    end: int


@lru_cache(maxsize=8)
def _whole_aliases(known: Aliases) -> re.Pattern[str] | None:
    """Known spellings that a list could be cut within ("Co., Ltd.")."""
    found = [alias for alias in known.ids if cut_pattern().search(alias)]
    return re.compile(any_of(found), re.IGNORECASE) if found else None


def _protected(text: str, known: Aliases | None) -> list[tuple[int, int]]:
    """Spans that are never cut: brackets and known names."""
    spans, opened = [], []
    for at, sign in enumerate(text):
        if sign in _BRACKETS:
            opened.append((sign, at))
        elif opened and sign == _BRACKETS[opened[-1][0]]:
            spans.append((opened.pop()[1], at + 1))
    pattern = _whole_aliases(known) if known else None
    return spans + [found.span() for found in pattern.finditer(text)] if pattern else spans


def _cut(text: str, known: Aliases | None) -> list[_Cut]:
    spans = _protected(text, known)
    found = []
    for match in cut_pattern().finditer(text):
        kind = (match.lastgroup or "").removesuffix("_colon")
        if kind == "lead_before" and re.match(r"\s*([,，;；]|$)", text[match.end() :]):
            kind = "lead_after"  # an apposition: "A, lead investor, B"
        cut = _Cut(kind, *match.span())
        if not any(cut.start < end and start < cut.end for start, end in spans):
            found.append(cut)
    return found


def _known(name: str, known: Aliases | None) -> bool:
    return known is not None and name in known


def _cuts_here(text: str, cut: _Cut, known: Aliases | None, in_list: bool) -> bool:
    """Whether a comma or a conjunction parts two names, and is not within one."""
    before, after = text[: cut.start].strip(EDGES), text[cut.end :].strip(EDGES)
    following = re.split(r"[,，;；]|\s(?:and|&)\s", after, maxsplit=1)[0]
    if cut.kind == "comma":
        return not is_legal_form(following)
    if cut.kind == "spaced":
        goes_on = not following or following.split()[0] in listed("continuations")
        return not goes_on and (are_others(following) or not names_nobody(following))
    before = re.split(r"[,，、]", before)[-1]
    if min(len(before), len(after)) < 2:
        return False
    whole = before.endswith(tuple(listed("organisation_endings")))
    return in_list or whole or _known(before, known) or _known(after, known)


def _parts(segment: str, known: Aliases | None, sure: bool) -> list[str]:
    """The names in a stretch between two role words or clause ends.

    Args:
        segment: the stretch.
        known: names to be kept whole.
        sure: commas and conjunctions do part names here; else only if that leaves a known name.
    """
    if _known(segment.strip(EDGES), known):
        return [segment]
    soft = _cut(segment, known)
    in_list = any(cut.kind == "comma" for cut in soft)
    pieces, start = [], 0
    for cut in soft:
        if cut.kind in ("comma", "spaced", "tight") and _cuts_here(segment, cut, known, in_list):
            pieces.append(segment[start : cut.start])
            start = cut.end
    pieces.append(segment[start:])
    names = [piece for piece in pieces if _known(piece.strip(EDGES), known)]
    if names_nobody(segment) and not all(names_nobody(piece.strip(EDGES)) for piece in pieces):
        return [segment]  # "Beijing, Shanghai and Shenzhen governments"
    return pieces if sure or names else [segment]


def _mentions(piece: str, known: Aliases | None, role: Role | None) -> list[InvestorMention]:
    """One piece of a list without the words around its name; nothing when it names nobody."""
    name = piece.strip(EDGES)
    if name.endswith(".") and not is_legal_form(name.split()[-1]):
        name = name.rstrip(".")
    notes: list[str] = []
    found: list[InvestorMention] = []
    while not _known(name, known) and not names_nobody(name):
        if (match := _NOTE.fullmatch(name)) or (match := own_amount().fullmatch(name)):
            name = match["name"].strip(EDGES)
            said = [part.strip() for part in re.split(r"[,;，；]\s|[，；]", match["note"])]
            roles = [role_notes()[part.casefold()] for part in said if part.casefold() in role_notes()]
            role = roles[0] if roles else role
            if joined := re.match(r"(?:with|and|及|与)\s*(?=\S)", match["note"].strip()):
                found += _mentions(match["note"].strip()[joined.end() :], known, role)
            else:
                notes = [part for part in said if part.casefold() not in role_notes()] + notes
        elif (match := opening("introducers").match(name)) or (match := opening("conjunctions").match(name)):
            name = name[match.end() :].strip(EDGES)
        elif name.startswith("& "):
            name = name.removeprefix("& ").strip(EDGES)
        elif (match := others_after().search(name)) and match.start() > 1:
            name = name[: match.start()].strip(EDGES)
        elif (match := further_investors().fullmatch(name)) and are_others(match["last"]):
            name = match["name"].strip(EDGES)
        else:
            break
    if not _known(name, known) and names_nobody(name):
        return found
    return [InvestorMention(name, "; ".join(notes), role), *found]


def split_investors(text: str, known: Aliases | None = None) -> list[InvestorMention]:
    """Return the investors a cell names, in its order; phrases that name nobody are left out.

    Args:
        text: a list in any of the languages of words/, with or without role words.
        known: names to be kept whole although they hold a comma, a conjunction or brackets.

    >>> [(m.name, m.note, m.role) for m in split_investors("甲资本领投，乙资本、老股东跟投")]
    [('甲资本', '', 'lead'), ('乙资本', '', 'participant')]
    >>> [(m.name, m.note) for m in split_investors("Tencent ($1.4B); CATL and other investors")]
    [('Tencent', '$1.4B'), ('CATL', '')]
    """
    if _known(text.strip(), known):
        return [InvestorMention(text.strip())]
    hard = [cut for cut in _cut(text, known) if cut.kind not in ("comma", "spaced", "tight")]
    bounds = [*hard, _Cut("clause", len(text), len(text))]
    segments, start = [], 0
    for cut in bounds:
        segments.append(text[start : cut.start])
        start = cut.end
    named = [segment for segment in segments if not names_nobody(segment)]
    roles = any(cut.kind != "clause" for cut in hard)
    mentions: list[InvestorMention] = []
    role: Role | None = None
    unsaid = 0  # mentions before this one have had their say
    for segment, cut in zip(segments, bounds, strict=True):
        sure = roles or len(named) < 2 or bool(opening("introducers").match(segment.strip()))
        pieces = _parts(segment, known, sure)
        if cut.kind == "lead_before" and not _known(pieces[-1].strip(EDGES), known):
            pieces.pop()  # "a Series B" led by …
        for piece in pieces:
            mentions += _mentions(piece, known, role)
        if cut.kind.endswith("_after"):
            open_ones = [at for at in range(unsaid, len(mentions)) if mentions[at].role is None]
            for at in open_ones or range(unsaid, len(mentions))[-1:]:
                mentions[at] = replace(mentions[at], role=_ROLES[cut.kind])
            role, unsaid = None, len(mentions)
        elif cut.kind in _ROLES:
            role, unsaid = _ROLES[cut.kind], len(mentions)
        elif cut.kind == "clause" and role == "lead":
            role, unsaid = None, len(mentions)
    return mentions
