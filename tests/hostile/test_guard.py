"""The guard and the network namespace refuse what they should: the hostile project's runs prove something."""

import sys
from pathlib import Path

import pytest

from tests.hostile import project

ATTEMPTS = {
    "connect": "import socket; socket.create_connection(('192.0.2.1', 80), timeout=2)",
    "look up": "import socket; socket.getaddrinfo('hostile.invalid', 80)",
    "listen": "import socket; socket.create_server(('0.0.0.0', 0))",
    "send": "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))",
    "fetch": "from urllib.request import urlopen; urlopen('http://192.0.2.1/')",
    "shell": "import os; os.system('true')",
    "subprocess": "import subprocess; subprocess.run('true', shell=True)",
    "unpickle": "import pickle; pickle.loads(b'cposix\\nsystem\\n(S\"true\"\\ntR.')",
    "write": "open('/var/tmp/hostile', 'w')",
    "worker": "from concurrent.futures import ProcessPoolExecutor as P, wait\n"
    "import os\n"
    "with P(1) as p: p.submit(os.system, 'true').result()",
}
ALLOWED = {
    "loopback": "import socket; s = socket.create_server(('127.0.0.1', 0))\n"
    "socket.create_connection(s.getsockname())",
    "write": "open('x', 'w').write('x')",
    "python": "import subprocess, sys; subprocess.run([sys.executable, '-c', ''], check=True)",
    "pickle": "import pickle, datetime; pickle.loads(pickle.dumps(datetime.date(2026, 1, 1)))",
}


@pytest.fixture
def base(tmp_path: Path) -> Path:
    (tmp_path / "project").mkdir()
    return tmp_path


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_it_is_refused_and_told(base: Path, attempt: str) -> None:
    done = project.run(base, [sys.executable, "-c", ATTEMPTS[attempt]])
    assert done.returncode != 0
    assert len(project.stopped(base)) == 1


def test_what_swallows_the_error_is_told_all_the_same(base: Path) -> None:
    code = f"try: {ATTEMPTS['shell']}\nexcept OSError: pass"
    assert project.run(base, [sys.executable, "-c", code.replace("; ", "\n  ").replace("try: ", "try:\n  ")])
    assert len(project.stopped(base)) == 1


@pytest.mark.parametrize("deed", ALLOWED)
def test_what_the_project_does_is_not(base: Path, deed: str) -> None:
    done = project.run(base, [sys.executable, "-c", ALLOWED[deed]])
    assert (done.returncode, done.stderr, project.stopped(base)) == (0, "", [])


@pytest.mark.skipif(not project.has_namespaces(), reason="no network namespaces for everybody on this system")
def test_without_the_guard_the_namespace_alone_has_no_way_out(base: Path) -> None:
    done = project.run(base, [sys.executable, "-I", "-c", ATTEMPTS["connect"]])
    assert "Network is unreachable" in done.stderr
    assert project.stopped(base) == []
