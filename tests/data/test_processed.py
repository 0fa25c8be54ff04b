"""The processed tables: every value is explained by the reports it came from."""

import json
import math

import pandas as pd
import pytest

from analysis.build import PROCESSED, Built
from analysis.columns import FIELDS
from analysis.load import table
from analysis.tables import TABLES, dangling, shape, violations

ROUNDS = table("rounds")
REPORTS = table("reports").set_index("report_id")
CONFLICTS = table("conflicts")
TOLD = {name: REPORTS.loc[ids] for name, ids in REPORTS.groupby("round_id").groups.items()}
KNOWN_EMPTY: dict[str, set[str]] = {}


def chosen(field: str) -> pd.DataFrame:
    """Rounds that chose a value for a field, with the report it came from in columns "from_"."""
    rows = ROUNDS[ROUNDS[f"{field}_report_id"].notna()]
    source = REPORTS.loc[rows[f"{field}_report_id"]].add_prefix("from_").set_index(rows.index)
    return pd.concat([rows, source], axis="columns")


# --- form ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TABLES)
def test_schema(name: str) -> None:
    frame = pd.read_csv(PROCESSED / f"{name}.csv", dtype="str", keep_default_na=False, na_values=[""])
    assert list(frame.columns) == TABLES[name].names
    typed = {
        column.name: frame[column.name].eq("true")
        for column in TABLES[name].columns
        if column.type == "boolean"
    }
    shaped = shape(TABLES[name], frame.assign(**typed))
    assert violations(TABLES[name], shaped) == []
    assert len(shaped) == len(frame) > 0


def test_keys_point_somewhere() -> None:
    tables = {name: pd.read_csv(PROCESSED / f"{name}.csv", dtype="str") for name in TABLES}
    assert dangling(tables) == []
    reports = set(REPORTS.index)
    for name in ("conflicts", "round_investors"):
        assert {i for ids in tables[name]["report_ids"] for i in ids.split("; ")} <= reports


@pytest.mark.parametrize("name", TABLES)
def test_no_column_is_empty(name: str) -> None:
    frame = table(name)
    assert {column for column in frame if frame[column].isna().all()} == KNOWN_EMPTY.get(name, set())


def test_the_descriptions_are_those_of_the_tables(built: Built) -> None:
    package = json.loads((PROCESSED / "datapackage.json").read_text("utf-8"))
    assert {r["name"] for r in package["resources"]} == set(TABLES)
    assert package["created"] == built.as_of == str(REPORTS["collected"].max())[:10]
    dictionary = (PROCESSED / "README.md").read_text("utf-8")
    for name in TABLES:
        assert f"## {name}.csv\n\nOne row is {TABLES[name].grain}. {len(table(name)):,} rows" in dictionary


# --- numbers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "prefix"),
    [("rounds", p) for p in ("amount_", "usd_", "valuation_usd_")]
    + [("reports", p) for p in ("amount_", "second_", "usd_", "valuation_", "valuation_usd_")]
    + [("usage_metrics", "value_")],
)
def test_intervals_hold_what_was_stated(name: str, prefix: str) -> None:
    frame = table(name)
    stated, low, high = (frame[f"{prefix}{end}"] for end in ("stated", "low", "high"))
    wrong = (low > stated) | (stated > high) | (low > high) | (stated < 0) | (low < 0)
    assert frame[wrong].iloc[:, :3].to_dict("records") == []
    assert stated.notna().sum() > 10


def test_dollars_are_the_amount_times_the_rate() -> None:
    known = ROUNDS[ROUNDS["usd_per_unit"].notna()]
    for end in ("stated", "low", "high"):
        expected = known[f"amount_{end}"] * known["usd_per_unit"]
        apart = (known[f"usd_{end}"] - expected).abs()
        assert known[~(apart <= 0.5 + 2e-5 * expected) & expected.notna()]["round_id"].tolist() == []
        assert (known[f"usd_{end}"].isna() == expected.isna()).all()
    without = ROUNDS[ROUNDS["usd_per_unit"].isna()]
    assert without[["usd_stated", "usd_low", "usd_high", "rate_date"]].isna().all().all()
    dollars = ROUNDS[ROUNDS["currency"] == "USD"]
    assert (dollars["usd_per_unit"].dropna() == 1).all()


def test_rates_are_of_the_middle_of_the_date_and_never_later() -> None:
    known = ROUNDS[ROUNDS["rate_date"].notna()]
    middle = (known["date_start"] + (known["date_end"] - known["date_start"]) / 2).dt.normalize()
    age = (middle - known["rate_date"]).dt.days
    assert known[~age.between(0, 7)]["round_id"].tolist() == []


