"""Events to drafts of rounds: the choice for every field, and the values that lost."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, cast

import pandas as pd

from analysis.clean.choosing import AmountChoice, choose_amount, choose_date, choose_leads
from analysis.clean.quotes import Quote, agrees, group_quotes, name_currencies, quotes, show_quote
from analysis.clean.slips import Surroundings, classify, is_tenfold, stated_usd, without_slips
from analysis.clean.voting import HALF, Choice, Report, choose, seniority, support

EARLY_DAYS = 7  # a page dated a week before the announcement told of what was planned
# The currency that a page means when it names none, by language.
PAGE_CURRENCY = {"zh": "CNY", "ja": "JPY", "ko": "KRW", "vi": "VND", "id": "IDR", "pl": "PLN", "ru": "RUB"}


@dataclass
class Draft:
    """A round in the making: its reports, the choice for each field, and what was not chosen."""

    event: int
    kind: str
    is_talks: bool
    became: int | None
    reports: list[Report]
    company_id: str
    choices: dict[str, Choice] = field(default_factory=dict)
    around: Surroundings = field(default_factory=Surroundings)
    conflicts: list[dict[str, Any]] = field(default_factory=list)
    early: set[str] = field(default_factory=set)
    round_id: str = ""

    @property
    def claims(self) -> list[Report]:
        """The reports whose values may be the event's own: parts and attached sums support nothing."""
        own = [r for r in self.reports if r["kind"] == self.kind]
        told_as_closed = [r for r in own if (r["status"] == "closed") != self.is_talks]
        claims = told_as_closed or own or self.reports
        return [r for r in claims if r["report_id"] not in self.early] or claims

    @property
    def amount(self) -> AmountChoice:
        """The chosen amount."""
        choice = self.choices["amount"]
        assert isinstance(choice, AmountChoice)
        return choice


def as_records(reports: pd.DataFrame) -> list[Report]:
    """Typed reports as records, None where a value is missing."""
    return cast("list[Report]", reports.astype(object).where(reports.notna(), None).to_dict("records"))


def draft_rounds(
    reports: Sequence[Report], links: pd.DataFrame, home_currency: Mapping[str, str]
) -> list[Draft]:
    """Choose the value of every field of every event.

    Args:
        reports: as `as_records` returns them.
        links: one row a report, as `clean.linking.link` returns them.
        home_currency: currency of each company's seat.
    """
    drafts: dict[int, Draft] = {}
    for record, link in zip(reports, links.to_dict("records"), strict=True):
        became = None if pd.isna(link["became_event"]) else int(link["became_event"])
        draft = drafts.setdefault(
            link["event"],
            Draft(link["event"], link["event_kind"], link["is_talks"], became, [], record["company_id"]),
        )
        draft.reports.append(record)
    by_company: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts.values():
        draft.reports.sort(key=lambda r: r["report_id"])
        by_company[draft.company_id].append(draft)
    for company_id, own in by_company.items():
        _choose_all(own, home_currency.get(company_id))
        _name(own)
    return sorted(drafts.values(), key=lambda d: d.round_id)


def _choose_all(drafts: list[Draft], home: str | None) -> None:
    totals = [q for d in drafts for q in quotes(r for r in d.reports if r["kind"] == "total")]
    for draft in drafts:
        draft.choices["date"] = choose_date(draft.claims)
        draft.early = _told_early(draft)
    drafts.sort(key=lambda d: (str((d.choices["date"].value or ("9999",))[0]), d.reports[0]["report_id"]))
    earlier: list[float] = []
    # Talks first: a closing is held against the figures of the talks before it.
    for draft in sorted(drafts, key=lambda d: not d.is_talks):
        talks = [r for d in drafts if d.became == draft.event for r in d.claims]
        talks += [r for r in draft.reports if r["report_id"] in draft.early]
        draft.around = Surroundings(
            parts=quotes(r for r in draft.reports if r["kind"] == "part"),
            totals=totals if draft.kind != "total" else (),
            talks=quotes(talks),
            earlier_usd=tuple(earlier),
        )
        _choose_amount(draft, home)
        _choose_valuation(draft, quotes(talks, "valuation_"), home)
        _choose_words(draft)
        if draft.kind == "round" and not draft.is_talks:
            earlier += stated_usd([draft.amount.value] if draft.amount.value else [])
    for draft in drafts:
        if draft.kind == "round" and not draft.is_talks:
            _may_hold_earlier(draft, drafts, totals)


