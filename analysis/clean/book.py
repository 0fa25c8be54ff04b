"""What the events of a company are settled from, and which of their reports have a say."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.clean.ledger import CLOSED, Happening, Leads, Telling


class Book(NamedTuple):
    """All that the events of a company are settled from.

    Attributes:
        ledger: the reports.
        leads: the leads that they name.
        events: the events.
        plain_labels: for each label of an extension the label without it, else UNKNOWN.
        is_early: for each report, whether it tells of plans; filled in as dates are chosen.
    """

    ledger: Sequence[Telling]
    leads: Leads
    events: Sequence[Happening]
    plain_labels: Sequence[int]
    is_early: NDArray[np.bool_]


def own_reports(happening: Happening) -> range:
    """Return the reports of an event."""
    return range(happening.first, happening.end)


def claims_of(happening: Happening, book: Book) -> list[int]:
    """Return the reports whose values may be the event's own: parts and attached sums support nothing."""
    ledger = book.ledger
    reports = [report for report in own_reports(happening)]  # noqa: C416
    claims = [report for report in reports if ledger[report].kind == happening.kind]
    if len(claims) == 0:
        claims = reports
    else:
        as_closed = [r for r in claims if (ledger[r].status == CLOSED) != bool(happening.is_talks)]
        if len(as_closed) > 0:
            claims = as_closed
    timely = [report for report in claims if not book.is_early[report]]
    return timely if len(timely) > 0 else claims
