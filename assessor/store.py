"""Write files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_UNFINISHED = ".writing-"
"""How the name of a file begins while it is being written."""


def write_atomic(path: Path, write: Callable[[Path], object]) -> None:
    """Let `write` fill a temporary file beside `path`, then put it in place in one step.

    A failure leaves an older file as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with _temporary(path) as temporary:
        write(temporary)
        temporary.chmod(0o644)
        temporary.replace(path)


def remove_leftovers(folder: Path) -> None:
    """Remove what killed writers left in a folder and its sub-folders, one level deep."""
    for path in (*folder.glob(f"{_UNFINISHED}*"), *folder.glob(f"*/{_UNFINISHED}*")):
        with suppress(OSError), path.open("rb") as file:
            if _lock(file.fileno(), wait=False):
                path.unlink(missing_ok=True)


@contextmanager
def _temporary(path: Path) -> Iterator[Path]:
    """Yield a new file beside `path`, locked as long as its writer lives, gone at the end."""
    while True:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=_UNFINISHED, suffix=path.suffix)
        temporary = Path(name)
        if fcntl is None:
            os.close(handle)
        try:
            _lock(handle, wait=True)
            if not temporary.exists():  # taken for a leftover before it was locked
                continue
            yield temporary
            return
        finally:
            temporary.unlink(missing_ok=True)
            if fcntl is not None:
                os.close(handle)


def _lock(handle: int, *, wait: bool) -> bool:
    """Lock an open file; the system lets go when its process ends. False: not possible."""
    if fcntl is None:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        return False
    return True


def write_bytes(path: Path, content: bytes) -> None:
    """Write bytes atomically."""
    write_atomic(path, lambda temporary: temporary.write_bytes(content))


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 text with unix line ends atomically."""
    write_bytes(path, text.encode("utf-8"))
