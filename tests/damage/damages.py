"""Ways in which a raw file gets damaged, each a named function that says what it did to which row.

A file is held as lines of text until the end, so that every damage knows the rows it struck; `File.content`
then encodes it. What a damage allows is part of it: see `File`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from tests.damage.base import REPORTS, Row, Sheet, written


@dataclass
class Line:
    """A row on its way to the disk.

    Attributes:
        text: as it will stand there; it may hold line breaks.
        cells: its cells, as far as they are still sound.
        origin: the row of the base that it comes from, None for an added one.
        struck: the columns that were damaged; "" is the whole row.
        named: a problem has to name this row, a changed value will not do.
        again: the same row stands further up.
    replaced: a cell says something else now, however strange.
    """

    text: str
    cells: Row = ()
    origin: int | None = None
    struck: set[str] = field(default_factory=set)
    named: bool = False
    again: bool = False
    replaced: bool = False


@dataclass
class File:
    """A raw file under damage.

    Attributes:
        lines: the rows below the header.
        lost: rows of the base that are not in the file any more.
        whole: names of damages that may make the file as a whole unreadable.
        is_cut: the last line has no end.
        tail: bytes behind the last line.
    """

    header: Row
    head: str
    lines: list[Line]
    rows: tuple[Row, ...]
    line_ends: tuple[str, ...] = ("\n",)
    encodings: tuple[str, ...] = ("utf-8",)
    mark: bytes = b""
    is_cut: bool = False
    tail: bytes = b""
    lost: set[int] = field(default_factory=set)
    whole: set[str] = field(default_factory=set)

    def content(self) -> bytes:
        """The bytes of the file."""
        out = [self.mark]
        for number, text in enumerate([self.head, *(line.text for line in self.lines)]):
            end = self.line_ends[number % len(self.line_ends)]
            codec = self.encodings[number % len(self.encodings)]
            out.append((text + end).encode(codec, "replace"))
        if self.is_cut and len(out) > 1:
            end = self.line_ends[len(self.lines) % len(self.line_ends)].encode(codec, "replace")
            out[-1] = out[-1].removesuffix(end)
        return b"".join(out) + self.tail

    def starts(self) -> list[int]:
        """The physical line on which each row starts, counted from 1."""
        apart = 2 if self.line_ends == ("\n\n",) else 1
        at, found = 1 + apart, []
        for line in self.lines:
            found.append(at)
            at += apart + len(physical(line.text)) - 1
        return found


def physical(text: str) -> list[str]:
    """The lines of a text as an editor counts them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


class Stroke(NamedTuple):
    """One damage: the file and the kind by name, and numbers that choose the row, the column and the rest."""

    file: str
    kind: str
    row: int = 0
    column: int = 0
    salt: int = 0


def fresh(sheet: Sheet) -> File:
    """The undamaged file."""
    lines = [Line(written(cells), cells, origin) for origin, cells in enumerate(sheet.rows)]
    return File(sheet.header, written(sheet.header), lines, sheet.rows)


# --- cells ----------------------------------------------------------------------------------------

_WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})
_WIDE_DIGITS = str.maketrans({str(n): chr(0xFF10 + n) for n in range(10)})
_CYRILLIC = str.maketrans("AaBCcEeHIiKMOoPpTXxyS", "АаВСсЕеНІіКМОоРрТХхуЅ")
_GREEK = str.maketrans("ABEHIKMNOoPTXvu", "ΑΒΕΗΙΚΜΝΟοΡΤΧνυ")


def _inside(sign: str) -> Callable[[str, int], str]:
    return lambda cell, salt: cell[: (at := salt % (len(cell) + 1))] + sign + cell[at:]


