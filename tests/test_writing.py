import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analysis.formulas import disarmed
from analysis.writing import csv_chunks

# \r is left out: pandas writes it without quotes, and then it ends a row.
TEXTS = st.none() | st.text(st.sampled_from("a7é亿,;\"'=+-@＝\t\n \0"), max_size=6)
NUMBERS = st.none() | st.floats(allow_infinity=False, allow_nan=False, width=32)


@given(st.lists(st.tuples(TEXTS, NUMBERS, st.none() | st.integers(-9, 9)), max_size=8))
def test_rows_stand_as_pandas_writes_them(rows: list[tuple[object, ...]]) -> None:
    kinds = {"text": "string", "sum": "number", "pieces": "integer"}
    frame = pd.DataFrame(rows, columns=list(kinds)).astype({"text": "str", "sum": float, "pieces": "Int64"})
    shown = frame.assign(
        text=frame["text"].map(disarmed, na_action="ignore"),
        sum=[None if pd.isna(n) else str(int(n)) for n in frame["sum"]],
    )
    whole = frame["sum"].isna() | frame["sum"].eq(frame["sum"].round())
    written = b"".join(csv_chunks(frame[whole], kinds)).decode()
    assert written == shown[whole].to_csv(index=False, lineterminator="\n")
