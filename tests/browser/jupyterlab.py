"""A JupyterLab of its own, which leaves no trace of itself."""

import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

TOKEN = secrets.token_hex()
SECONDS = 120

SETTINGS = {
    # Every cell stays in the page, so that every picture can be looked at.
    "notebook-extension/tracker": {"windowingMode": "none"},
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}


@contextmanager
def serving(home: Path, folder: Path) -> Iterator[str]:
    """Serve a folder of notebooks; give the address.

    Args:
        home: where the server keeps what it needs: settings, data, signatures of trusted notebooks.
        folder: the notebooks.
    """
    for name, settings in SETTINGS.items():
        file = home / "config" / "lab" / "user-settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True)
        file.write_text(json.dumps(settings), encoding="utf-8")
    own = {f"JUPYTER_{name.upper()}_DIR": str(home / name) for name in ("config", "data", "runtime")}
    with (home / "log").open("w") as log:
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1"),
                *("--port=0", f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={folder}"),
            ],
            env={**os.environ, **own, "IPYTHONDIR": str(home / "ipython")},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        yield _address(server, home)
    finally:
        server.terminate()
        server.wait(SECONDS)


def _address(server: subprocess.Popen[bytes], home: Path) -> str:
    """Wait until the server has written where it listens."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until and server.poll() is None:
        for file in (home / "runtime").glob("jpserver-*.json"):
            if text := file.read_text(encoding="utf-8"):
                address: str = json.loads(text)["url"]
                return address
        time.sleep(0.2)
    pytest.fail(f"JupyterLab did not start: {(home / 'log').read_text(encoding='utf-8')}")
