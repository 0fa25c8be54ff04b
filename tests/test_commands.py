"""The command line on real, damaged and missing files."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from analysis import charts
from analysis.__main__ import app
from analysis.build import RATES, RAW, SHEETS, Built
from analysis.commands.terminal import visible

ROOT = Path(__file__).parents[1]
REPORTS = "funding_reports.csv"
COLUMNS = SHEETS[REPORTS][0]
SOUND = {
    "report_id": "new1", "company": "ShengShu", "status": "closed", "kind": "round", "publisher": "A paper",
    "seen_as": "page", "reliability": "medium", "url": "https://example.org/a", "language": "en",
    "published": "2026-11-01", "collected": "2026-11-02",
}  # fmt: skip


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, list(map(str, words)))


def python(*words: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    return subprocess.run(
        [sys.executable, *map(str, words)], capture_output=True, cwd=ROOT, env={**kept, **environment}
    )


def append(file: Path, *lines: str) -> int:
    """Append lines to a file; return the number of the first."""
    text = file.read_text(encoding="utf-8")
    file.write_text(text + "".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
    return text.count("\n") + 1


def row(**cells: str) -> str:
    return ",".join({**dict.fromkeys(COLUMNS, ""), **SOUND, **cells}[column] for column in COLUMNS)


def tables(folder: Path) -> dict[str, list[str]]:
    return {path.name: path.read_text(encoding="utf-8").splitlines() for path in folder.glob("*.csv")}


# --- damaged rows ----------------------------------------------------------------------------------


def test_lost_rows_are_named_and_nothing_else_changes(raw_copy: Path, tmp_path: Path, built: Built) -> None:
    first = append(
        raw_copy / REPORTS,
        row(url=""),
        row(report_id="new2", company="ShengShoo"),
        row(report_id=built.reports["report_id"].iloc[0]),
        row(report_id='ne"w4'),
        row(report_id="new5", note="\x1b[2Jgone"),
    )
    result = run("build", "--raw", raw_copy, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    for place in [
        f"{REPORTS}:{first}:url",
        f"{REPORTS}:{first + 1}:company  ShengShoo",
        f"{REPORTS}:{first + 2}:report_id",
        f"{REPORTS}:{first + 3}:report_id",
        f"{REPORTS}:{first + 4}:note",
    ]:
        assert place in result.stdout
    assert "did you mean ShengShu?" in result.stdout
    assert "\x1b" not in result.stdout
    lost = built.n_set_aside + 5
    assert f"{built.n_raw + 5} read, {len(built.reports)} accepted, {lost} set aside" in result.stdout
    now = tables(tmp_path / "out")
    before = {
        name: text.decode().splitlines() for name, text in built.files().items() if name.endswith(".csv")
    }
    assert set(before.pop("problems.csv")) < set(now.pop("problems.csv"))
    assert now == before


def test_cells_that_are_not_understood_are_named(raw_copy: Path, tmp_path: Path, built: Built) -> None:
    first = append(
        raw_copy / REPORTS,
        row(amount="abc", announced="2026-11-01"),
        row(report_id="new2", amount="$5 million", announced="2026-13-45"),
    )
    result = run("check", "--raw", raw_copy)
    assert result.exit_code == 0, result.output
    assert f"{REPORTS}:{first}:amount  abc\n" in result.stdout
    assert f"{REPORTS}:{first + 1}:announced  2026-13-45\n" in result.stdout
    run("build", "--raw", raw_copy, "--out", tmp_path / "out")
    now, before = tables(tmp_path / "out"), built.files()
    for name in ("reports.csv", "rounds.csv", "round_investors.csv", "conflicts.csv"):
        untouched = [line for line in before[name].decode().splitlines() if "shengshu" not in line]
        assert set(untouched) <= set(now[name]), name
    assert len(now["reports.csv"]) == len(built.reports) + 3


# --- fatal problems --------------------------------------------------------------------------------


def test_everything_fatal_is_listed_at_once_and_nothing_is_written(raw_copy: Path, tmp_path: Path) -> None:
    correction = append(raw_copy / "corrections.csv", "nobody,amount,1,2,a test")
    judgement = append(raw_copy / "judgements.csv", "nobody,nothing,same,a test")
    report = append(raw_copy / REPORTS, row(company="ShengShoo"))
    out = tmp_path / "out"
    places = [
        f"corrections.csv:{correction}:report_id  nobody",
        f"judgements.csv:{judgement}:report_id  nobody",
        f"judgements.csv:{judgement}:round  nothing",
    ]
    checked = run("check", "--raw", raw_copy)
    assert checked.exit_code == 1
    for place in [*places, f"{REPORTS}:{report}:company  ShengShoo"]:
        assert place in checked.stdout
    assert checked.stdout.startswith("FATAL: ")
    assert "3 fatal, 1 row set aside" in checked.stdout
    refused = run("build", "--raw", raw_copy, "--out", out)
    assert refused.exit_code == 1
    for place in places:
        assert place in refused.stderr
    assert "Nothing was written" in refused.stderr
    assert not out.exists()


@pytest.mark.parametrize(
    ("name", "line", "word"),
    [
        ("companies.csv", "acme,Acme,,CN,video,no-such-cohort", "not a known word"),
        ("investor_aliases.csv", "Alibaba,Somebody Else,none,fund,,", "ambiguous alias"),
        ("corrections.csv", "rbf07e55a,company,Agibot,Another,a test", "corrects the same cell"),
        ("judgements.csv", "rbf07e55a,r0077e225,same,a test", "name one of the same company"),
    ],
)
def test_no_damage_ends_in_a_traceback(raw_copy: Path, name: str, line: str, word: str) -> None:
    append(raw_copy / name, line)
    result = run("check", "--raw", raw_copy)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert word in result.stdout


def test_a_decision_waits_for_a_report_that_is_set_aside(raw_copy: Path, tmp_path: Path) -> None:
    text = (raw_copy / REPORTS).read_text(encoding="utf-8")
    corrected, judged = "rbf07e55a", "rf12b44cf"
    assert corrected in (raw_copy / "corrections.csv").read_text(encoding="utf-8")
    assert judged in (raw_copy / "judgements.csv").read_text(encoding="utf-8")
    text = text.replace(f"\n{corrected},", f'\n{corrected},a "stray" quote')
    text = re.sub(rf"\n{judged},(.*)https?://", rf"\n{judged},\1nowhere://", text)
    (raw_copy / REPORTS).write_text(text, encoding="utf-8", newline="\n")
    result = run("build", "--raw", raw_copy, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert " accepted, 2 set aside" in result.stdout
    problems = (tmp_path / "out" / "problems.csv").read_text(encoding="utf-8")
    assert f"report_id,{corrected},its report was set aside" in problems
    assert f"report_id,{judged},its report was set aside" in problems


def test_without_judgements_they_are_not_even_read(raw_copy: Path, tmp_path: Path, unjudged: Built) -> None:
    append(raw_copy / "judgements.csv", "nobody,nothing,same,a test")
    result = run("build", "--raw", raw_copy, "--out", tmp_path / "out", "--no-judgements")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "out" / "rounds.csv").read_bytes() == unjudged.files()["rounds.csv"]


@pytest.mark.parametrize("name", [REPORTS, "judgements.csv", "known_gaps.csv", RATES])
def test_a_missing_file_is_named(raw_copy: Path, name: str) -> None:
    (raw_copy / name).unlink()
    result = run("check", "--raw", raw_copy)
    assert result.exit_code == 1
    assert f"FATAL: the file cannot be read: No such file or directory\n  -> look for it in {raw_copy}\n" in (
        result.stdout
    )
    assert f"    {name}\n" in result.stdout


def test_a_folder_in_place_of_a_file_and_no_folder_at_all(raw_copy: Path, tmp_path: Path) -> None:
    (raw_copy / "companies.csv").unlink()
    (raw_copy / "companies.csv").mkdir()
    assert "companies.csv" in run("check", "--raw", raw_copy).stdout
    result = run("build", "--raw", tmp_path / "nowhere", "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert REPORTS in result.stderr


@pytest.mark.parametrize(
    "content", [b"", b"date,CNY_per_EUR\n2026-01-02,8\n", b"\xff\xfe\x00", b"date,USD\n1,x\n"]
)
def test_damaged_rates_say_how_to_make_them_anew(raw_copy: Path, content: bytes) -> None:
    (raw_copy / RATES).write_bytes(content)
    result = run("check", "--raw", raw_copy)
    assert result.exit_code == 1
    assert "python -m analysis refresh-rates" in result.stdout


# --- output folder ---------------------------------------------------------------------------------


def test_files_of_others_stay_in_the_output_folder(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    assert run("build", "--out", tmp_path).exit_code == 0
    assert (tmp_path / "thesis.txt").read_text() == "years of work"
    assert (tmp_path / "rounds.csv").exists()


def test_a_file_in_place_of_the_output_folder_stays(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    result = run("build", "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "is a file" in result.stderr
    assert (tmp_path / "out").read_text() == "a file"


def test_the_summary_counts_what_the_tables_hold(tmp_path: Path, built: Built) -> None:
    result = run("build", "--out", tmp_path / "out")
    rounds = built.tables["rounds"]
    assert (
        f"Reports: {built.n_raw} read, {len(built.reports)} accepted, {built.n_set_aside} set aside"
        in result.stdout
    )
    assert f"Rounds: {len(rounds)} (" in result.stdout
    assert f"Disputed: {rounds['disputed_fields'].notna().sum()} rounds" in result.stdout
    assert f"Conflicts: {len(built.tables['conflicts'])} values" in result.stdout
    assert f"Problems: {len(built.tables['problems'])} rows or cells" in result.stdout


# --- rates, version, help --------------------------------------------------------------------------


def test_the_committed_rates_are_what_the_command_writes(raw_copy: Path) -> None:
    (raw_copy / RATES).unlink()
    result = run("refresh-rates", "--raw", raw_copy)
    assert result.exit_code == 0, result.output
    assert (raw_copy / RATES).read_bytes() == (RAW / RATES).read_bytes()
    assert "written: " in result.stdout
    assert "was up to date: " in run("refresh-rates", "--raw", raw_copy).stdout
    assert sorted(path.name for path in raw_copy.iterdir()) == sorted(path.name for path in RAW.iterdir())


def test_a_new_currency_gets_its_rates(raw_copy: Path) -> None:
    append(raw_copy / REPORTS, row(amount="30 million Swiss francs (CHF 30 million)"))
    run("refresh-rates", "--raw", raw_copy)
    header = (raw_copy / RATES).read_text().splitlines()[0]
    assert "CHF_per_EUR" in header


COMMANDS = [
    "check", "build", "layout", "explain", "find", "notebooks", "charts", "export", "site", "refresh-rates",
    "doctor", "version",
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_every_help_has_an_example(command: str) -> None:
    text = run(command, "--help").stdout
    assert re.search(rf"Examples?:\n\s+python -m analysis {command}\b", text)


def test_no_command_shows_the_help_of_all() -> None:
    result = run()
    assert result.exit_code == 0
    assert re.findall(r"^  ([a-z-]+)  ", result.stdout.partition("Commands:")[2], re.MULTILINE) == COMMANDS
    assert "..." not in result.stdout.partition("Commands:")[2]


def test_the_help_loads_nothing_heavy() -> None:
    result = python("-X", "importtime", "-m", "analysis", "--help")
    assert result.returncode == 0
    loaded = {
        line.rpartition("|")[2].strip().partition(".")[0] for line in result.stderr.decode().splitlines()
    }
    assert "typer" in loaded
    assert not loaded & {"pandas", "numpy", "rich", "matplotlib", "nbclient", "rapidfuzz", "babel"}


def test_the_version_is_that_of_the_package() -> None:
    from analysis import __version__

    assert run("version").stdout == f"{__version__}\n"


def test_an_unknown_notebook_is_named() -> None:
    result = run("notebooks", "99_nothing")
    assert result.exit_code == 1
    assert "There is no notebook '99_nothing'" in result.stderr


# --- terminals -------------------------------------------------------------------------------------


def test_output_is_utf8_whatever_the_code_page() -> None:
    result = python("-m", "analysis", "find", "生数科技", PYTHONIOENCODING="cp1252", PYTHONUTF8="0")
    assert result.returncode == 0, result.stderr
    assert "shengshu-2026-04" in result.stdout.decode("utf-8")
    wrong = python("-m", "analysis", "find", "生数科技生数", PYTHONIOENCODING="cp1252", PYTHONUTF8="0")
    assert "生数科技生数" in wrong.stderr.decode("utf-8")


def test_a_pipe_gets_no_colour_and_whole_lines() -> None:
    result = python("-m", "analysis", "explain", "shengshu-2026-04", COLUMNS="40")
    assert b"\x1b" not in result.stdout
    assert max(map(len, result.stdout.decode().splitlines())) > 100


def test_no_color_is_honoured() -> None:
    loud = python("-m", "analysis", "explain", "nothing-like-it", FORCE_COLOR="1")
    quiet = python("-m", "analysis", "explain", "nothing-like-it", FORCE_COLOR="1", NO_COLOR="1")
    assert re.search(rb"\x1b\[[\d;]*31m", loud.stderr)
    assert not re.search(rb"\x1b\[[\d;]*3\dm", quiet.stderr)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]0;title\x07", r"\x1b]0;title\x07"),
        ("a\tb\r\nc", r"a\tb\r\nc"),
        ("\x9b31m", r"\x9b31m"),
        ("\u202egpj.exe", r"\u202egpj.exe"),
        ("\udcff", r"\udcff"),
        ("生数科技 Über é 🙂", "生数科技 Über é 🙂"),
    ],
)
def test_signs_that_steer_a_terminal_are_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_charts_are_listed_with_notebook_and_title(monkeypatch: pytest.MonkeyPatch) -> None:
    few = dict(list(charts.CHARTS.items())[:3])
    monkeypatch.setattr(charts, "CHARTS", few | {"alibaba_rounds": charts.CHARTS["alibaba_rounds"]})
    result = run("charts")
    assert result.exit_code == 0
    assert re.search(r"alibaba_rounds +02_alibaba_portfolio +Alibaba led", result.output)
    assert len(result.output.splitlines()) == len(charts.CHARTS)


def test_a_chart_is_exported_with_what_belongs_to_it(tmp_path: Path) -> None:
    result = run("export", "alibaba_part", "--format", "svg, csv", "--theme", "dark", "--out", tmp_path)
    assert result.exit_code == 0
    ends = [".csv", ".txt", "_dark.svg", "_sources.csv"]
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"alibaba_part{end}" for end in ends]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "Name a chart, or use --all"),
        (["alibaba_part", "rounds"], "There is no chart 'rounds'. There are: "),
        (["alibaba_part", "--format", "jpg"], "There is no format 'jpg'"),
        (["alibaba_part", "--theme", "neon"], "There is no theme 'neon'"),
        (["alibaba_part", "--size", "poster"], "There is no size 'poster'"),
        (["alibaba_part", "--lang", "tlh"], "There is no language 'tlh'"),
    ],
)
def test_an_export_that_cannot_be_writes_nothing(words: list[str], told: str, tmp_path: Path) -> None:
    result = run("export", *words, "--out", tmp_path / "out")
    assert result.exit_code != 0
    assert told in " ".join(result.output.split())
    assert not (tmp_path / "out").exists()
