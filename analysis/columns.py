"""The columns of the processed tables: type, unit, what null means, source name, derivation."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Column:
    """A column of a processed table.

    Attributes:
        name: unit last where there is one (`_usd`, `_date`).
        type: string, number, integer, date or boolean.
        description: what the value says.
        unit: unit of measure, empty for text.
        null: what an empty cell means; empty text means that the cell is never empty.
        source: what the column is called in the raw file, empty when it is derived.
        derived: how the value was made.
        enum: allowed values, empty for any.
    """

    name: str
    type: str
    description: str
    unit: str = ""
    null: str = ""
    source: str = ""
    derived: str = ""
    enum: tuple[str, ...] = ()


KINDS = ("round", "ipo", "acquisition", "secondary", "debt", "part", "total")
STATUSES = ("closed", "in talks", "rumoured", "cancelled")
RELIABILITIES = ("high", "medium", "low")
SEEN_AS = ("page", "copy", "rewrite", "headline", "digest")
QUALIFIERS = (
    "exact",
    "about",
    "nearly",
    "at_least",
    "at_most",
    "range",
    "order",
    "undisclosed",
    "unreadable",
)
PRECISIONS = ("day", "week", "third", "month", "quarter", "season", "half", "year", "range", "none")
COHORTS = ("alibaba-trio", "video-rival", "world-model", "embodied-ai", "foundation-model", "context")
SLIPS = (
    "tenfold slip",
    "currency slip",
    "part for whole",
    "total for round",
    "whole series for extension",
    "talks for closing",
    "rounding",
    "other date",
    "other",
)
SEGMENT_WORDS = {
    "ring": ("inner", "outer", "outside"),
    "digital_or_physical": ("digital", "physical", "both", "neither"),
    "human_level_need": ("reasoning", "physical understanding", "continuous learning", "none"),
}
FIELDS = ("label", "kind", "status", "date", "amount", "valuation", "lead_investors")
CHOSEN_FROM = tuple(f"{field}_report_id" for field in FIELDS)

UNKNOWN = "no source says it"
SILENT = "the source does not say"
NOT_CONVERTED = "no amount, no currency or no reference rate (see problems)"


def as_written(name: str, description: str, null: str = SILENT) -> Column:
    """Return a text column that holds a raw cell unchanged."""
    return Column(name, "string", description, null=null, source=name, derived="as written by the source")


def interval(prefix: str, what: str, unit: str, derived: str, null: str = UNKNOWN) -> tuple[Column, ...]:
    """Return the columns stated, low and high of an amount."""
    return (
        Column(
            f"{prefix}stated",
            "number",
            f"{what}: the figure that was stated",
            unit,
            null="no single figure was stated",
            derived=derived,
        ),
        Column(
            f"{prefix}low",
            "number",
            f"{what}: at least this much",
            unit,
            null="no lower bound is known",
            derived=derived,
        ),
        Column(
            f"{prefix}high",
            "number",
            f"{what}: at most this much",
            unit,
            null="no upper bound is known (open end) or nothing is known",
            derived=derived,
        ),
    )


def period(prefix: str, what: str, derived: str) -> tuple[Column, ...]:
    """Return the columns start and end of a date range, both inclusive."""
    return (
        Column(
            f"{prefix}start",
            "date",
            f"{what}: first possible day",
            "day",
            null="no date is known",
            derived=derived,
        ),
        Column(
            f"{prefix}end",
            "date",
            f"{what}: last possible day",
            "day",
            null="no date is known",
            derived=derived,
        ),
    )


PARSED_AMOUNT = "parse.amounts.parse_amount"
PARSED_DATE = "parse.dates.parse_date"
CHOSEN = "clean.choosing: the value with most independent support"
SOURCED = (
    as_written("publisher", "who published it", null="not recorded"),
    Column(
        "reliability",
        "string",
        "the collector's judgement of the source",
        source="reliability",
        enum=RELIABILITIES,
        null="not judged",
    ),
    as_written("url", "address of the page", null="not recorded"),
)
RECORD_ID = Column(
    "record_id",
    "string",
    "the row, by its cells in the raw file: it stays when rows are added or moved",
    derived="clean/records.py",
)
COMPANY_ID = Column(
    "company_id",
    "string",
    "the company, by companies.csv",
    source="company",
    derived="parse.names through company_aliases.csv",
)

DEVELOPER_ID = Column(
    "company_id",
    "string",
    "the developer, where it is a company of the data",
    null="not a company of the data",
    source="developer",
    derived="parse.names through company_aliases.csv",
)
TOLD_COMPANY_ID = Column(
    "company_id",
    "string",
    "the company",
    null="not a company of the data",
    source="company",
    derived="parse.names through company_aliases.csv",
)

REPORTS = (
    Column("report_id", "string", "name of the report", source="report_id"),
    Column("round_id", "string", "the event that the report tells of", derived="clean.linking"),
    Column("link_reason", "string", "why the report was joined to that event", derived="clean.linking"),
    COMPANY_ID,
    as_written("company", "the company as the source calls it", null=""),
    as_written("round", "the round as the source calls it"),
    Column(
        "round_label",
        "string",
        "the round in one spelling",
        null="the source names no series",
        source="round",
        derived="parse.round_labels.parse_round_label",
    ),
    Column("kind", "string", "what the report claims to tell of", source="kind", enum=KINDS),
    Column(
        "status",
        "string",
        "how far the deal was, by the report",
        source="status",
        enum=STATUSES,
        derived="raw ipo, acquisition and grant are closed deals",
    ),
    as_written("amount", "the amount as written"),
    *interval("amount_", "amount", "amount_currency", PARSED_AMOUNT),
    Column(
        "amount_currency",
        "string",
        "currency of the amount",
        "ISO 4217",
        null="the text names none",
        source="amount",
        derived=PARSED_AMOUNT,
    ),
    Column(
        "amount_qualifier",
        "string",
        "how the amount was worded",
        null="no amount in the row",
        source="amount",
        derived=PARSED_AMOUNT,
        enum=QUALIFIERS,
    ),
    *interval(
        "second_", "second quote of the amount, usually a conversion", "second_currency", PARSED_AMOUNT
    ),
    Column(
        "second_currency",
        "string",
        "currency of the second quote",
        "ISO 4217",
        null="no second quote",
        source="amount",
        derived=PARSED_AMOUNT,
    ),
    *interval(
        "usd_",
        "amount in dollars",
        "USD",
        "ECB reference rate of the middle day of the date range, or the last one before it",
    ),
    as_written("valuation", "the valuation as written"),
    *interval("valuation_", "valuation", "valuation_currency", PARSED_AMOUNT),
    Column(
        "valuation_currency",
        "string",
        "currency of the valuation",
        "ISO 4217",
        null="the text names none",
        source="valuation",
        derived=PARSED_AMOUNT,
    ),
    Column(
        "valuation_qualifier",
        "string",
        "how the valuation was worded",
        null="no valuation in the row",
        source="valuation",
        derived=PARSED_AMOUNT,
        enum=QUALIFIERS,
    ),
    Column(
        "valuation_basis",
        "string",
        "before or after the new money",
        null="the source does not say",
        source="valuation",
        derived="parse.amounts.valuation_basis",
        enum=("pre", "post"),
    ),
    *interval(
        "valuation_usd_",
        "valuation in dollars",
        "USD",
        "ECB reference rate of the middle day of the date range, or the last one before it",
    ),
    as_written("announced", "when it happened, as written"),
    *period("date_", "the event", f"{PARSED_DATE}, else the day of publication"),
    Column(
        "date_precision",
        "string",
        "how finely the date is known",
        source="announced",
        derived=PARSED_DATE,
        enum=PRECISIONS,
    ),
    Column(
        "date_basis",
        "string",
        "announced: the report says when; published: only the page's date is known",
        null="neither is known",
        derived=PARSED_DATE,
        enum=("announced", "published"),
    ),
    as_written("published", "when the page was published, as recorded", null="not recorded"),
    *period("published_", "publication of the page", PARSED_DATE),
    as_written("lead_investors", "lead investors as written"),
    Column(
        "lead_investor_ids",
        "string",
        "lead investors, separated by '; '",
        null="the source names none",
        source="lead_investors",
        derived="parse.names",
    ),
    as_written("investors", "other investors as written"),
    Column(
        "investor_ids",
        "string",
        "all investors named, leads included, separated by '; '",
        null="the source names none",
        source="investors",
        derived="parse.names",
    ),
    *SOURCED,
    as_written("origin", "the story that the page repeats", null="not known"),
    Column(
        "origin_key",
        "string",
        "reports with one key count once",
        source="origin",
        derived="origin, else the publisher",
    ),
    Column("seen_as", "string", "how the text was reached", source="seen_as", enum=SEEN_AS),
    Column("language", "string", "language of the page", "ISO 639-1", source="language"),
    as_written("note", "the collector's note", null="no note"),
    Column("collected", "date", "day on which the report was collected", "day", source="collected"),
)

ROUNDS = (
    Column("round_id", "string", "name of the event: company, month, kind", derived="clean.rounds"),
    replace(COMPANY_ID, source="", derived=""),
    Column("company", "string", "name of the company", derived="companies.csv"),
    Column(
        "round_label", "string", "what the round is called", null="no source names a series", derived=CHOSEN
    ),
    Column(
        "kind",
        "string",
        "what the event is; a part or a total is never added to rounds",
        derived="clean.linking",
        enum=KINDS,
    ),
    Column(
        "status", "string", "how far the deal got; only closed deals are money", derived=CHOSEN, enum=STATUSES
    ),
    Column(
        "became_round_id",
        "string",
        "the closing that these talks turned into",
        null="not talks, or no closing is known",
        derived="clean.linking",
    ),
    *period("date_", "the event", CHOSEN),
    Column("date_precision", "string", "how finely the date is known", derived=CHOSEN, enum=PRECISIONS),
    Column(
        "date_basis",
        "string",
        "published: only known to be on or before the first report",
        null="no date is known",
        derived=CHOSEN,
        enum=("announced", "published"),
    ),
    Column(
        "currency",
        "string",
        "the deal's own currency",
        "ISO 4217",
        null="no report names one",
        derived="the currency in which independent sources agree best",
    ),
    *interval("amount_", "amount in the deal's own currency", "currency", CHOSEN),
    Column(
        "amount_qualifier",
        "string",
        "how the amount is known",
        null="no report says anything of the amount",
        derived=CHOSEN,
        enum=QUALIFIERS,
    ),
    *interval("usd_", "amount in dollars", "USD", "amount times usd_per_unit", NOT_CONVERTED),
    Column(
        "usd_per_unit",
        "number",
        "dollars for one unit of the currency",
        "USD",
        null=NOT_CONVERTED,
        derived="ECB reference rates, crossed through the euro",
    ),
    Column(
        "rate_date",
        "date",
        "business day of the rate, on or before the date",
        "day",
        null=NOT_CONVERTED,
        derived="clean.rates",
    ),
    *interval("valuation_usd_", "valuation in dollars", "USD", CHOSEN),
    Column(
        "valuation_basis",
        "string",
        "before or after the new money",
        null="no source says",
        derived=CHOSEN,
        enum=("pre", "post"),
    ),
    Column(
        "lead_investors",
        "string",
        "lead investors, separated by '; '",
        null="no source names one",
        derived=CHOSEN,
    ),
    Column("n_reports", "integer", "reports of the event", "reports"),
    Column("n_independent", "integer", "reports of the event with different origin", "reports"),
    Column("reliability", "string", "the best reliability among the reports", enum=RELIABILITIES),
    Column(
        "disputed_fields",
        "string",
        "fields whose runner-up has at least half the support, separated by '; '",
        null="nothing is disputed",
        derived="clean.choosing",
    ),
    *(
        Column(
            f"{field}_report_id",
            "string",
            f"the report that the {field.replace('_', ' ')} was taken from",
            null="no value was chosen",
            derived="clean.choosing",
        )
        for field in FIELDS
    ),
    *(
        Column(
            f"{field}_why",
            "string",
            f"why that {field.replace('_', ' ')} was chosen",
            null="no value was chosen",
            derived="clean.choosing",
        )
        for field in FIELDS
    ),
)

ROUND_POLICIES = (
    Column("rule", "string", "the rule that another one stands in for"),
    Column("policy", "string", "the other rule"),
    Column("round_id", "string", "the event", source="", derived="rounds.csv"),
    Column(
        "status", "string", "as in rounds.csv, by the other rule", derived="clean.policies", enum=STATUSES
    ),
    *interval("usd_", "amount in dollars by the other rule", "USD", "clean.policies", NOT_CONVERTED),
    Column(
        "lead_investors",
        "string",
        "lead investors by the other rule, separated by '; '",
        null="no source names one",
        derived="clean.policies",
    ),
)

ROUND_INVESTORS = (
    Column("round_id", "string", "the event"),
    Column("investor_id", "string", "the investor, by investors.csv"),
    Column("investor", "string", "name of the investor"),
    Column(
        "parent_group",
        "string",
        "the group that controls the investor",
        null="independent or unknown",
        derived="investor_aliases.csv",
    ),
    Column("role", "string", "lead or participant", enum=("lead", "participant"), derived=CHOSEN),
    Column("n_independent", "integer", "independent reports that name the investor", "reports"),
    Column(
        "known_cheque_usd",
        "number",
        "what the investor itself put in",
        "USD",
        null="no source says",
        derived="amounts in brackets behind the name, and reports of kind part with one investor",
    ),
    Column("report_ids", "string", "the reports that name the investor, separated by '; '"),
)

CONFLICTS = (
    Column("round_id", "string", "the event"),
    Column("field", "string", "the field", enum=FIELDS),
    Column("value", "string", "the value that was not chosen, as compared"),
    Column("chosen", "string", "the value that was chosen", null="none was chosen"),
    Column("report_ids", "string", "the reports that give the value, separated by '; '"),
    Column(
        "support", "number", "independent origins weighted by reliability (high 3, medium 2, low 1)", "points"
    ),
    Column("probably", "string", "what the value most likely is", enum=SLIPS),
    Column("rule", "string", "the rule that decided"),
)

PROBLEMS = (
    Column("file", "string", "raw file"),
    Column("line", "integer", "line of the file", null="the whole file"),
    Column("column", "string", "column of the file", null="the whole row"),
    Column("text", "string", "what stands there", null="nothing stands there"),
    Column("reason", "string", "what is wrong"),
    Column("action", "string", "what was done, and what to do"),
)

COMPANIES = (
    Column("company_id", "string", "name in all tables", source="company_id"),
    Column("name", "string", "English name", source="name"),
    Column("name_zh", "string", "Chinese name", null="none recorded", source="name_zh"),
    Column(
        "country",
        "string",
        "country of the seat as the collector assigned it",
        "ISO 3166-1",
        source="country",
    ),
    Column("segment", "string", "what the company builds", source="segment"),
    Column("cohort", "string", "the group in which it is compared", source="cohort", enum=COHORTS),
)

INVESTORS = (
    Column("investor_id", "string", "name in all tables", derived="parse.names"),
    Column("investor", "string", "the canonical name", source="investor"),
    Column(
        "parent_group",
        "string",
        "the group that controls the investor",
        null="independent or unknown",
        source="parent_group",
        derived="parse.names",
    ),
    Column(
        "group_note",
        "string",
        "what the raw group says beside the name",
        null="nothing",
        source="parent_group",
        derived="parse.names",
    ),
    Column("kind", "string", "what kind of investor it is", null="not recorded", source="kind"),
    Column("is_resolved", "boolean", "whether the name stands in investor_aliases.csv"),
    Column("n_rounds", "integer", "closed rounds in which it is named", "rounds"),
)

ARTICLE_CHECKS = (
    Column("claim_id", "string", "name of the claim", source="claim_id"),
    Column(
        "company_id",
        "string",
        "the company that the claim is about",
        null="not a company of the data",
        source="subject",
    ),
    as_written("topic", "what the claim is about", null=""),
    as_written("aspect", "which side of it", null=""),
    as_written("value", "the claimed value", null=""),
    as_written("claim", "the claim in a sentence", null=""),
    Column(
        "verdict",
        "string",
        "what the record says",
        enum=("confirmed", "confirmed with a nuance", "contradicted", "not found"),
        derived="clean.claims",
    ),
    Column(
        "round_id",
        "string",
        "the event that the claim was held against",
        null="not about a round",
        derived="clean.claims",
    ),
    Column(
        "evidence",
        "string",
        "reports or rows that decide, separated by '; '",
        null="none found",
        derived="clean.claims",
    ),
    Column(
        "nuance",
        "string",
        "what the record shows, in a sentence",
        null="nothing to add",
        derived="clean.claims",
    ),
)

PRODUCT_EVENTS = (
    DEVELOPER_ID,
    as_written("developer", "who makes the product", null=""),
    as_written("product", "the product", null=""),
    as_written("event", "what happened", null=""),
    as_written("date", "when, as written"),
    *period("date_", "the event", PARSED_DATE),
    Column("date_precision", "string", "how finely the date is known", derived=PARSED_DATE, enum=PRECISIONS),
    as_written("detail", "what the source adds", null="nothing"),
    as_written("open_weights", "whether weights were released, as recorded", null="not recorded"),
    *SOURCED,
    RECORD_ID,
)

USAGE_METRICS = (
    TOLD_COMPANY_ID,
    as_written("company", "the company as recorded", null=""),
    as_written("product", "the product", null="the whole company"),
    as_written("metric", "what is measured", null=""),
    as_written("value", "the figure as written", null=""),
    *interval("value_", "figure", "value_currency, or users where that is empty", PARSED_AMOUNT),
    Column(
        "value_currency",
        "string",
        "currency of the figure",
        "ISO 4217",
        null="not money, or none named",
        source="value",
        derived=PARSED_AMOUNT,
    ),
    Column(
        "value_qualifier",
        "string",
        "how the figure was worded",
        source="value",
        derived=PARSED_AMOUNT,
        enum=QUALIFIERS,
    ),
    as_written("period", "the period, as written"),
    *period("period_", "the period", PARSED_DATE),
    as_written("published", "when the page was published", null="not recorded"),
    *SOURCED,
    RECORD_ID,
)

LEADERBOARD_SCORES = (
    as_written("board", "the board", null=""),
    as_written("modality", "what is compared", null=""),
    as_written("audio", "whether the board judges sound", null="not recorded"),
    as_written("model", "the model", null=""),
    as_written("developer", "who makes it", null="not recorded"),
    DEVELOPER_ID,
    Column("rank", "integer", "place on the board", "place", null="not recorded as a number", source="rank"),
    Column(
        "score",
        "number",
        "score; never comparable across boards, modalities or anchor changes",
        "board points",
        null="not recorded",
        source="score",
    ),
    Column(
        "score_low",
        "number",
        "lower end of the board's own interval",
        "board points",
        null="not recorded",
        source="interval",
    ),
    Column(
        "score_high",
        "number",
        "upper end of the board's own interval",
        "board points",
        null="not recorded",
        source="interval",
    ),
    Column("votes", "integer", "votes behind the score", "votes", null="not recorded", source="votes"),
    as_written("snapshot_date", "day or month of the table, as recorded"),
    *period("snapshot_", "the table", PARSED_DATE),
    as_written("coverage", "whether the whole table was seen", null="not recorded"),
    *SOURCED,
    as_written("published", "when the page was published", null="not recorded"),
    as_written("note", "the collector's note", null="no note"),
    RECORD_ID,
)

MODEL_CAPABILITIES = (
    as_written("model", "the model", null=""),
    as_written("developer", "who makes it", null="not recorded"),
    DEVELOPER_ID,
    as_written("attribute", "what is described", null=""),
    as_written("value", "the value as written", null=""),
    as_written("as_of", "when it held, as written", null="not recorded"),
    *period("as_of_", "when it held", PARSED_DATE),
    *SOURCED,
    as_written("note", "the collector's note", null="no note"),
    RECORD_ID,
)

COMPANY_FACTS = (
    TOLD_COMPANY_ID,
    as_written("company", "the company as recorded", null=""),
    as_written("fact", "what kind of fact", null=""),
    as_written("value", "the fact", null=""),
    as_written("as_of", "when it held", null="not recorded"),
    *SOURCED,
    RECORD_ID,
)

KNOWN_GAPS = (
    Column("company_id", "string", "the company; it may lie outside companies.csv", source="company_id"),
    as_written("what_is_missing", "the round, or what of a round, no source was found for", null=""),
    as_written("period", "when it is thought to have happened", null="not known"),
    RECORD_ID,
)

SEGMENT_READINGS = (
    Column("segment", "string", "a segment of companies.csv", source="segment"),
    Column("name", "string", "the segment in words", source="name"),
    Column(
        "ring",
        "string",
        "place in the world-model field: inner for world models proper, outer for their neighbours",
        source="ring",
        enum=SEGMENT_WORDS["ring"],
    ),
    Column(
        "digital_or_physical",
        "string",
        "whether what is built acts on screens or in the real world",
        source="digital_or_physical",
        enum=SEGMENT_WORDS["digital_or_physical"],
    ),
    Column(
        "human_level_need",
        "string",
        "which of the three needs of human-level AI the segment works on, by the article of April 2026",
        source="human_level_need",
        enum=SEGMENT_WORDS["human_level_need"],
    ),
    Column("reason", "string", "why the authors read the segment so", source="reason"),
)
