"""What `doctor` prints, and how it ends."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from analysis.__main__ import app
from analysis.doctor import environment, record
from analysis.doctor.finding import Finding

SOUND = Finding("ok", "Python", "3.11.2, and >=3.11 is needed")
NOTE = Finding("note", "browser", "no chromium", "apt-get install chromium")
WARNING = Finding("warning", "other runs", "some\x1b[2J", "wait")
ERROR = Finding("error", "tables", "cannot be made", "python -m analysis check")


def run(monkeypatch: pytest.MonkeyPatch, around: list[Finding], inside: list[Finding]) -> Result:
    """Run the command with what its two parts find."""
    monkeypatch.setattr(environment, "look", lambda: around)
    monkeypatch.setattr(record, "look", lambda root, today: inside)
    return CliRunner().invoke(app, ["doctor"])


def test_findings_stand_in_columns_with_advice_below(monkeypatch: pytest.MonkeyPatch) -> None:
    result = run(monkeypatch, [SOUND, NOTE], [WARNING])
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "ok       Python      3.11.2, and >=3.11 is needed",
        "note     browser     no chromium",
        "                     -> apt-get install chromium",
        r"warning  other runs  some\x1b[2J",
        "                     -> wait",
        "3 things looked at: 0 errors, 1 warning, 1 note",
    ]


def test_an_error_ends_it_with_1(monkeypatch: pytest.MonkeyPatch) -> None:
    result = run(monkeypatch, [SOUND], [ERROR])
    assert result.exit_code == 1
    assert result.stdout.endswith("2 things looked at: 1 error, 0 warnings, 0 notes\n")


def test_without_a_sound_environment_nothing_else_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    result = run(monkeypatch, [ERROR], [WARNING])
    assert result.exit_code == 1
    assert "the rest was not looked at" in result.stderr
    assert "other runs" not in result.stdout


def test_a_missing_package_is_named_even_if_this_command_reads_it() -> None:
    hide = "import sys; sys.modules['packaging'] = sys.modules['packaging.requirements'] = None"
    start = "from analysis.__main__ import app; app(['doctor'])"
    result = subprocess.run([sys.executable, "-c", f"{hide}; {start}"], capture_output=True, text=True)
    assert result.returncode == 1
    assert re.search(r"The package packaging\S* is not installed: python -m pip install", result.stderr)
    assert "Traceback" not in result.stderr


@pytest.mark.slow
def test_nothing_of_the_project_is_an_error_or_out_of_date(tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "analysis", "doctor"], capture_output=True, text=True, cwd=tmp_path
    )
    assert result.returncode == 0, result.stdout + result.stderr
    found = {line[9:21].strip(): line.split()[0] for line in result.stdout.splitlines() if line[0] != " "}
    assert found["tables"] == found["notebooks"] == "ok", result.stdout
    assert {"Python", "packages", "versions", "fonts, en", "exports", "site", "record"} <= found.keys()
