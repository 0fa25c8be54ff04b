"""The script that sorts the long tables, taken from the package that ships it."""

from pathlib import Path

import pytest

from analysis.site import datatables


def test_the_library_is_a_plain_script() -> None:
    script = datatables.library()
    assert script.count("window.DataTable = ") == 1
    assert "export{" not in script
    assert "import{" not in script
    assert "DataTables 2." in script
    assert "SpryMedia" in script


def test_a_library_of_another_shape_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "dt_bundle.js").write_text("var a=1;export{a as DataTable};", encoding="utf-8")
    monkeypatch.setattr(datatables, "files", lambda package: tmp_path)
    with pytest.raises(ValueError, match="itables"):
        datatables.library()
