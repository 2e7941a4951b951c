"""Names of the files a result is written to."""

from __future__ import annotations

import re
import unicodedata

from schemas.result import Assessment

_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)


def file_stem(name: str) -> str:
    """Return a name that is one safe file name on every system, never a path."""
    stem = _UNSAFE.sub("_", unicodedata.normalize("NFC", name)).strip(" .")
    if not stem or _RESERVED.match(stem):
        stem = f"_{stem}"
    return stem.encode()[:180].decode(errors="ignore")


def result_stem(result: Assessment) -> str:
    """Return the name all files of a result share, without its ending."""
    return file_stem(f"{result.entity.name}{result.period.end.year}")