def test_what_has_no_dollars_is_a_problem() -> None:
    problems = table("problems")
    named = " ".join(problems.loc[problems["file"] == "rounds.csv", "reason"])
    without = ROUNDS[ROUNDS["usd_per_unit"].isna() & ROUNDS["amount_low"].notna()]
    assert len(without)
    assert [name for name in without["round_id"] if name not in named] == []


def test_money_has_a_currency_and_undisclosed_has_none() -> None:
    undisclosed = ROUNDS[ROUNDS["amount_qualifier"].isna() | ROUNDS["amount_qualifier"].eq("undisclosed")]
    assert undisclosed[["amount_stated", "amount_low", "amount_high", "currency"]].isna().all().all()
    told = ROUNDS.drop(undisclosed.index)
    assert told[["amount_stated", "amount_low", "amount_high"]].notna().any(axis="columns").all()


def test_parts_are_no_more_than_their_round() -> None:
    wrong = []
    for row in ROUNDS[ROUNDS["kind"] == "round"].itertuples():
        told = TOLD[row.round_id]
        parts = told[(told["kind"] == "part") & (told["amount_currency"] == row.currency)]
        top = max(x for x in (row.amount_stated, row.amount_high, -math.inf) if not math.isnan(x))
        if len(parts) and math.isinf(top):
            continue
        sums = (
            parts.drop_duplicates(["origin_key", "amount_stated"])
            .groupby("origin_key")["amount_stated"]
            .sum()
        )
        wrong += [(row.round_id, origin) for origin, total in sums.items() if total > 1.05 * top]
    assert wrong == []


def test_known_cheques_are_no_more_than_their_round() -> None:
    cheques = table("round_investors").groupby("round_id")["known_cheque_usd"].max().dropna()
    whole = ROUNDS.set_index("round_id").loc[cheques.index, ["usd_stated", "usd_high"]].max(axis="columns")
    assert len(cheques) >= 5
    assert cheques[cheques > 1.05 * whole].to_dict() == {}


# --- every chosen value stands in the report it names -----------------------------------------------


def test_the_report_of_each_choice_tells_of_that_round() -> None:
    for field in FIELDS:
        rows = chosen(field)
        if field == "valuation":  # talks may vouch for it
            own = rows["from_round_id"] == rows["round_id"]
            became = ROUNDS.set_index("round_id")["became_round_id"].reindex(rows["from_round_id"])
            assert (own | (became.to_numpy() == rows["round_id"])).all()
        else:
            assert rows[rows["from_round_id"] != rows["round_id"]]["round_id"].tolist() == [], field
        assert rows[f"{field}_why"].notna().all(), field


def test_the_amount_is_a_quote_of_its_report() -> None:
    rows = chosen("amount")
    silent = rows["amount_qualifier"] == "undisclosed"
    assert (rows.loc[silent, "from_amount_qualifier"] == "undisclosed").all()
    told = rows[~silent]
    named = told["from_amount_currency"].isna() | (told["from_amount_currency"] == told["currency"])
    figure = told["amount_stated"].fillna(-1) == told["from_amount_stated"].fillna(-1)
    assert told[~(named & figure)][["round_id", "amount_report_id"]].to_dict("records") == []
    inside = ~(told["amount_low"] > told["from_amount_low"]) | told["round_id"].isin(_with_parts())
    assert told[~inside]["round_id"].tolist() == []
    assert told[told["amount_high"] < told["from_amount_high"]]["round_id"].tolist() == []


def _with_parts() -> set[str]:
    """Rounds whose lower bound may come from their parts."""
    return {name for name, told in TOLD.items() if (told["kind"] == "part").any()}


def test_a_valuation_is_a_quote_of_its_report() -> None:
    rows = chosen("valuation")
    stated = rows["valuation_usd_stated"].notna() & rows["from_valuation_usd_stated"].notna()
    apart = (rows["valuation_usd_stated"] / rows["from_valuation_usd_stated"] - 1).abs()
    assert rows[stated & (apart > 0.06)]["round_id"].tolist() == []  # converted on another day
    assert stated.sum() > 50


def test_the_date_is_that_of_its_report() -> None:
    rows = chosen("date")
    assert (rows["date_basis"] == rows["from_date_basis"]).all()
    meets = (rows["date_start"] <= rows["from_date_end"]) & (rows["date_end"] >= rows["from_date_start"])
    assert rows[~meets]["round_id"].tolist() == []
    exact = rows["date_precision"] == rows["from_date_precision"]
    same = (rows["date_start"] == rows["from_date_start"]) & (rows["date_end"] == rows["from_date_end"])
    assert rows[exact & ~same & (rows["date_precision"] != "range")]["round_id"].tolist() == []
    assert ROUNDS[ROUNDS["date_report_id"].isna()]["date_start"].isna().all()


def test_the_label_and_the_status_are_those_of_their_reports() -> None:
    labels, stages = chosen("label"), chosen("status")
    assert (labels["round_label"] == labels["from_round_label"]).all()
    assert (stages["status"] == stages["from_status"]).all()
    assert ROUNDS.loc[ROUNDS["label_report_id"].isna(), "round_label"].isna().all()