# Noise leaves the cell the same to the eye: the same value, or a problem.
NOISE: dict[str, Callable[[str, int], str]] = {
    "full-width digits": lambda cell, _: cell.translate(_WIDE_DIGITS),
    "full-width letters": lambda cell, _: cell.translate(_WIDE),
    "Cyrillic look-alikes": lambda cell, salt: _one(cell, _CYRILLIC, salt),
    "Greek look-alikes": lambda cell, salt: _one(cell, _GREEK, salt),
    "all Cyrillic look-alikes": lambda cell, _: cell.translate(_CYRILLIC),
    "right-to-left mark": _inside("\u200f"),
    "right-to-left override": _inside("\u202e"),
    "zero-width space": _inside("\u200b"),
    "zero-width joiner": _inside("\u200d"),
    "soft hyphen": _inside("\u00ad"),
    "word joiner": _inside("\u2060"),
    "byte order mark inside": _inside("\ufeff"),
    "NUL": _inside("\x00"),
    "bell": _inside("\x07"),
    "escape": _inside("\x1b[2J"),
    "vertical tab": _inside("\x0b"),
    "next line": _inside("\x85"),
    "delete": _inside("\x7f"),
    "line separator": _inside("\u2028"),
    "paragraph separator": _inside("\u2029"),
    "newline": _inside("\n"),
    "carriage return": _inside("\r"),
    "no-break space": _inside("\u00a0"),
    "replacement character": _inside("\ufffd"),
    "blanks around": lambda cell, _: f"  {cell}\t",
    "doubled quote": _inside('"'),
    "combining mark": _inside("\u0301"),
}


def _one(cell: str, table: dict[int, str], salt: int) -> str:
    """Swap one letter that the table knows."""
    places = [at for at, sign in enumerate(cell) if ord(sign) in table]
    if not places:
        return cell
    at = places[salt % len(places)]
    return cell[:at] + chr(table[ord(cell[at])]) + cell[at + 1 :]


# What no sum, number or day can be; a problem has to name the cell.
NUMBERS = (
    "1e999", "-5", "$-5 million", "1" + "0" * 30, f"$1{'0' * 30}", "$1e999 million", "NaN", "inf", "-inf",
    "0", "0x10",    "$99999999 billion", "1,2,3", "²", "1" * 5000,
)  # fmt: skip
DATES = (
    "0015-03-04", "1201-03-04", "3026-03-04", "2025-02-29", "2025-02-30", "29 February 2025", "2025年2月29日",
    "March 4, 0015", "March 4, 3026", "2025-13-01", "2025-00-10", "99999", "20250229", "1e9", "-2025-03-04",
    "2025-03-04" * 500,
)  # fmt: skip
LATE = ("2026-12-30", "2027-03-04", "2099-01-01", "December 2026")  # days after every page was collected
NUMERIC = {
    "funding_reports.csv": ("amount", "valuation"),
    "leaderboard_scores.csv": ("rank", "score", "votes"),
    "ecb_reference_rates.csv": ("USD_per_EUR", "CNY_per_EUR"),
}
DATED = {
    "funding_reports.csv": ("announced", "published", "collected"),
    "product_events.csv": ("date",),
    "usage_metrics.csv": ("period", "published"),
    "leaderboard_scores.csv": ("snapshot_date", "published"),
    "model_capabilities.csv": ("as_of",),
    "ecb_reference_rates.csv": ("date",),
}
PUBLISHED = {
    "funding_reports.csv": ("published",),
    "usage_metrics.csv": ("published",),
    "leaderboard_scores.csv": ("snapshot_date", "published"),
}


def _target(file: File, stroke: Stroke) -> Line | None:
    sound = [line for line in file.lines if line.cells and not line.struck]
    return sound[stroke.row % len(sound)] if sound else None


def _write(file: File, line: Line, column: str, text: str) -> None:
    place = file.header.index(column)
    if line.cells[place] == text:
        return
    line.cells = (*line.cells[:place], text, *line.cells[place + 1 :])
    line.text = written(line.cells)
    line.struck.add(column)


