"""The text of a CSV sheet: every row is read as it stands or set aside with its line and the reason.

The grammar is RFC 4180, taken strictly; a comma stands between cells unless the caller names another sign.
Every quote toggles between inside and outside a cell, doubled ones included, so a line with an odd number of
quotes opens a cell that only the next such line can close. That says where a row ends without reading on to
the end of the file, and a damaged line costs nobody but itself: reading goes on with the very next line.
Nothing is guessed: no encoding, no separator, no cell.
"""

import codecs
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz import fuzz, process

_UNTYPED = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufdd0-\ufdef\ufffe\uffff"
_CONTROL = re.compile(f"[{_UNTYPED}]")
LONGEST_CELL = 10_000  # characters; no phrase of a source is longer
_SHOWN = 2_000  # characters of a damaged row in a problem
_NAME = 100  # characters of an unknown column's name
_FEW = 20  # unknown columns that are named one by one
_WIDE = 6  # columns; prose hardly holds as many commas, so they show where a row ends


DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
"""Signs that can stand between cells, and what they are called."""


@dataclass(frozen=True)
class _Grammar:
    """How cells are told apart, for one sign between them.

    `sound_line` and `line_with_text` are patterns for Arrow: of a line that is a row by itself and holds no
    character that no one typed, and of one that holds more than blanks and empty cells.
    """

    delimiter: str
    cell: re.Pattern[str]
    sound_line: str
    line_with_text: str


@cache
def _grammar(delimiter: str) -> _Grammar:
    sign = re.escape(delimiter)
    cell = rf'(?:"(?:[^"{_UNTYPED}]|"")*"|[^"{sign}{_UNTYPED}]*)'
    return _Grammar(
        delimiter,
        re.compile(rf'"((?:[^"]++|"")*+)"|[^"{sign}]*+'),
        rf"\A{cell}(?:{sign}{cell})*\z",
        rf'[^\s\p{{Z}}{sign}"]',
    )


@dataclass(frozen=True)
class Problem:
    """One thing that was not understood, and what was done about it.

    Attributes:
        file: name of the file, as the caller gave it.
        line: physical line, counted from 1, as a text editor shows it.
        column: the name that the header gives the column; "" where the whole line or sheet is meant.
        text: what stands there, control characters escaped, the end of a long one left out.
        reason: why it was not understood; a fault of syntax names the character of the line, counted from 1.
        action: what was done, and what a person can do.
        fatal: nothing can be built before this is mended.
    """

    file: str
    line: int
    column: str
    text: str
    reason: str
    action: str
    fatal: bool = False


@dataclass(frozen=True)
class Sheet:
    """The rows of a sheet and what is wrong with it.

    Attributes:
        rows: one text column for each expected column, in the order asked for, then `line`, the physical line
            on which the row starts. Empty when a problem is fatal.
        problems: in the order of the lines. A fatal one is about the sheet; any other is one row, or one line
            of a broken row, set aside. Every line below the header that is not blank is in one or the other.
    """

    rows: pd.DataFrame
    problems: tuple[Problem, ...]


class _RowError(Exception):
    """Why a piece of text is no row, what a person can do, in which column and how many lines down."""

    def __init__(self, reason: str, remedy: str, column: str = "", line: int = 0) -> None:
        super().__init__(reason)
        self.reason, self.remedy, self.column, self.line = reason, remedy, column, line


class _OpenQuoteError(_RowError):
    """The text ends inside a quoted cell."""


def read_sheet(data: bytes, file: str, columns: Sequence[str], required: Sequence[str] = ()) -> Sheet:
    r"""Read a CSV file: UTF-8 with or without a byte order mark, or UTF-16 with one; any line ends.

    Cells are text exactly as written ("N/A", "" and " a " stay apart), except that a line break inside quotes
    always comes back as "\n". The header may hold the columns in any order; blank lines are passed over.

    Args:
        data: the bytes of the file.
        file: its name, for the problems.
        columns: the columns of the sheet; a missing, repeated or unknown one is fatal.
        required: the columns whose cell must not be blank; a row without one is set aside.

    >>> sheet = read_sheet(b'id,name\n1,"a, b"\n2,c"d\n3,N/A\n', "x.csv", ["id", "name"])
    >>> sheet.rows.to_dict("list")
    {'id': ['1', '3'], 'name': ['a, b', 'N/A'], 'line': [2, 4]}
    >>> [(p.line, p.column, p.reason) for p in sheet.problems]
    [(3, 'name', 'a stray quote, character 4: the cell does not begin with a quote')]
    """

    try:
        text = _decode(data)
    except _RowError as error:
        return Sheet(_frame([], [], columns, columns), (_unread(file, error.line, "", error),))
    lines = text.split("\n")
    top = next((i for i, line in enumerate(lines) if line.strip()), 0)
    return _read(lines, top, file, columns, required, _grammar(","))


