"""Who an investor is: one identity for all spellings, and the group that controls it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from analysis.parse.investor_lists import InvestorLists, InvestorMention
from analysis.parse.investor_phrases import Role, any_of, listed
from analysis.parse.names import Aliases, slug

_BRACKETED = re.compile(r"(?P<group>.*?)\s*\((?P<note>.*)\)")
# "X-linked", "X-backed …": a tie that is no control.
_TIE = re.compile(r".+-(?:linked|backed|affiliated)\b.*", re.IGNORECASE)
_AFFILIATE = re.compile(r"(?P<group>.+) affiliate")


@cache
def _owner() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(map(re.escape, listed('owner_phrases')))})\s*(?=\S)")


@cache
def _group_word() -> re.Pattern[str]:
    return re.compile(rf"(?<=\S)\s*(?:{any_of(listed('group_words'))}).*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Group:
    """A controlling parent and what else a source says of the tie.

    `name` is empty for an independent investor; `affiliate_of` names a group that is close to this
    one without controlling it; `note` is the qualifier as it was written.
    """

    name: str = ""
    affiliate_of: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Investor:
    """An investor: `investor_id` from its canonical name, empty `kind` when the table does not know it."""

    investor_id: str
    name: str
    group: Group = Group()
    kind: str = ""

    @property
    def parent_group(self) -> str:
        """Name of the controlling group, empty when independent."""
        return self.group.name


@dataclass(frozen=True, slots=True)
class NamedInvestor:
    """An investor where a list names it: as written, with its note and role (see InvestorMention)."""

    investor: Investor
    name: str
    note: str = ""
    role: Role | None = None


def parent_group(text: str) -> Group:
    """Read a parent group as the alias table writes it.

    >>> parent_group("Ant Group (Alibaba affiliate)")
    Group(name='Ant Group', affiliate_of='Alibaba', note='Alibaba affiliate')
    >>> parent_group("Alibaba (anchor only)")
    Group(name='', affiliate_of='', note='Alibaba (anchor only)')
    """
    text = text.strip()
    if _TIE.fullmatch(text.split("(")[0].strip()):
        return Group(note=text)
    found = _BRACKETED.fullmatch(text)
    if not found:
        return Group("" if text == "none" else text)
    group, note = found["group"], found["note"]
    if group == "none":
        return Group(note=note)
    if note.endswith("only"):
        return Group(note=text)
    affiliate = _AFFILIATE.fullmatch(note)
    return Group(group, affiliate["group"] if affiliate else "", note)


class InvestorDirectory:
    """The investors of an alias table.

    Raises:
        ValueError: a spelling stands for two investors, two investors share an id, or the rows of
            one investor name different groups.
    """

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        """Take rows with alias, investor, parent_group and kind."""
        self._rows = rows = list(rows)
        self._by_name: dict[str, Investor] = {}
        for row in rows:
            name = row["investor"]
            seen = Investor(slug(name), name, parent_group(row["parent_group"]), row["kind"].split(" (")[0])
            first = self._by_name.setdefault(name, seen)
            if first.parent_group != seen.parent_group:
                raise ValueError(f"{name!r} belongs to {first.parent_group!r} and to {seen.parent_group!r}")
            if slug(row["alias"]) == seen.investor_id:  # the row of the name itself says best what it is
                self._by_name[name] = replace(first, kind=seen.kind)
        self._share_affiliations()
        Aliases((investor.investor_id, name) for name, investor in self._by_name.items())  # ids are unique
        canonical = ((name, name) for name in self._by_name)
        self.aliases = Aliases([*((row["alias"], row["investor"]) for row in rows), *canonical])
        self._lists = InvestorLists(self.aliases)
        self._named = cache(self._resolved)

    def __reduce__(self) -> tuple[type, tuple[list[Mapping[str, str]]]]:
        """Let another process make its own: what was read so far stays here."""
        return InvestorDirectory, (self._rows,)

    def _share_affiliations(self) -> None:
        """What one row says of a group holds for every investor of the group."""
        ties = {i.parent_group: i.group for i in self._by_name.values() if i.group.affiliate_of}
        for name, investor in self._by_name.items():
            if investor.parent_group in ties:
                self._by_name[name] = replace(investor, group=ties[investor.parent_group])

    def __iter__(self) -> Iterator[Investor]:
        return iter(self._by_name.values())

    def resolve(self, name: str) -> Investor:
        """Return the investor a name stands for; an unknown one under its own name, without a group."""
        known = self.aliases.resolve(name) or self._within(name)
        return self._by_name[known] if known else Investor(slug(name), name.strip())

    def _within(self, name: str) -> str | None:
        """The known investor in "its owner's investor", or in a name with "Group" or 集团 behind it."""
        for owner in _owner().finditer(name):
            owned = name[owner.end() :].split()
            for at in range(len(owned)):  # "venture arm NVentures"
                if known := self.aliases.resolve(" ".join(owned[at:])):
                    return known
        bare = _group_word().sub("", name)
        return self.aliases.resolve(bare) if bare != name else None

    def read(self, text: str) -> tuple[NamedInvestor, ...]:
        """Return the investors that a list names, in its order."""
        return tuple(map(self._named, self._lists.read(text)))

    def _resolved(self, mention: InvestorMention) -> NamedInvestor:
        return NamedInvestor(self.resolve(mention.name), mention.name, mention.note, mention.role)
