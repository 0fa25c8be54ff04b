"""Replace a folder at once: whoever looks finds all the old files or all the new ones, even after a crash.

New files are written into `.NAME.new` beside the folder, which then changes places with it in one step of the
file system. A file `.NAME.lock` beside it is held meanwhile, so that one run at a time replaces a folder.
"""

import ctypes
import errno
import logging
import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

_log = logging.getLogger(__name__)
_UNSUPPORTED = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}


class SwapError(Exception):
    """A folder cannot be replaced, or another run replaced what this one was reading: says what to do."""


@contextmanager
def replaced(folder: Path, keep: bool = True, without: Collection[str] = ()) -> Iterator[Path]:
    """Give an empty folder to write into, which takes the place of `folder` when the block ends.

    A run that finds another one at work on the same folder says so on stderr and waits for it. If the block
    raises or the process dies, `folder` is as it was.

    Args:
        folder: what to replace; it is made, with its parents, if it is not there.
        keep: whether what is in `folder` and was not written anew stays there; if nothing was written, the
            folder stays too.
        without: names that do not stay: files that the new ones make wrong.

    Raises:
        SwapError: `folder` is one that must not change places.
        OSError: something cannot be written.
    """
    folder = folder.resolve()
    _check(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh, old = staging(folder), folder.with_name(f".{folder.name}.old")
    with _alone(folder):
        if old.exists() and not folder.exists():  # a run died between the two steps of `_change_places`
            old.rename(folder)
        _clear(fresh, old)
        fresh.mkdir()
        try:
            yield fresh
            if keep and folder.exists() and not any(fresh.iterdir()):
                return
            if folder.exists():
                if keep:
                    _link_rest(folder, fresh, without)
                shutil.copymode(folder, fresh)
                _change_places(fresh, folder, old)
            else:
                fresh.rename(folder)
        finally:
            _clear(fresh, old if folder.exists() else fresh)


@contextmanager
def unchanged(*folders: Path) -> Iterator[None]:
    """Make sure that what is read in the block comes from one state of each folder.

    Raises:
        SwapError: another run replaced a folder meanwhile.
    """
    before = [_state(folder) for folder in folders]
    yield
    for folder, state in zip(folders, before, strict=True):
        if _state(folder) != state:
            raise SwapError(f"{folder} was replaced while it was read: run this again.")


def staging(folder: Path) -> Path:
    """Where the new files of a folder are written until they take its place."""
    return folder.with_name(f".{folder.name}.new")


def lock(folder: Path) -> Path:
    """The file that a run holds while it replaces a folder."""
    return folder.with_name(f".{folder.name}.lock")


def _check(folder: Path) -> None:
    """Refuse a folder that must not change places."""
    if folder in (Path.cwd(), *Path.cwd().parents):
        raise SwapError(
            f"{folder} is replaced as a whole, and you are in it. "
            "Name a folder of its own, or run this from another place."
        )
    if not folder.exists():
        return
    if not folder.is_dir():
        raise SwapError(f"{folder} is a file. Name a folder.")
    if os.path.ismount(folder):
        raise SwapError(
            f"{folder} is replaced as a whole, which a mounted disk cannot be: name a folder in it."
        )
    if not os.access(folder, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait until no other run replaces the folder."""
    held = FileLock(lock(folder))
    try:
        held.acquire(blocking=False)
    except Timeout:
        _log.warning("Another run is writing %s: waiting until it ends.", folder)
        held.acquire()
    try:
        yield
    finally:
        # Whoever waits with the removed file in hand sees that it has no name any more, and tries anew.
        with suppress(OSError):
            lock(folder).unlink()
        held.release()


def _link_rest(folder: Path, fresh: Path, without: Collection[str]) -> None:
    """Give `fresh` what else there is in `folder`, as further names of the same files."""
    for path in folder.iterdir():
        if path.name not in without and not (fresh / path.name).exists():
            if path.is_symlink():
                shutil.copy2(path, fresh / path.name, follow_symlinks=False)
            elif path.is_dir():
                shutil.copytree(path, fresh / path.name, symlinks=True, copy_function=_link)
            else:
                _link(path, fresh / path.name)


def _link(path: str | Path, to: str | Path) -> None:
    """Give a file a second name, or a copy where the file system knows no second names."""
    try:
        os.link(path, to)
    except OSError as error:
        if error.errno == errno.EXDEV:  # a disk mounted inside the folder is not ours to move
            raise
        shutil.copy2(path, to)


def _change_places(fresh: Path, folder: Path, old: Path) -> None:
    """Let two folders change names, in one step where the system can; `old` is a free name for the rest."""
    if _exchange(fresh, folder):
        return
    folder.rename(old)
    try:
        fresh.rename(folder)
    except OSError:
        old.rename(folder)
        raise


def _exchange(one: Path, other: Path) -> bool:
    """Whether two paths changed names in one step; False where the system cannot do that."""
    if os.name != "posix":
        return False
    library = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(one), os.fsencode(other)
    if hasattr(library, "renameat2"):  # Linux: AT_FDCWD is -100, RENAME_EXCHANGE is 2
        failed = library.renameat2(-100, names[0], -100, names[1], 2)
    elif hasattr(library, "renamex_np"):  # macOS: RENAME_SWAP is 2
        failed = library.renamex_np(*names, 2)
    else:
        return False
    if failed and ctypes.get_errno() not in _UNSUPPORTED:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(other))
    return not failed


def _clear(*folders: Path) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def _state(folder: Path) -> tuple[int, int] | None:
    """What tells a folder from another one of the same name."""
    if not folder.exists():
        return None
    found = folder.stat()
    return found.st_ino, found.st_mtime_ns