def _noise(file: File, stroke: Stroke) -> None:
    if line := _target(file, stroke):
        column = file.header[stroke.column % len(file.header)]
        cell = line.cells[file.header.index(column)]
        if cell:
            _write(file, line, column, NOISE[stroke.kind](cell, stroke.salt))


def _absurd(columns: dict[str, tuple[str, ...]], texts: tuple[str, ...]) -> Callable[[File, Stroke], None]:
    def strike(file: File, stroke: Stroke) -> None:
        choice = columns.get(stroke.file, ())
        if choice and (line := _target(file, stroke)):
            column = choice[stroke.column % len(choice)]
            text = texts[stroke.salt % len(texts)]
            if text == "NaN" and stroke.file == REPORTS:
                text = "inf"  # there it is one of the words for a sum that was not disclosed
            _write(file, line, column, text)
            line.named = True

    return strike


def _huge(file: File, stroke: Stroke) -> None:
    if line := _target(file, stroke):
        column = file.header[stroke.column % len(file.header)]
        sign = ("x", "1 ", "9,", "(", "2024-", "亿", '"', "\n")[stroke.salt % 8]
        _write(file, line, column, sign * (10_000_000 // len(sign)))
        line.named = True


def _long(file: File, stroke: Stroke) -> None:
    """A long cell of signs that lead a pattern astray. In a sheet of names it would only be a long name."""
    column = file.header[stroke.column % len(file.header)]
    if "alias" not in file.header and (line := _target(file, stroke)):
        sign = ("x", "1 ", "9,", "(", "2024-", "亿", "million ", "; ")[stroke.salt % 8]
        _write(file, line, column, sign * (5_000 // len(sign)))
        line.replaced = True


# --- rows -----------------------------------------------------------------------------------------


def _row(change: Callable[[Row, Stroke], str], named: bool = True) -> Callable[[File, Stroke], None]:
    def strike(file: File, stroke: Stroke) -> None:
        if line := _target(file, stroke):
            before, line.text = line.text, change(line.cells, stroke)
            line.cells = ()
            if line.text != before:
                line.struck.add("")
                line.named = named

    return strike


def _extra_cell(cells: Row, stroke: Stroke) -> str:
    at = stroke.column % (len(cells) + 1)
    return written((*cells[:at], ("", "x")[stroke.salt % 2], *cells[at:]))


def _missing_cell(cells: Row, stroke: Stroke) -> str:
    at = stroke.column % len(cells)
    return written(cells[:at] + cells[at + 1 :])


def _shifted_left(cells: Row, stroke: Stroke) -> str:
    return written((*cells[1:], ""))


def _shifted_right(cells: Row, stroke: Stroke) -> str:
    return written(("", *cells[:-1]))


def _unclosed(cells: Row, stroke: Stroke) -> str:
    at = stroke.column % len(cells)
    bare = [cell.replace('"', "").replace(",", " ") for cell in cells]
    return ",".join([*bare[:at], f'"{bare[at]}', *bare[at + 1 :]])


def _stray(cells: Row, stroke: Stroke) -> str:
    at = stroke.column % len(cells)
    bare = [cell.replace('"', "").replace(",", " ") for cell in cells]
    return ",".join([*bare[:at], f'{bare[at]}"x', *bare[at + 1 :]])


def _cut_short(cells: Row, stroke: Stroke) -> str:
    text = written(cells)
    return text[: 1 + stroke.salt % max(1, text.rfind(",") - 1)]


def _bare_commas(cells: Row, stroke: Stroke) -> str:
    return ",".join(cells)


def _broken(cells: Row, stroke: Stroke) -> str:
    """A line break outside quotes."""
    text = written(cells)
    at = stroke.salt % (len(text) + 1)
    return text[:at] + ("\n", "\r", "\r\n", "\n\n")[stroke.column % 4] + text[at:]


def _no_cells(cells: Row, stroke: Stroke) -> str:
    return "," * (len(cells) - 1)


def _garbage(cells: Row, stroke: Stroke) -> str:
    return ("=cmd|' /C calc'!A0", "<<<<<<< HEAD", "%PDF-1.7", "\x00" * 40, "PK\x03\x04", '"' * 7)[
        stroke.salt % 6
    ]


def _semicolons(cells: Row, stroke: Stroke) -> str:
    return written(cells).replace(",", ";")


def _repeated(file: File, stroke: Stroke) -> None:
    if line := _target(file, stroke):
        line.cells = ()  # it stays as it is
        file.lines.append(Line(line.text, (), line.origin, {""}, named=True, again=True))


def _header_again(file: File, stroke: Stroke) -> None:
    at = stroke.row % (len(file.lines) + 1)
    file.lines.insert(at, Line(file.head, (), None, {""}, named=True))


def _blank_line(file: File, stroke: Stroke) -> None:
    at = stroke.row % (len(file.lines) + 1)
    file.lines.insert(at, Line(("", "   ", "\t")[stroke.salt % 3]))


_KEYED = ("funding_reports.csv", "companies.csv", "article_claims.csv", "segment_readings.csv")


def _taken_id(file: File, stroke: Stroke) -> None:
    """Give a row the key of another one."""
    if stroke.file not in _KEYED:
        return
    line, other = _target(file, stroke), _target(file, stroke._replace(row=stroke.row + 1 + stroke.salt))
    if line and other and line is not other and line.cells[0] != other.cells[0]:
        later = max(line, other, key=lambda one: file.lines.index(one))
        earlier = line if later is other else other
        _write(file, later, file.header[0], earlier.cells[0])
        later.named = True
        earlier.cells = ()  # it stays as it is


def _swapped(file: File, stroke: Stroke) -> None:
    """Swap two lines; a table does not depend on their order."""
    if file.lines:
        a, b = stroke.row % len(file.lines), stroke.salt % len(file.lines)
        if not file.lines[a].again and not file.lines[b].again:
            file.lines[a], file.lines[b] = file.lines[b], file.lines[a]


# --- headers and columns --------------------------------------------------------------------------


def _header(change: Callable[[list[str], Stroke], list[str]]) -> Callable[[File, Stroke], None]:
    def strike(file: File, stroke: Stroke) -> None:
        file.head = written(tuple(change(list(file.header), stroke)))
        file.whole.add(stroke.kind)

    return strike


def _misspelt(names: list[str], stroke: Stroke) -> list[str]:
    at = stroke.column % len(names)
    name = names[at]
    choice = (name[:-1], f"{name}s", name.upper(), f" {name}", name.replace("_", " "), f"{name}\u200b",
              name.translate(_CYRILLIC), name.translate(_WIDE), "")  # fmt: skip
    names[at] = choice[stroke.salt % len(choice)]
    return names


def _duplicate_name(names: list[str], stroke: Stroke) -> list[str]:
    at, other = stroke.column % len(names), stroke.salt % len(names)
    names[at] = names[other]
    return names


def _lost_name(names: list[str], stroke: Stroke) -> list[str]:
    del names[stroke.column % len(names)]
    return names or [""]


def _columns(change: Callable[[Row, Row, Stroke], Row]) -> Callable[[File, Stroke], None]:
    """Change header and rows alike."""

    def strike(file: File, stroke: Stroke) -> None:
        if any(line.struck for line in file.lines):
            return
        file.head = written(change(file.header, file.header, stroke))
        for line in file.lines:
            if line.cells:
                line.text, line.cells = written(change(line.cells, file.header, stroke)), ()
        file.whole.add(stroke.kind)

    return strike


def _turned(cells: Row, header: Row, stroke: Stroke) -> Row:
    by = stroke.salt % len(cells)
    return (*cells[by:], *cells[:by])


def _more(cells: Row, header: Row, stroke: Stroke) -> Row:
    at = stroke.column % (len(header) + 1)
    added = ("", "remarks", header[0])[stroke.salt % 3] if cells is header else "x"
    return (*cells[:at], added, *cells[at:])


def _fewer(cells: Row, header: Row, stroke: Stroke) -> Row:
    at = stroke.column % len(header)
    return cells[:at] + cells[at + 1 :]


def _million_columns(file: File, stroke: Stroke) -> None:
    count = 1_000_000
    if stroke.salt % 2 and (line := _target(file, stroke)):
        line.text, line.cells, line.named = line.text + "," * count, (), True
        line.struck.add("")
    else:
        file.head += "".join(f",c{n}" for n in range(count))
        file.whole.add(stroke.kind)


def _header_lost(file: File, stroke: Stroke) -> None:
    if file.lines:
        first = file.lines.pop(0)
        file.head = first.text
        file.lost.add(-1 if first.origin is None else first.origin)
        file.whole.add(stroke.kind)


def _only_header(file: File, stroke: Stroke) -> None:
    file.lost |= {line.origin for line in file.lines if line.origin is not None}
    file.lines = []


def _nothing(file: File, stroke: Stroke) -> None:
    _only_header(file, stroke)
    file.head, file.line_ends = ("", " ", "\n\n")[stroke.salt % 3], ("",)
    file.whole.add(stroke.kind)


def _binary(file: File, stroke: Stroke) -> None:
    """What other programs write under the same name."""
    _only_header(file, stroke)
    file.head, file.line_ends = "", ("",)
    start = (
        b"PK\x03\x04\x14\x00",
        b"\x89PNG\r\n\x1a\n",
        b"\x1f\x8b\x08\x00",
        b"%PDF-1.7\n",
        b"SQLite format 3\x00",
    )
    file.tail = start[stroke.salt % len(start)] + bytes(range(256)) * 4
    file.whole.add(stroke.kind)


def _delimiter(sign: str) -> Callable[[File, Stroke], None]:
    def strike(file: File, stroke: Stroke) -> None:
        file.head = file.head.replace(",", sign)
        for line in file.lines:
            line.text, line.cells = line.text.replace(",", sign), ()
            line.struck.add("")
        file.whole.add(stroke.kind)

    return strike


# --- bytes ----------------------------------------------------------------------------------------


def _encoded(*encodings: str, mark: bytes = b"", safe: bool = False) -> Callable[[File, Stroke], None]:
    def strike(file: File, stroke: Stroke) -> None:
        file.encodings, file.mark = encodings, mark
        if not safe:
            file.whole.add(stroke.kind)
            for place, line in enumerate(file.lines, 1):
                codec = encodings[place % len(encodings)]
                if line.text.encode(codec, "replace") != line.text.encode():
                    line.struck.add("")

    return strike


def _references(file: File, stroke: Stroke) -> None:
    """Each sign beyond ASCII as HTML writes it."""
    for line in file.lines:
        text = line.text.encode("ascii", "xmlcharrefreplace").decode()
        if text != line.text:
            line.text, line.cells = text, ()
            line.struck.add("")


def _mojibake(file: File, stroke: Stroke) -> None:
    """UTF-8 that was read as cp1252 and saved again."""
    for line in file.lines:
        text = line.text.encode().decode("cp1252", "replace")
        if text != line.text:
            line.text, line.cells = text, ()
            line.struck.add("")


def _line_ends(*ends: str, safe: bool = True) -> Callable[[File, Stroke], None]:
    def strike(file: File, stroke: Stroke) -> None:
        file.line_ends = ends
        if not safe:
            file.whole.add(stroke.kind)

    return strike


def _truncated(file: File, stroke: Stroke) -> None:
    """Cut the file off inside a row."""
    if not file.lines:
        return
    at = stroke.row % len(file.lines)
    line = file.lines[at]
    file.lost |= {gone.origin for gone in file.lines[at + 1 :] if gone.origin is not None}
    del file.lines[at + 1 :]
    line.text, line.cells = line.text[: 1 + stroke.salt % max(1, len(line.text) - 1)], ()
    line.struck.add("")
    file.is_cut = True


def _truncated_in_a_character(file: File, stroke: Stroke) -> None:
    _truncated(file, stroke)
    file.tail = "爱".encode()[: 1 + stroke.salt % 2]
    file.whole.add(stroke.kind)


def _broken_byte(file: File, stroke: Stroke) -> None:
    file.tail = (b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf5\x80\x80\x80")[stroke.salt % 4]
    file.whole.add(stroke.kind)


ROWS: dict[str, Callable[[File, Stroke], None]] = {
    **dict.fromkeys(NOISE, _noise),
    "absurd number": _absurd(NUMERIC, NUMBERS),
    "impossible date": _absurd(DATED, DATES),
    "future date": _absurd(PUBLISHED, LATE),
    "long cell": _long,
    "extra cell": _row(_extra_cell),
    "missing cell": _row(_missing_cell),
    "shifted left": _row(_shifted_left),
    "shifted right": _row(_shifted_right),
    "unclosed quote": _row(_unclosed),
    "stray quote": _row(_stray),
    "row cut short": _row(_cut_short, named=False),  # it may end in its last cell
    "no quotes": _row(_bare_commas, named=False),
    "line break in a row": _row(_broken, named=False),
    "row of commas": _row(_no_cells),
    "garbage line": _row(_garbage),
    "semicolons in a row": _row(_semicolons),
    "repeated row": _repeated,
    "header again": _header_again,
    "blank line": _blank_line,
    "taken id": _taken_id,
    "swapped lines": _swapped,
}
WHOLE: dict[str, Callable[[File, Stroke], None]] = {
    "misspelt header": _header(_misspelt),
    "duplicate header": _header(_duplicate_name),
    "header with a name less": _header(_lost_name),
    "header lost": _header_lost,
    "reordered columns": _columns(_turned),
    "extra column": _columns(_more),
    "missing column": _columns(_fewer),
    "semicolons": _delimiter(";"),
    "tabs": _delimiter("\t"),
    "bars": _delimiter("|"),
    "only a header": _only_header,
    "empty file": _nothing,
    "binary file": _binary,
    "UTF-8 with a mark": _encoded("utf-8", mark=b"\xef\xbb\xbf", safe=True),
    "UTF-8 with two marks": _encoded("utf-8", mark=b"\xef\xbb\xbf" * 2),
    "UTF-16 LE with a mark": _encoded("utf-16-le", mark=b"\xff\xfe", safe=True),
    "UTF-16 BE with a mark": _encoded("utf-16-be", mark=b"\xfe\xff", safe=True),
    "UTF-16 LE": _encoded("utf-16-le"),
    "UTF-16 BE": _encoded("utf-16-be"),
    "UTF-32": _encoded("utf-32-le", mark=b"\xff\xfe\x00\x00"),
    "GB18030": _encoded("gb18030"),
    "Big5": _encoded("big5"),
    "Shift JIS": _encoded("shift_jis"),
    "cp1252": _encoded("cp1252"),
    "EBCDIC": _encoded("cp500"),
    "UTF-8 and GB18030": _encoded("utf-8", "gb18030"),
    "UTF-8 and cp1252": _encoded("utf-8", "cp1252", "utf-8"),
    "mojibake": _mojibake,
    "character references": _references,
    "CR": _line_ends("\r"),
    "CRLF": _line_ends("\r\n"),
    "mixed line ends": _line_ends("\r\n", "\n", "\r"),
    "blank lines between": _line_ends("\n\n"),
    "line separators": _line_ends("\u2028", safe=False),
    "no line ends": _line_ends(" ", safe=False),
    "truncated": _truncated,
    "truncated in a character": _truncated_in_a_character,
    "broken byte": _broken_byte,
}
HUGE: dict[str, Callable[[File, Stroke], None]] = {
    "10-MB cell": _huge,
    "a million columns": _million_columns,
}
KINDS = {**ROWS, **WHOLE, **HUGE}
