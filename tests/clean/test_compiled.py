"""Compiled rules choose what the same rules choose uncompiled."""

import numpy as np
import pandas as pd
import pytest

from analysis.build import RAW, Built
from analysis.clean import compiled, drafts, linking
from analysis.clean.drafts import Settled, settle
from analysis.clean.linking import link


def settled_as(many: int, built: Built, monkeypatch: pytest.MonkeyPatch) -> Settled:
    """The choices of the committed record, compiled if it has at least so many reports."""
    monkeypatch.setattr(drafts, "MANY", many)
    return settle(built.drafts.ledger, built.drafts.sources)


@pytest.mark.slow
def test_compiled_rules_choose_the_same(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = (settled_as(many, built, monkeypatch) for many in (0, 10**9))
    assert compiled.compiled.cache_info().currsize >= 1
    assert len(one.losses.event) > 200
    for name, column in one.losses._asdict().items():
        np.testing.assert_array_equal(column, getattr(other.losses, name), err_msg=name)
    for name, table in one.chosen._asdict().items():
        for field in table.dtype.names:
            told = getattr(other.chosen, name)[field]
            np.testing.assert_array_equal(table[field], told, err_msg=f"{name}.{field}")
    for name in ("behind", "holdings", "leads"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name), err_msg=name)


@pytest.mark.slow
def test_compiled_rules_link_the_same(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    judgements = pd.read_csv(RAW / "judgements.csv", dtype="str")
    found = []
    for many in (0, 10**9):
        monkeypatch.setattr(linking, "MANY", many)
        found.append(link(built.reports, judgements))
    assert found[0]["link_reason"].str.startswith("judged").any()
    pd.testing.assert_frame_equal(*found)


def test_machine_code_is_kept_for_one_state_of_the_rules(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A change in any of the modules is a new folder, else old code would go on being run."""
    folders = {compiled._folder()}
    for module in compiled._SOURCES:
        changed = tmp_path / f"{module.__name__}.py"
        changed.write_bytes(compiled.Path(str(module.__file__)).read_bytes() + b"\n")
        with monkeypatch.context() as patched:
            patched.setattr(module, "__file__", str(changed))
            folders.add(compiled._folder())
    assert len(folders) == len(compiled._SOURCES) + 1
    assert compiled._folder() in folders
