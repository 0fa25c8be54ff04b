"""The code has nothing that could run a text: no pickle, no eval, no shell, no network."""

import ast
import re
from collections.abc import Iterator

import pytest

from analysis.build import ROOT
from tests.repo.test_imports import modules, notebook_source

MODULES = {
    "pickle", "cPickle", "_pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib", "code", "codeop",
    "subprocess", "pty", "runpy", "socket", "socketserver", "ssl", "http", "ftplib", "smtplib", "telnetlib",
    "imaplib", "poplib", "xmlrpc", "webbrowser", "requests", "httpx", "aiohttp", "urllib3", "urllib.request",
    "asyncio.subprocess", "xml.sax", "xml.dom", "xml.etree",
}  # fmt: skip
CALLED = {"eval", "exec", "compile", "__import__", "breakpoint", "input"}
METHODS = {
    "eval", "read_pickle", "to_pickle", "read_html", "read_clipboard", "read_sql", "system", "popen",
    "unsafe_load", "full_load", "create_subprocess_shell", "create_subprocess_exec", "urlopen", "urlretrieve",
    "create_connection", "getaddrinfo",
    *(f"exec{way}" for way in ("l", "le", "lp", "lpe", "v", "ve", "vp", "vpe")),
    *(f"spawn{way}" for way in ("l", "le", "lp", "lpe", "v", "ve", "vp", "vpe")),
}  # fmt: skip
FIXED = {"query"}
"""Methods that run a text, and may run one that stands in the code."""
OF_MODULES = {("yaml", "load"), ("np", "load"), ("numpy", "load"), ("torch", "load"), ("os", "startfile")}
OWN = {"analysis/parts/tasks.py": ["imports pickle"]}
"""What tasks of one build give each other lies in a folder that nobody but its owner may enter; processes and
Dask hand functions over in the same way. No raw file is read so."""
SCRIPTS = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|fetch\(|XMLHttpRequest"
    r"|WebSocket|import\(|https?://"
)


def faults(source: str) -> Iterator[str]:
    """Every import and call in a source that could run a text or reach the network."""
    for module in modules(source, "analysis"):
        if any(module == banned or module.startswith(f"{banned}.") for banned in MODULES):
            yield f"imports {module}"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.keyword) and node.arg in ("shell", "allow_pickle"):
            yield f"passes {node.arg}"
        if isinstance(node, ast.Name) and node.id in CALLED:
            yield f"names {node.id}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            is_made = not all(isinstance(argument, ast.Constant) for argument in node.args)
            if node.func.attr in FIXED and is_made:
                yield f"makes the text that .{node.func.attr} runs"
        if isinstance(node, ast.Attribute):
            owner = node.value.id if isinstance(node.value, ast.Name) else ""
            if node.attr in METHODS or (owner, node.attr) in OF_MODULES:
                yield f"names .{node.attr}"


def sources() -> dict[str, str]:
    """Every module of the package, the configuration of the site, and the code of the notebooks."""
    code = [*(ROOT / "analysis").rglob("*.py"), ROOT / "site" / "conf.py"]
    read = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in code}
    notebooks = (ROOT / "notebooks").glob("*.ipynb")
    return read | {path.name: notebook_source(path) for path in notebooks}


def test_no_code_runs_a_text_or_reaches_the_network() -> None:
    code = sources()
    assert len(code) > 150
    found = {name: sorted(set(faults(source))) for name, source in sorted(code.items())}
    assert {name: wrong for name, wrong in found.items() if wrong} == OWN


def test_no_notebook_has_a_magic_or_a_shell_line() -> None:
    lines = [
        (path.name, line)
        for path in (ROOT / "notebooks").glob("*.ipynb")
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.match(r'\s*"[!%]', line)
    ]
    assert lines == []


def test_no_script_or_template_of_the_site_makes_html_of_text_or_loads_from_elsewhere() -> None:
    files = [
        path for folder in ("assets", "templates") for path in sorted((ROOT / "site" / folder).glob("*.*"))
    ]
    found = {path.name: SCRIPTS.findall(path.read_text(encoding="utf-8")) for path in files}
    assert len(found) > 5
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(
    "source",
    [
        "import pickle", "from pickle import loads", "def f():\n    import marshal", "import shelve, dill",
        "eval('1')", "exec(x)", "run = eval", "compile(x, '', 'exec')", "__import__('os')",
        "import os\nos.system('x')", "os.popen(x)", "os.execv(x, y)", "import subprocess",
        "from subprocess import run", "run(x, shell=True)", "pd.read_pickle(x)",
        "frame.query(f'a > {b}')", "frame.query(words)",
        "pd.eval(x)", "frame.eval(x)", "yaml.load(x)", "np.load(x, allow_pickle=True)",
        "import urllib.request", "from urllib import request", "import requests", "import http.client",
        "import socket", "from socket import create_connection",
    ],
)  # fmt: skip
def test_it_is_found(source: str) -> None:
    assert list(faults(source))


@pytest.mark.parametrize(
    "source",
    ["import re\nre.compile('a')", "frame.query('a > 1')", "from urllib.parse import urlsplit",
     "frame.to_csv(x)", "json.loads(x)", "from concurrent.futures import ProcessPoolExecutor",
     "from importlib import import_module"],
)  # fmt: skip
def test_what_is_harmless_is_not(source: str) -> None:
    assert not list(faults(source))