def _told_early(draft: Draft) -> set[str]:
    """Return the reports of a closing that were published before it was announced: they tell of plans."""
    value = draft.choices["date"].value
    if draft.is_talks or value is None or value[3] != "announced":
        return set()
    first = (date.fromisoformat(value[0]) - timedelta(days=EARLY_DAYS)).isoformat()
    return {r["report_id"] for r in draft.claims if r["published_end"] and r["published_end"] < first}


def _choose_amount(draft: Draft, home: str | None) -> None:
    named = name_currencies(quotes(draft.claims), home, PAGE_CURRENCY)
    kept = without_slips(group_quotes(named), draft.around)
    undisclosed = [r for r in draft.claims if r["amount_qualifier"] == "undisclosed"]
    choice = choose_amount(kept, undisclosed, home)
    known = _known_parts(draft.around.parts, choice.currency)
    if choice.low is not None and known > choice.low and (choice.high is None or known <= choice.high):
        choice.low = known
    draft.choices["amount"] = choice
    early = quotes(r for r in draft.reports if r["report_id"] in draft.early)
    _losing_quotes(draft, "amount", named + early + _conversions(draft.claims), choice)


def _known_parts(parts: Sequence[Quote], currency: str | None) -> float:
    """Return what a round holds at least: the different parts that one source tells of, added up."""
    by_origin: dict[str, set[float]] = defaultdict(set)
    for quote in parts:
        if quote.currency == currency and quote.low:
            by_origin[quote.report["origin_key"]].add(quote.low)
    return max(map(sum, by_origin.values()), default=0.0)


def _conversions(reports: Iterable[Report]) -> list[Quote]:
    """Return the second quotes of the reports, as quotes of their own."""
    return [
        Quote(
            r["second_stated"],
            r["second_low"],
            r["second_high"],
            r["second_currency"],
            "second",
            r["second_rate"],
            r,
        )
        for r in reports
        if r["second_currency"] and (r["second_low"] is not None or r["second_high"] is not None)
    ]


def _choose_valuation(draft: Draft, from_talks: Sequence[Quote], home: str | None) -> None:
    named = name_currencies(quotes(draft.claims, "valuation_"), home, PAGE_CURRENCY)
    around = Surroundings(talks=from_talks)
    kept = without_slips(group_quotes(named), around)
    choice = choose_amount(kept, (), home)
    if choice.value is None and named and from_talks:
        choice = choose_amount([q for q in from_talks if is_tenfold(q, named[0])], (), home)
        choice.why = f"from the talks, since the closing's own figure is a power of ten off; {choice.why}"
    draft.choices["valuation"] = choice
    draft.choices["valuation_basis"] = choose(
        (q.report["valuation_basis"], q.report) for q in choice.agreeing if q.report["valuation_basis"]
    )
    _losing_quotes(draft, "valuation", named, choice)