def read_export(text: str, file: str, columns: Sequence[str], delimiter: str = ",", header: int = 1) -> Sheet:
    r"""Read some columns of a table that someone else laid out; the others may be any.

    Args:
        text: the decoded text; lines end with "\n".
        file: its name, for the problems.
        columns: the columns to read; one that the header lacks or holds twice is fatal.
        delimiter: one of `DELIMITERS`.
        header: the line of the header, counted from 1; what stands above is passed over.

    >>> read_export("list of May\n;name;x\n0;Acme;1\n", "x.csv", ["name"], ";", 2).rows.to_dict("list")
    {'name': ['Acme'], 'line': [3]}
    """
    lines = text.split("\n")
    grammar = _grammar(delimiter)
    return _read([*lines, ""] if header > len(lines) else lines, header - 1, file, columns, (), grammar, True)


def read_rows(rows: Sequence[Sequence[str]], file: str, columns: Sequence[str], header: int = 1) -> Sheet:
    """Read some columns of a table whose cells are told apart already; rows without text are passed over.

    Args:
        rows: the cells of each row from the first one on.
        file, columns, header: as in `read_export`.
    """
    names = [" ".join(name.split()) for name in rows[header - 1]] if header <= len(rows) else []
    if faults := _faults(names, columns, is_open=True):
        nothing = _frame([], [], columns, columns)
        return Sheet(nothing, tuple(_unread(file, header, ",".join(names), fault) for fault in faults))
    places = [names.index(name) for name in columns]
    kept = [(line, row) for line, row in enumerate(rows[header:], header + 1) if any(map(str.strip, row))]
    cells = [[row[place] if place < len(row) else "" for place in places] for _, row in kept]
    return Sheet(_frame(cells, [line for line, _ in kept], columns, columns), ())


def read_cells(frame: pd.DataFrame, file: str, columns: Sequence[str], line: int) -> Sheet:
    """Read a table whose cells are told apart already, by columns; rows without text are passed over.

    Args:
        frame: text columns, "" for no cell.
        file, columns: as in `read_sheet`.
        line: the line that the first row counts as.
    """
    names = list(map(str, frame.columns))
    if faults := _faults(names, columns, is_open=False):
        nothing = _frame([], [], columns, columns)
        return Sheet(nothing, tuple(_unread(file, 1, ",".join(names), fault) for fault in faults))
    rows = frame[list(columns)].assign(line=range(line, line + len(frame)))
    damaged = pd.Series(False, rows.index)
    for name in columns:
        damaged |= rows[name].str.contains(_CONTROL) | (rows[name].str.len() > LONGEST_CELL)
    problems = []
    for *cells, at in rows[damaged].itertuples(index=False, name=None):
        try:
            _check_characters("\n".join(cells), cells, list(columns))
            _check_cells(cells, list(columns), (), "comma")
        except _RowError as error:
            text, action = visible(",".join(cells)), f"set aside; {error.remedy}"
            problems.append(Problem(file, at, error.column, text, error.reason, action))
    told = (rows[list(columns)] != "").any(axis=1)
    return Sheet(rows[told & ~damaged].reset_index(drop=True), tuple(problems))


def is_left_open(line: str) -> bool:
    """Whether a line of a sheet opens a quoted cell that it does not close."""
    try:
        _cells(line, [], _grammar(","))
    except _OpenQuoteError:
        return True
    except _RowError:
        return False
    return False


def is_one_row(lines: str, n_columns: int) -> bool:
    """Whether lines, the first of which is left open, are one row of so many cells."""
    try:
        cells = _cells(lines, [], _grammar(","))
    except _RowError:
        return False
    return len(cells) == n_columns and not _joins_rows(cells, ",")


