"""Tables as CSV: UTF-8, LF, quotes only where a cell needs them, whole numbers without a decimal point.

Cells are made by the column and rows joined by Arrow, so that a table costs what its distinct numbers and its
odd texts cost.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.formulas import SUSPECT, disarmed

_AT_ONCE = 100_000  # rows; their text fits into memory beside the table
_TEXT = pa.large_string()


def csv_chunks(frame: pd.DataFrame, types: Mapping[str, str]) -> Iterator[bytes]:
    """Yield the header and then the rows of a table, in pieces that make up its file.

    Args:
        frame: the rows; a null is an empty cell.
        types: of each column, "number", "integer", "boolean", "date" or "string". A string is disarmed.
    """
    yield f"{','.join(frame.columns)}\n".encode()
    for start in range(0, len(frame), _AT_ONCE):
        some = frame.iloc[start : start + _AT_ONCE]
        cells = [_cells(some[name], types[str(name)]).fill_null("") for name in some]
        rows = pc.binary_join_element_wise(*cells, pa.scalar(",", _TEXT))
        every = pa.LargeListArray.from_arrays([0, len(rows)], rows)
        yield pc.binary_join(every, pa.scalar("\n", _TEXT))[0].as_buffer().to_pybytes()
        yield b"\n"


def _cells(column: pd.Series, kind: str) -> pa.Array:
    """A column as it stands in the file."""
    if kind == "boolean":
        return _by_value(column, {True: "true", False: "false"}.__getitem__)
    if kind == "number":
        return _by_value(column, _number)
    found = pa.array(column.astype("str"), _TEXT)
    texts = found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found
    return _quoted(_disarmed(texts) if kind == "string" else texts)


def _number(value: float) -> str:
    if value == int(value):
        return str(int(value))
    return np.format_float_positional(value, precision=10, fractional=False, trim="-")


def _by_value(column: pd.Series, written: Callable[[Any], str]) -> pa.Array:
    """Each value in writing, each distinct one written once."""
    places, values = pd.factorize(column)
    texts = pa.array([written(value) for value in values.tolist()], _TEXT)
    return texts.take(pa.array(places, mask=places < 0))


def _disarmed(texts: pa.Array) -> pa.Array:
    """Texts as `formulas.disarmed` makes them."""
    return _mended(texts, SUSPECT, lambda odd: pa.array(map(disarmed, odd.to_pylist()), _TEXT))


def _quoted(texts: pa.Array) -> pa.Array:
    """Texts in quotes where they hold a comma, a quote or a line end."""
    quote = pa.scalar('"', _TEXT)
    return _mended(
        texts,
        '[",\\r\\n]',
        lambda odd: pc.binary_join_element_wise(
            quote, pc.replace_substring(odd, '"', '""'), quote, pa.scalar("", _TEXT)
        ),
    )


def _mended(texts: pa.Array, pattern: str, mend: Callable[[pa.Array], pa.Array]) -> pa.Array:
    """Texts, those in which a pattern is found replaced by what is made of them."""
    odd = pc.fill_null(pc.match_substring_regex(texts, pattern), False)
    return pc.replace_with_mask(texts, odd, mend(texts.filter(odd))) if pc.any(odd).as_py() else texts