def _losing_quotes(draft: Draft, name: str, found: Sequence[Quote], choice: AmountChoice) -> None:
    chosen = choice.value
    behind: dict[str, list[Quote]] = defaultdict(list)
    for quote in found:
        same = (
            chosen is not None
            and quote.currency == choice.currency
            and quote.figure in ((choice.stated, None, None), chosen.figure)
        )
        vague = chosen is not None and quote.stated is None and _spans(quote, choice)
        if not same and not vague:
            behind[show_quote(quote)].append(quote)
    for shown, lost in behind.items():
        if choice.qualifier == "undisclosed":
            probably, rule = "other", "outweighed by reports that say that it was not disclosed"
        elif chosen is None:
            probably, rule = "tenfold slip", "a power of ten off the better supported figure of the talks"
        else:
            reference = replace(chosen, stated=choice.stated)
            around = draft.around if name == "amount" else Surroundings(talks=draft.around.talks)
            weak = support(quote.report for quote in lost) < HALF * choice.support
            probably, rule = classify(lost[0], reference, around, weak)
            if probably == "other" and _is_slip_of_another(lost, found):
                probably, rule = "tenfold slip", "a power of ten off a better supported value"
        _conflict(
            draft,
            name,
            shown,
            show_quote(chosen) if chosen else None,
            [q.report for q in lost],
            probably,
            rule,
        )


def _is_slip_of_another(lost: Sequence[Quote], found: Sequence[Quote]) -> bool:
    points = support(quote.report for quote in lost)
    better = [quote for quote in found if is_tenfold(quote, lost[0])]
    return bool(better) and support(quote.report for quote in better) > points


def _spans(quote: Quote, choice: AmountChoice) -> bool:
    """Whether a vague quote in the same currency holds the chosen figure."""
    if quote.currency not in (choice.currency, None) or choice.stated is None:
        return False
    return (quote.low or 0.0) <= choice.stated <= (quote.high if quote.high is not None else float("inf"))


def _conflict(
    draft: Draft, name: str, value: str, chosen: str | None, lost: Sequence[Report], probably: str, rule: str
) -> None:
    draft.conflicts.append(
        {
            "field": name,
            "value": value,
            "chosen": chosen,
            "report_ids": "; ".join(sorted({r["report_id"] for r in lost})),
            "support": support(lost),
            "probably": probably,
            "rule": rule,
        }
    )


def _choose_words(draft: Draft) -> None:
    labels = [(r["round_label"], r) for r in draft.claims if r["round_label"]]
    draft.choices["label"] = choose(labels)
    same = [r for r in draft.reports if r["kind"] == draft.kind] or draft.reports
    how_many = f"told by {len(same)} of its {len(draft.reports)} reports"
    draft.choices["kind"] = Choice(draft.kind, min(same, key=seniority)["report_id"], how_many)
    stages = [(r["status"], r) for r in draft.reports if not draft.is_talks or r["status"] != "closed"]
    draft.choices["status"] = choose(stages if draft.is_talks else [("closed", r) for r in draft.claims])
    draft.choices["lead_investors"] = choose_leads(draft.claims)
    told: dict[tuple[str, str, str], list[Report]] = defaultdict(list)
    for label, report in labels:
        if label != draft.choices["label"].value:
            told["label", label, "other"].append(report)
    for report in draft.reports:
        if draft.is_talks and report["status"] == "closed":
            told["status", "closed", "talks for closing"].append(report)
        elif report["status"] != draft.choices["status"].value:
            told["status", report["status"], "other"].append(report)
    chosen_leads = draft.choices["lead_investors"].value or ()
    groups = {group for r in draft.claims for investor, group in r["leads"] if investor in chosen_leads}
    for report in draft.claims:
        for investor, group in report["leads"]:
            if group not in groups:
                told["lead_investors", investor, "other"].append(report)
    chosen_date = draft.choices["date"].value
    for report in draft.claims:
        if (
            chosen_date
            and report["date_basis"] == "announced"
            and (report["date_start"] > chosen_date[1] or report["date_end"] < chosen_date[0])
        ):
            told["date", _span(report["date_start"], report["date_end"]), "other date"].append(report)
    for (name, value, probably), lost in sorted(told.items()):
        chosen = draft.choices[name].value
        shown = (
            _span(*chosen[:2])
            if name == "date"
            else "; ".join(chosen)
            if name == "lead_investors"
            else chosen
        )
        _conflict(draft, name, value, shown, lost, probably, "less independent support than the chosen value")