def header_cells(line: str, delimiter: str = ",") -> list[str]:
    """Return the cells of one line, none if its quotes are not sound."""
    try:
        return _cells(line, [], _grammar(delimiter))
    except _RowError:
        return []


def _unread(file: str, line: int, text: str, error: _RowError) -> Problem:
    action = f"nothing was read; {error.remedy}"
    return Problem(file, line, error.column, visible(text), error.reason, action, fatal=True)


def _read(
    lines: list[str],
    top: int,
    file: str,
    columns: Sequence[str],
    required: Sequence[str],
    grammar: _Grammar,
    is_open: bool = False,
) -> Sheet:
    """The rows below the header in line `top`; in an open sheet columns that are not asked for may stand."""
    nothing = _frame([], [], columns, columns)
    line = lines[min(top, len(lines) - 1)]
    header, errors = _header(line, columns, grammar, is_open)
    if errors:
        return Sheet(nothing, tuple(_unread(file, top + 1, line, error) for error in errors))
    if (sound := _read_sound(lines, top, header, columns, required, grammar)) is not None:
        return Sheet(sound, ())

    kept: list[list[str]] = []
    starts: list[int] = []
    problems: list[Problem] = []
    places = [header.index(name) for name in columns]
    for start, end, row in _rows(lines, top + 1, header, required, grammar):
        if isinstance(row, list):
            kept.append([row[place] for place in places])
            starts.append(start + 1)
        else:
            damaged, action = visible("\n".join(lines[start:end])), f"set aside; {row.remedy}"
            problems.append(Problem(file, start + row.line + 1, row.column, damaged, row.reason, action))
    return Sheet(_frame(kept, starts, columns, columns), tuple(problems))


