"""Child processes that parse one file after another and end when one misbehaves."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import threading
from typing import IO, Any

_WORKER = "assessor.reading.documents.worker"
_FILES_PER_CHILD = 200
_SECRET = re.compile(r"KEY|TOKEN|SECRET|PASSWORD", re.IGNORECASE)


def _environment(path: str) -> dict[str, str]:
    """Return the environment of a child: no secrets reach a process that parses strange files."""
    kept = {name: value for name, value in os.environ.items() if not _SECRET.search(name)}
    return kept | {"PYTHONPATH": path}


class Child:
    """One child process; it reads orders from its input and answers on its output."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.files = 0
        self._is_spent = False
        self._is_leaving = False
        path = os.pathsep.join(one for one in sys.path if one)
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", _WORKER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(path),
            start_new_session=True,
        )

    def ask(self, order: dict[str, Any], payload: bytes, time_limit: float) -> bytes | None:
        """Send an order and its file; return the answer.

        Returns:
            The answer, empty when the child died, None when it was stopped for taking longer than
            `time_limit` seconds.
        """
        self.files += 1
        is_late = threading.Event()
        timer = threading.Timer(time_limit, self._stop_late, (is_late,))
        timer.start()
        try:
            answer = self._exchange(order, payload)
        except (OSError, ValueError):
            answer = b""
        finally:
            timer.cancel()
        self._is_spent = is_late.is_set() or not answer or self._is_leaving
        return None if is_late.is_set() else answer

    @property
    def is_usable(self) -> bool:
        """Whether it may get another file."""
        is_alive = not self._is_spent and self._process.poll() is None
        return is_alive and self.files < _FILES_PER_CHILD and self.owner == os.getpid()

    def end(self) -> None:
        """End the process and everything it started."""
        if self.owner != os.getpid():
            return
        self._kill()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        self._process.wait()

    def _exchange(self, order: dict[str, Any], payload: bytes) -> bytes:
        stdin, stdout = _open(self._process.stdin), _open(self._process.stdout)
        stdin.write(json.dumps(order | {"size": len(payload)}).encode() + b"\n" + payload)
        stdin.flush()
        size, is_last = (int(word) for word in stdout.readline().split())
        answer = stdout.read(size)
        self._is_leaving = bool(is_last)
        return answer if len(answer) == size else b""

    def _stop_late(self, is_late: threading.Event) -> None:
        is_late.set()
        self._kill()

    def _kill(self) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if hasattr(os, "killpg"):
                os.killpg(self._process.pid, signal.SIGKILL)
            else:  # pragma: no cover - Windows
                self._process.kill()


class Nursery:
    """Keeps idle children for the next file; safe to use from several threads."""

    def __init__(self) -> None:
        self._idle: list[Child] = []
        self._lock = threading.Lock()

    def ask(self, order: dict[str, Any], payload: bytes, time_limit: float) -> bytes | None:
        """Let a child do an order; see `Child.ask`."""
        child = self._take()
        answer = None
        try:
            answer = child.ask(order, payload, time_limit)
        finally:
            if answer and child.is_usable:
                with self._lock:
                    self._idle.append(child)
            else:
                child.end()
        return answer

    def end(self) -> None:
        """End all idle children."""
        with self._lock:
            idle, self._idle = self._idle, []
        for child in idle:
            child.end()

    def _take(self) -> Child:
        with self._lock:
            while self._idle:
                child = self._idle.pop()
                if child.is_usable:
                    return child
                child.end()
        return Child()


def _open(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise OSError("no pipe")
    return stream


NURSERY = Nursery()
atexit.register(NURSERY.end)