def _span(start: str, end: str) -> str:
    return start if start == end else f"{start} to {end}"


def _may_hold_earlier(draft: Draft, drafts: Sequence[Draft], totals: Sequence[Quote]) -> None:
    """Dispute an amount that may hold an earlier round, and lower its bound to what is left without it.

    That is so for an extension that reports call the series itself as often (PixVerse's Series C), and
    for a round that other reports tell of as a sum over rounds. A reported total of both settles it.
    """
    amount, happened = draft.amount, draft.choices["date"].value
    if amount.stated is None or happened is None:
        return
    series = _disputed_series(draft)
    told_as_sum = any(r["kind"] == "total" for r in draft.reports)
    for other in drafts:
        if other is draft or other.kind != "round" or other.is_talks or other.amount.stated is None:
            continue
        when, label = other.choices["date"].value, other.choices["label"].value
        within_a_year = (
            when is not None and when[1] < happened[0] and _day(happened[0]) - _day(when[1]) <= 366
        )
        same_money = other.amount.currency == amount.currency and other.amount.stated < amount.stated
        if not (within_a_year and same_money and (told_as_sum or (series and label == series))):
            continue
        both = replace(amount.value, stated=amount.stated + other.amount.stated, low=None, high=None)
        if any(total.stated and agrees(both, total) for total in totals):
            continue
        rest = amount.stated - other.amount.stated
        alone = replace(amount.value, stated=rest, low=rest, high=rest)
        amount.low = rest if amount.low is None else min(amount.low, rest)
        amount.disputed = True
        amount.why = (
            f"{amount.why}; disputed whether it holds the {show_quote(other.amount.value)} of {when[0]}"
        )
        told = [c for c in draft.conflicts if (c["field"], c["value"]) == ("amount", show_quote(alone))]
        named = {name for c in told for name in c["report_ids"].split("; ")}
        draft.conflicts = [c for c in draft.conflicts if c not in told]  # one row, also when a report says it
        behind = [
            r
            for r in draft.reports
            if r["kind"] == "total" or (series and r["round_label"] == series) or r["report_id"] in named
        ]
        probably = "whole series for extension" if series else "total for round"
        _conflict(
            draft,
            "amount",
            show_quote(alone),
            show_quote(amount.value),
            behind,
            probably,
            "derived: the chosen sum without the earlier round that these reports may count in",
        )


def _disputed_series(draft: Draft) -> str | None:
    """Return "Series C" where reports call the event that and its extension, both with support."""
    called: dict[str, list[Report]] = defaultdict(list)
    for report in draft.claims:
        if report["round_label"]:
            called[report["round_label"]].append(report)
    for label, behind in called.items():
        plain = label.removesuffix(" extension")
        if plain != label and plain in called:
            fewer, more = sorted((support(behind), support(called[plain])))
            if fewer >= HALF * more:
                return plain
    return None


def _name(drafts: Sequence[Draft]) -> None:
    """Give each event an id of company, month and kind.

    In a shared month the event that was collected first has the plain id, then the larger one.
    """
    taken: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        span = draft.choices["date"].value
        when = "undated" if not span else span[0][:7] if span[0][:7] == span[1][:7] else span[0][:4]
        kind = "" if draft.kind == "round" else f"-{draft.kind}"
        taken[f"{draft.company_id}-{when}{kind}{'-talks' if draft.is_talks else ''}"].append(draft)
    for name, same in taken.items():
        if len(same) == 1:
            same[0].round_id = name
            continue
        same.sort(
            key=lambda d: (
                min(r["collected"] for r in d.reports),
                -(d.amount.value.usd(d.amount.stated) or 0.0 if d.amount.value else 0.0),
                d.reports[0]["report_id"],
            )
        )
        for place, draft in enumerate(same, start=1):
            draft.round_id = f"{name}-{place}" if place > 1 else name


def _day(text: str) -> int:
    return date.fromisoformat(text).toordinal()