def without_repeats(
    rows: pd.DataFrame, file: str, key: str | None = None
) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the rows without those that say again what one above says, and a problem for each of these.

    Args:
        rows: text columns and `line`.
        file: its name, for the problems.
        key: a column that names a row; of two rows with one name the second is set aside too.
    """
    columns = list(rows.columns.drop("line"))
    first: dict[object, int] = {}
    kept, problems = [], []
    for *cells, line in rows[[*columns, "line"]].itertuples(index=False, name=None):
        name = cells[columns.index(key)] if key else None
        if (above := first.setdefault(tuple(cells), line)) != line:
            column, text, reason = "", ",".join(cells), f"the same row stands in line {above}"
        elif key and (above := first.setdefault(name, line)) != line:
            column, text, reason = key, str(name), f"the same {key} stands in line {above}"
        else:
            kept.append(True)
            continue
        kept.append(False)
        action = "set aside; delete one of the two, or mend what should tell them apart"
        problems.append(Problem(file, line, column, visible(text), reason, action))
    return rows[pd.Series(kept, rows.index, dtype=bool)].reset_index(drop=True), problems


def _frame(
    rows: list[list[str]], starts: list[int], header: Sequence[str], columns: Sequence[str]
) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=list(header), dtype="str")[list(columns)]
    return frame.assign(line=pd.Series(starts, dtype="int64"))


def _decode(data: bytes) -> str:
    """The text of the file, each line ended by "\\n". Raises _RowError at the first byte that is not text."""
    encodings = {codecs.BOM_UTF16_LE: "UTF-16-LE", codecs.BOM_UTF16_BE: "UTF-16-BE"}
    encoding = encodings.get(data[:2], "UTF-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        lines = _decode(data[: error.start]).split("\n")
        reason = f"not {encoding}, character {len(lines[-1]) + 1}: byte 0x{data[error.start]:02x}"
        remedy = 'save the file as UTF-8 (in a spreadsheet: "CSV UTF-8")'
        raise _RowError(reason, remedy, line=len(lines)) from None
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _header(
    line: str, columns: Sequence[str], grammar: _Grammar, is_open: bool
) -> tuple[list[str], list[_RowError]]:
    """The names in the header, and everything that keeps them from being the expected columns."""
    if not line.strip():
        return [], [_RowError("the sheet is empty", f"its first line holds {', '.join(columns)}")]
    try:
        names = _cells(line, [], grammar)
        _check_characters(line, names, [])
    except _RowError as error:
        return [], [error]
    for separator, called in DELIMITERS.items():
        if len(names) == 1 < len(columns) and separator in line:
            remedy = (
                f"name the sign in the layout (delimiter = {separator!r})"
                if is_open
                else "save the file as CSV with commas"
            )
            return names, [_RowError(f"cells separated by {called}s", remedy)]
    return names, _faults(names, columns, is_open)


def _faults(names: Sequence[str], columns: Sequence[str], is_open: bool) -> list[_RowError]:
    """Everything that keeps names from being the expected columns."""
    missing = [name for name in columns if name not in names]
    errors = []
    times = Counter(names)
    if is_open:
        times = Counter({name: times[name] for name in times if name in columns})
    unknown = [name for name in times if name.strip() and name not in columns]
    if len(unknown) > _FEW:
        reason = f"{len(unknown)} unknown columns, the first {unknown[0][:_NAME]!r}"
        return [_RowError(reason, f"its columns are {', '.join(columns)}")]
    for name in times:
        if not name.strip():
            errors.append(_RowError("columns without a name, as a spreadsheet adds", "delete the columns"))
        elif name not in columns:
            shown = name[:_NAME]
            remedy = _did_you_mean(shown, missing or columns)
            errors.append(_RowError(f"unknown column {shown!r}", remedy, shown))
        elif times[name] > 1:
            errors.append(_RowError(f"the column {name} stands here twice", "rename or delete one", name))
    for name in missing:
        remedy = _other_name(name, names) if is_open else "add it to header and rows"
        errors.append(_RowError(f"the column {name} is missing", remedy, name))
    return errors


def _other_name(name: str, names: Sequence[str]) -> str:
    """What to do about a column that a layout names and the header lacks."""
    shown = [known[:_NAME] for known in names if known.strip()]
    best = process.extractOne(name.strip(), shown, scorer=fuzz.ratio, score_cutoff=60)
    hint = f"did you mean {best[0]}? " if best else ""
    return f"{hint}mend the name in the layout or delete it there; the header has {', '.join(shown[:_FEW])}"


def _did_you_mean(name: str, known: Sequence[str]) -> str:
    """What to do about an unknown name."""
    best = process.extractOne(name.strip().casefold(), known, scorer=fuzz.ratio, score_cutoff=60)
    return f"delete it or choose from {', '.join(known)}" if best is None else f"did you mean {best[0]}?"


def _read_sound(
    lines: list[str],
    top: int,
    header: list[str],
    columns: Sequence[str],
    required: Sequence[str],
    grammar: _Grammar,
) -> pd.DataFrame | None:
    """The rows, at full speed, of a sheet with one line a row and nothing wrong; None for any other."""
    body = lines[top + 1 : -1 if lines[-1] == "" else None]
    if not body or max(map(len, body)) > LONGEST_CELL:
        return None
    written = pa.array(body, pa.large_string())
    if not all(
        pc.all(pc.match_substring_regex(written, pattern)).as_py()
        for pattern in (grammar.sound_line, grammar.line_with_text)
    ):
        return None
    places = [str(place) for place in range(len(header))]  # in an open sheet names may stand twice
    whole = io.BytesIO("\n".join([grammar.delimiter.join(places), *body]).encode())
    try:
        rows = pd.read_csv(whole, sep=grammar.delimiter, dtype="str", keep_default_na=False, engine="pyarrow")
    except pd.errors.ParserError:  # not every row has as many cells as the header
        return None
    found = rows.iloc[:, [header.index(name) for name in columns]].set_axis(list(columns), axis=1)
    if any((found[name].str.strip() == "").any() for name in required):
        return None
    if (rows["0"] == header[0]).any():  # the header again
        return None
    return found.assign(line=range(top + 2, top + 2 + len(rows)))


def _rows(
    lines: list[str], start: int, header: list[str], required: Sequence[str], grammar: _Grammar
) -> Iterator[tuple[int, int, list[str] | _RowError]]:
    """Each row from line `start` on as (its first line, the line after its last, its cells or its fault)."""
    while start < len(lines):
        end = start + 1
        if lines[start].strip():
            try:
                cells, end = _split(lines, start, header, grammar)
                _check_characters("\n".join(lines[start:end]), cells, header)
                _check_cells(cells, header, required, DELIMITERS[grammar.delimiter])
                yield start, end, cells
            except _RowError as error:
                yield start, end, error
        start = end


def _split(lines: list[str], start: int, header: list[str], grammar: _Grammar) -> tuple[list[str], int]:
    """The cells of the row that starts on a line, and the line after its last. Raises _RowError.

    Time stays linear: only a line with an odd number of quotes looks ahead, and only to the next such line.
    """
    try:
        return _cells(lines[start], header, grammar), start + 1
    except _OpenQuoteError as error:
        end = next((i + 1 for i in range(start + 1, len(lines)) if lines[i].count('"') % 2), None)
        if end is None:
            raise
        try:
            cells = _cells("\n".join(lines[start:end]), header, grammar)
        except _RowError:
            raise error from None
        if len(cells) != len(header) or _joins_rows(cells, grammar.delimiter):
            raise error from None
        return cells, end


def _joins_rows(cells: list[str], delimiter: str) -> bool:
    """Whether stray quotes made one row of several: a cell holds lines that are each as wide as the sheet."""
    borders = len(cells) - 1
    for before, cell in enumerate(cells):
        commas = [line.count(delimiter) for line in cell.split("\n")]
        commas[0] += before
        commas[-1] += borders - before
        if len(cells) >= _WIDE and len(commas) > 1 and sum(n >= borders for n in commas) > 1:
            return True
    return False


def _check_cells(cells: list[str], header: list[str], required: Sequence[str], sign: str) -> None:
    """Raise _RowError unless there is a cell for each column, and text where there must be some."""
    if not any(cell.strip() for cell in cells):
        raise _RowError("a row of empty cells, as a spreadsheet adds", "delete the line")
    if len(cells) != len(header):
        reason = f"{len(cells)} cells where the header has {len(header)}"
        if len(cells) < len(header):
            raise _RowError(reason, "add what is missing; a cell with a line break in it stands in quotes")
        if not any(cells[len(header) :]):
            reason += "; those too many are empty, as a spreadsheet adds them"
        raise _RowError(
            reason, f"put quotes around a cell that holds a {sign}, or delete the {sign}s too many"
        )
    if cells == header:
        raise _RowError("the header stands here again", "delete the line")
    for name, cell in zip(header, cells, strict=True):
        if len(cell) > LONGEST_CELL:
            reason = f"a cell of {len(cell):,} characters"
            raise _RowError(reason, f"copy the phrase alone; {LONGEST_CELL:,} are the most", name)
    for name in required:
        if not cells[header.index(name)].strip():
            raise _RowError(f"the cell under {name} is empty", "write it in", name)


def _cells(text: str, header: list[str], grammar: _Grammar) -> list[str]:
    """The cells of one row. Raises _RowError at a quote where none may stand.

    >>> _cells('a,"b ""c"", d",', [], _grammar(","))
    ['a', 'b "c", d', '']
    """
    cells: list[str] = []
    start = 0
    while match := grammar.cell.match(text, start):
        end = match.end()
        cells.append(match[0] if match[1] is None else match[1].replace('""', '"'))
        if end == len(text):
            break
        if text[end] != grammar.delimiter:
            column = header[len(cells) - 1] if len(cells) <= len(header) else ""
            remedy = "a cell with a quote in it stands in quotes, and the quote inside is doubled"
            if text[end] != '"':
                raise _RowError(
                    f"a stray quote, character {end}: text follows it in the cell", remedy, column
                )
            where = f"a stray quote, character {end + 1}"
            if end == start:
                raise _OpenQuoteError(f"{where}: the cell it opens is not closed", remedy, column)
            raise _RowError(f"{where}: the cell does not begin with a quote", remedy, column)
        start = end + 1
    return cells


def _check_characters(text: str, cells: list[str], header: list[str]) -> None:
    """Raise _RowError if the text holds a character that no one typed."""
    if (found := _CONTROL.search(text)) is None:
        return
    before = text[: found.start()].split("\n")
    place = next(i for i, cell in enumerate(cells) if _CONTROL.search(cell))
    kind = (
        "byte order mark inside the text"
        if found[0] == "\ufeff"
        else f"control character U+{ord(found[0]):04X}"
    )
    column = header[place] if place < len(header) else ""
    raise _RowError(f"{kind}, character {len(before[-1]) + 1}", "delete it", column, len(before) - 1)


def visible(text: str) -> str:
    """Return the text as a table can hold it: each control character as an escape, a long end cut off."""
    shown = _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text[:_SHOWN])
    return shown if len(text) <= _SHOWN else f"{shown}… ({len(text):,} characters)"
