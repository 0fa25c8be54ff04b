"""Where a sheet of reports is cut into parts: between rows, so that the parts hold what the whole holds."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import parquet

from analysis.clean.sheets import Problem, Sheet, is_left_open, is_one_row, read_cells, read_sheet

BLOCK = 1 << 24
"""How many bytes of a CSV file are looked at at a time."""
_USUAL_ROW = 500  # bytes of a report
_BATCH = 1024  # rows of a Parquet file that are read at a time
_BUFFER = 1 << 16  # bytes of a column
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Part:
    """Some rows of a sheet.

    Attributes:
        path: the file.
        number: its place among the parts of the sheet, from 0.
        start, end: the bytes of a CSV file that it holds, or the rows of a Parquet file.
        line: the physical line on which it starts; the rows of a Parquet file are counted from 2.
        n_bytes: of its text, roughly.
    """

    path: Path
    number: int
    start: int
    end: int
    line: int
    n_bytes: int


def cut(path: Path, size: int) -> list[Part]:
    """Return the parts of a sheet.

    Args:
        path: a CSV file, a Parquet file, or a folder of Parquet files, which follow each other by name.
        size: bytes of text in a part, roughly; a CSV file that is not UTF-8 with LF or CRLF is one part.

    Raises:
        OSError: a file cannot be read.
    """
    parts = _cut_csv(path, size) if path.suffix == ".csv" else _cut_parquet(path, size)
    return [replace(part, number=number) for number, part in enumerate(parts)]


def read_part(part: Part, columns: tuple[str, ...], name: str) -> Sheet:
    """Return the rows of a part with the lines that they have in the whole sheet.

    Args:
        part: as `cut` returns it.
        columns: the columns of the sheet.
        name: what problems call the sheet.

    Raises:
        OSError: the file cannot be read.
    """
    if part.path.suffix != ".csv":
        table = pa.Table.from_batches(_batches(part), parquet.read_schema(part.path))
        texts = pa.table({column: table[column].cast(pa.string()) for column in table.column_names})
        return read_cells(texts.to_pandas(types_mapper=_text).fillna(""), name, columns, part.line)
    with part.path.open("rb") as opened:
        opened.seek(part.start)
        data = opened.read(part.end - part.start)
    if part.line == 1:
        return read_sheet(data, name, columns)
    header, n_above = _header(part.path)
    sheet = read_sheet(header + data, name, columns)
    below = part.line - 1 - n_above

    def moved(problem: Problem) -> Problem:
        return replace(problem, line=problem.line + below) if problem.line > n_above else problem

    return Sheet(
        sheet.rows.assign(line=sheet.rows["line"] + below), tuple(moved(found) for found in sheet.problems)
    )


def _text(_: pa.DataType) -> pd.StringDtype:
    return pd.StringDtype(na_value=np.nan)


def _header(path: Path) -> tuple[bytes, int]:
    """The bytes up to the end of the header, and how many lines they are."""
    above = []
    with path.open("rb") as file:
        for line in file:
            above.append(line)
            if line.removeprefix(_BOM).strip():
                break
    return b"".join(above), len(above)


def _cut_parquet(path: Path, size: int) -> Iterator[Part]:
    """Parts of row groups: one may be larger than the memory of those who read it."""
    line = 2
    for file in sorted(path.glob("*.parquet")) if path.is_dir() else [path]:
        described = parquet.read_metadata(file)
        first = 0
        for group in map(described.row_group, range(described.num_row_groups)):
            # Texts that repeat take less in the file than in memory.
            n_parts = ceil(max(group.total_byte_size, group.num_rows * _USUAL_ROW) / size)
            n_parts = min(n_parts, group.num_rows)
            bounds = [first + group.num_rows * number // n_parts for number in range(n_parts + 1)]
            for start, end in pairwise(bounds):
                yield Part(file, 0, start, end, line + start - first, size)
            first, line = first + group.num_rows, line + group.num_rows


def _batches(part: Part) -> Iterator[pa.RecordBatch]:
    """The rows of a part of a Parquet file, of which little more than these is in memory at a time."""
    # Read ahead, and without buffers, a row group is held as a whole.
    with parquet.ParquetFile(part.path, pre_buffer=False, buffer_size=_BUFFER) as file:
        first = 0
        for number in range(file.num_row_groups):
            n_rows = file.metadata.row_group(number).num_rows
            if first < part.end and part.start < first + n_rows:
                position = first
                for batch in file.iter_batches(_BATCH, [number]):
                    start, end = max(part.start - position, 0), min(part.end - position, len(batch))
                    if start < end:
                        yield batch.slice(start, end - start)
                    position += len(batch)
                    if position >= part.end:
                        return
            first += n_rows


def _cut_csv(path: Path, size: int) -> list[Part]:
    end = path.stat().st_size
    whole = [Part(path, 0, 0, end, 1, end)]
    header, n_above = _header(path)
    with path.open("rb") as file:
        if file.read(2) in (b"\xff\xfe", b"\xfe\xff"):
            return whole
    n_columns = header.count(b",") + 1
    starts = [(len(header), n_above + 1)]  # lines near which a part may start: offset and number
    spans: list[tuple[int, int, int]] = []  # rows of several lines: offset, offset behind, number behind
    left_open: tuple[int, int] | None = None
    for block in _lines(path, len(header), n_above + 1):
        if block.has_other_ends:
            return whole
        while (nearest := block.first_from(starts[-1][0] + size)) is not None:
            starts.append(nearest)
        for first, behind, number in block.with_odd_quotes():
            if left_open and is_one_row(_read(path, left_open[0], behind), n_columns):
                spans.append((left_open[0], behind, number + 1))
                left_open = None
            elif is_left_open(_read(path, first, behind)):
                left_open = first, number
            else:
                left_open = None
    starts = [_outside(start, spans) for start in starts[1:]]
    kept = [(0, 1), *(start for start in dict.fromkeys(starts) if start[0] < end)]
    ends = [*(first for first, _ in kept[1:]), end]
    return [
        Part(path, 0, first, behind, line, behind - first)
        for (first, line), behind in zip(kept, ends, strict=True)
    ]


def _outside(start: tuple[int, int], spans: list[tuple[int, int, int]]) -> tuple[int, int]:
    """The start of a line, or the end of the row of several lines in which it lies."""
    inside = [(behind, number) for first, behind, number in spans if first < start[0] < behind]
    return inside[0] if inside else start


def _read(path: Path, start: int, end: int) -> str:
    """The text of some lines, without their last line end."""
    with path.open("rb") as file:
        file.seek(start)
        data = file.read(end - start)
    return data.decode("utf-8", "replace").replace("\r\n", "\n").removesuffix("\n")


@dataclass(frozen=True)
class _Block:
    """Whole lines of a file: their bytes, where these stand in the file, and the number of the first line."""

    data: bytes
    offset: int
    line: int

    @property
    def has_other_ends(self) -> bool:
        """Whether a line ends in a carriage return alone."""
        return self.data.count(b"\r") != self.data.count(b"\r\n")

    def ends(self) -> NDArray[np.int64]:
        """The places behind the lines."""
        found = np.flatnonzero(np.frombuffer(self.data, np.uint8) == ord("\n")) + 1
        return found if self.data.endswith(b"\n") else np.append(found, len(self.data))

    def first_from(self, offset: int) -> tuple[int, int] | None:
        """Offset and number of the first line that starts at an offset of the file or behind it."""
        starts = np.concatenate([[0], self.ends()[:-1]]) + self.offset
        place = int(np.searchsorted(starts, offset))
        return (int(starts[place]), self.line + place) if place < len(starts) else None

    def with_odd_quotes(self) -> Iterator[tuple[int, int, int]]:
        """Offset, offset behind and number of each line with an odd number of quotes."""
        ends = self.ends()
        quotes = np.flatnonzero(np.frombuffer(self.data, np.uint8) == ord('"'))
        per_line = np.bincount(np.searchsorted(ends, quotes, side="right"), minlength=len(ends))
        for place in np.flatnonzero(per_line % 2).tolist():
            first = int(ends[place - 1]) if place else 0
            yield self.offset + first, self.offset + int(ends[place]), self.line + place


def _lines(path: Path, offset: int, line: int) -> Iterator[_Block]:
    """The file from an offset on, in blocks of whole lines."""
    with path.open("rb") as file:
        file.seek(offset)
        while data := file.read(BLOCK):
            data += file.readline()
            block = _Block(data, offset, line)
            yield block
            offset, line = offset + len(data), line + data.count(b"\n")
