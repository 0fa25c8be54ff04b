"""Lists of investors as sources write them -> one mention for each investor."""

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache, partial

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
_SOFT = ("comma", "spaced", "tight")  # cuts that may part two names, and may stand within one
# Of the signs that end a clause those across which no pattern looks, so that a list is the sum of its parts.
_PARTING = re.compile("[;；]")
_BRACKET = re.compile(f"[{re.escape(''.join([*_BRACKETS, *_BRACKETS.values()]))}]")
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


@dataclass(frozen=True, slots=True, eq=False)
class _Segment:
    """A stretch between two role words or clause ends.

    `ends_in` is the kind of the cut behind it; `cuts` are the places within it where names may part.
    """

    text: str
    ends_in: str
    cuts: tuple[_Cut, ...]
    is_of_nobody: bool
    is_introduced: bool


@lru_cache(maxsize=8)
def _whole_aliases(known: Aliases) -> re.Pattern[str] | None:
    """Known spellings that a list could be cut within ("Co., Ltd.")."""
    found = [alias for alias in known.ids if cut_pattern().search(alias)]
    return re.compile(any_of(found), re.IGNORECASE) if found else None


def _protected(text: str, known: Aliases | None) -> list[tuple[int, int]]:
    """Spans that are never cut: brackets and known names."""
    spans, opened = [], []
    for found in _BRACKET.finditer(text):
        if found[0] in _BRACKETS:
            opened.append(found)
        elif opened and found[0] == _BRACKETS[opened[-1][0]]:
            spans.append((opened.pop().start(), found.end()))
    pattern = _whole_aliases(known) if known else None
    return spans + [found.span() for found in pattern.finditer(text)] if pattern else spans


def _clauses(text: str, known: Aliases | None) -> list[str]:
    """The parts of a list that can be read one by one, without the signs between them."""
    spans = _protected(text, known) if _BRACKET.search(text) or _has_parting_alias(known) else []
    if not spans:
        return _PARTING.split(text)
    clauses, start = [], 0
    for sign in _PARTING.finditer(text):
        if not any(first <= sign.start() < end for first, end in spans):
            clauses.append(text[start : sign.start()])
            start = sign.end()
    return [*clauses, text[start:]]


@lru_cache(maxsize=8)
def _has_parting_alias(known: Aliases | None) -> bool:
    """Whether a known spelling holds a sign between clauses."""
    return known is not None and any(map(_PARTING.search, known.ids))


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


def _parts(segment: _Segment, sure: bool, known: Aliases | None) -> list[str]:
    """The names in a stretch.

    Args:
        segment: the stretch.
        sure: commas and conjunctions do part names here; else only if that leaves a known name.
        known: names to be kept whole.
    """
    text = segment.text
    if not segment.cuts or _known(text.strip(EDGES), known):
        return [text]
    in_list = any(cut.kind == "comma" for cut in segment.cuts)
    pieces, start = [], 0
    for cut in segment.cuts:
        if _cuts_here(text, cut, known, in_list):
            pieces.append(text[start : cut.start])
            start = cut.end
    pieces.append(text[start:])
    names = [piece for piece in pieces if _known(piece.strip(EDGES), known)]
    if segment.is_of_nobody and not all(names_nobody(piece.strip(EDGES)) for piece in pieces):
        return [text]  # "Beijing, Shanghai and Shenzhen governments"
    return pieces if sure or names else [text]


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


def _segments(clause: str, known: Aliases | None) -> list[_Segment]:
    """The stretches of a clause between its role words."""
    cuts = _cut(clause, known)
    hard = [cut for cut in cuts if cut.kind not in _SOFT]
    segments, start = [], 0
    for end in [*hard, _Cut("clause", len(clause), len(clause))]:
        text = clause[start : end.start]
        within = _cut(text, known) if hard else cuts
        soft = tuple(cut for cut in within if cut.kind in _SOFT)
        is_introduced = bool(opening("introducers").match(text.strip()))
        segments.append(_Segment(text, end.kind, soft, names_nobody(text), is_introduced))
        start = end.end
    return segments


def _named_in(
    segment: _Segment, sure: bool, role: Role | None, known: Aliases | None
) -> list[InvestorMention]:
    """The mentions of a stretch whose role words say a role."""
    pieces = _parts(segment, sure, known)
    if segment.ends_in == "lead_before" and not _known(pieces[-1].strip(EDGES), known):
        pieces.pop()  # "a Series B" led by …
    return [mention for piece in pieces for mention in _mentions(piece, known, role)]


class InvestorLists:
    """Reads lists of investors; what stands between two semicolons in many of them it reads once."""

    def __init__(self, known: Aliases | None = None) -> None:
        """Take names to be kept whole although they hold a comma, a conjunction or brackets."""
        self._known = known
        self._segments = cache(partial(_segments, known=known))
        self._named_in = cache(partial(_named_in, known=known))

    def read(self, text: str) -> list[InvestorMention]:
        """Return the investors a cell names, in its order; phrases that name nobody are left out.

        Args:
            text: a list in any of the languages of words/, with or without role words.

        >>> [(m.name, m.note, m.role) for m in InvestorLists().read("甲资本领投，乙资本、老股东跟投")]
        [('甲资本', '', 'lead'), ('乙资本', '', 'participant')]
        >>> [(m.name, m.note) for m in InvestorLists().read("Tencent ($1.4B); CATL and other investors")]
        [('Tencent', '$1.4B'), ('CATL', '')]
        """
        if _known(text.strip(), self._known):
            return [InvestorMention(text.strip())]
        segments = [found for clause in _clauses(text, self._known) for found in self._segments(clause)]
        has_roles = any(segment.ends_in != "clause" for segment in segments)
        is_sure = has_roles or sum(not segment.is_of_nobody for segment in segments) < 2
        mentions: list[InvestorMention] = []
        role: Role | None = None
        unsaid = 0  # mentions before this one have had their say
        for segment in segments:
            kind = segment.ends_in
            mentions += self._named_in(segment, is_sure or segment.is_introduced, role)
            if kind.endswith("_after"):
                open_ones = [at for at in range(unsaid, len(mentions)) if mentions[at].role is None]
                for at in open_ones or range(unsaid, len(mentions))[-1:]:
                    mentions[at] = replace(mentions[at], role=_ROLES[kind])
                role, unsaid = None, len(mentions)
            elif kind in _ROLES:
                role, unsaid = _ROLES[kind], len(mentions)
            elif kind == "clause" and role == "lead":
                role, unsaid = None, len(mentions)
        return mentions