def test_the_lead_stands_in_its_report() -> None:
    names = dict(zip(table("investors")["investor"], table("investors")["investor_id"], strict=True))
    group = table("investors").set_index("investor_id")["parent_group"].to_dict()

    def who(name: str) -> str:
        found = group.get(name)
        return found if isinstance(found, str) else name

    for row in chosen("lead_investors").itertuples():
        first = names[row.lead_investors.split("; ")[0]]
        told = {who(name) for name in row.from_lead_investor_ids.split("; ")}
        assert who(first) in told, row.round_id
        everyone = {
            who(n) for ids in TOLD[row.round_id]["lead_investor_ids"].dropna() for n in ids.split("; ")
        }
        assert {who(names[name]) for name in row.lead_investors.split("; ")} <= everyone, row.round_id


# --- rounds among each other ---------------------------------------------------------------------------


def test_every_round_counts_its_reports() -> None:
    assert set(TOLD) == set(ROUNDS["round_id"])
    for row in ROUNDS.itertuples():
        told = TOLD[row.round_id]
        assert (row.n_reports, row.n_independent) == (len(told), told["origin_key"].nunique())
        assert set(told["company_id"]) == {row.company_id}
        assert row.kind in set(told["kind"])


def test_talks_become_closings_that_are_no_earlier() -> None:
    events = ROUNDS.set_index("round_id")
    talks = events[events["became_round_id"].notna()]
    closings = events.loc[talks["became_round_id"]].set_index(talks.index)
    assert (talks["status"] != "closed").all()
    assert (closings["status"] == "closed").all()
    assert (closings["kind"] == talks["kind"]).all()
    assert (closings["company_id"] == talks["company_id"]).all()
    announced = REPORTS[REPORTS["date_basis"] == "announced"].groupby("round_id")["date_end"].max()
    last = talks["became_round_id"].map(announced).fillna(closings["date_end"])
    before = (talks["date_start"] - last).dt.days
    assert before[before > 20].to_dict() == {}


def test_a_closed_round_rests_on_closed_reports() -> None:
    for row in ROUNDS[ROUNDS["status"] == "closed"].itertuples():
        assert (TOLD[row.round_id]["status"] == "closed").any(), row.round_id


def test_disputes_are_about_known_fields_and_leave_a_trace() -> None:
    disputed = (
        ROUNDS.dropna(subset="disputed_fields").set_index("round_id")["disputed_fields"].str.split("; ")
    )
    pairs = {(name, field) for name, fields in disputed.items() for field in fields}
    assert {field for _, field in pairs} <= set(FIELDS)
    assert len(pairs) > 10
    known = set(zip(CONFLICTS["round_id"], CONFLICTS["field"], strict=True))
    named = [pair for pair in pairs if pair[1] not in ("date", "lead_investors", "amount")]
    assert [pair for pair in named if pair not in known] == []


def test_a_conflict_is_about_another_value_told_by_a_report_of_the_round() -> None:
    assert CONFLICTS[CONFLICTS["value"] == CONFLICTS["chosen"]].empty
    for row in CONFLICTS.itertuples():
        assert set(row.report_ids.split("; ")) <= set(TOLD[row.round_id].index), (row.round_id, row.value)
    slips = CONFLICTS["probably"].value_counts()
    assert {"tenfold slip", "currency slip", "part for whole", "total for round", "rounding"} <= set(
        slips.index
    )


def test_the_amounts_in_conflict_are_read_from_their_reports() -> None:
    left = {"whole series for extension", "total for round"}
    rows = CONFLICTS[(CONFLICTS["field"] == "amount") & ~CONFLICTS["value"].str.contains(" to |unknown")]
    for row in rows.itertuples():
        currency, number = row.value.split(" ")
        told = REPORTS.loc[row.report_ids.split("; ")]
        pairs = set(zip(told["amount_currency"], told["amount_stated"], strict=True))
        pairs |= set(zip(told["second_currency"], told["second_stated"], strict=True))
        value = float(number.replace(",", ""))
        found = any(
            abs(stated - value) < 1 for code, stated in pairs if code == currency or not isinstance(code, str)
        )
        assert found or (row.probably in left and "without" in row.rule), (row.round_id, row.value)


def test_investors_are_named_by_the_reports_they_point_to() -> None:
    for row in table("round_investors").itertuples():
        told = TOLD[row.round_id]
        assert row.n_independent == told.loc[row.report_ids.split("; "), "origin_key"].nunique()
        assert (
            told.loc[row.report_ids.split("; "), "investor_ids"]
            .str.split("; ")
            .map(set)
            .map(lambda named, who=row.investor_id: who in named)
            .all()
        ), (row.round_id, row.investor_id)
