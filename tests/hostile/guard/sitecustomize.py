"""Refuses what this project never does, in every Python that finds this file first: kernels and workers too.

No address but this machine's own, no shell, no pickle that looks up what runs commands, no file written
outside the folders in GUARD_WRITES. What is refused is written to GUARD_LOG: what swallows the error does
not hide it.
"""

import os
import sys
from ipaddress import ip_address
from pathlib import Path

LOG = os.environ["GUARD_LOG"]
WRITES = tuple(os.environ["GUARD_WRITES"].split(os.pathsep))
SHELLS = {"sh", "bash", "dash", "zsh", "cmd", "cmd.exe", "powershell", "powershell.exe"}
# What can be run from a pickle to harm; everything else that is looked up is a class of data.
DANGEROUS = {"os", "posix", "nt", "subprocess", "pty", "webbrowser", "shutil", "socket", "runpy", "code"}
EVALUATED = {"eval", "exec", "compile", "__import__", "open", "getattr", "breakpoint", "input"}


def is_own(host: object) -> bool:
    """Whether a host is this machine: only numbers and "localhost" are, names are looked up elsewhere."""
    if host in (None, "", b"", "localhost", b"localhost"):
        return host not in ("", b"")
    try:
        return ip_address(host.decode() if isinstance(host, bytes) else str(host)).is_loopback
    except ValueError:
        return False


def is_within(path: object) -> bool:
    """Whether a file may be written."""
    if isinstance(path, int):
        return True  # a file that is open already
    whole = os.path.realpath(os.fsdecode(path))  # type: ignore[arg-type]
    return whole in (os.devnull, LOG) or whole.startswith(WRITES)


def fault(event: str, arguments: tuple[object, ...]) -> str:
    """What is wrong with an event of the interpreter; "" for nothing."""
    match event, arguments:
        case (
            ("socket.connect" | "socket.bind" | "socket.sendto" | "socket.sendmsg"),
            (_, tuple() as address),
        ):
            return "" if is_own(address[0]) else f"{event} {address}"
        case (("socket.getaddrinfo" | "socket.gethostbyname" | "socket.gethostbyaddr"), (host, *_)):
            return "" if is_own(host) else f"{event} {host!r}"
        case (("os.system" | "webbrowser.open" | "urllib.Request" | "ftplib.connect" | "smtplib.connect"), _):
            return f"{event} {arguments}"
        case "subprocess.Popen", (executable, list() | tuple() as command, *_):
            name = Path(os.fsdecode(executable or command[0])).name  # type: ignore[arg-type]
            return f"{event} {command}" if name in SHELLS else ""
        case "subprocess.Popen", (_, str() as command, *_):
            return f"{event} {command}"
        case "pickle.find_class", (module, name):
            top = str(module).partition(".")[0]
            evil = top in DANGEROUS or (top == "builtins" and name in EVALUATED)
            return f"{event} {module}.{name}" if evil else ""
        case "open", (path, _, int() as flags):
            is_write = bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
            return f"write {os.fsdecode(path)}" if is_write and not is_within(path) else ""  # type: ignore[arg-type]
    return ""


def refuse(event: str, arguments: tuple[object, ...]) -> None:
    """Log and stop an event that is a fault."""
    if found := fault(event, arguments):
        line = os.open(LOG, os.O_WRONLY | os.O_APPEND)
        os.write(line, f"{found} by {sys.argv[:3]}\n".encode(errors="backslashreplace"))
        os.close(line)
        raise PermissionError(found)


sys.addaudithook(refuse)
