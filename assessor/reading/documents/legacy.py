"""Old Word, WPS and RTF files: LibreOffice makes a .docx of them, where it is installed.

The result is read by our own walk, because LibreOffice's plain text joins deleted and inserted
words ("600" and "704" become "600704").
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from assessor.reading.documents.processes import run_limited
from schemas.errors import SubmissionUnreadable

_PROGRAMS = ("soffice", "libreoffice")
_TIME_LIMIT_SECONDS = 90.0
_ADVICE = "请用 WPS 或 Word 打开后另存为 .docx 再提交"


def find_office() -> str | None:
    """Return the path of LibreOffice, or None where it is not installed."""
    return next((found for one in _PROGRAMS if (found := shutil.which(one))), None)


def to_docx(
    content: bytes, name: str, suffix: str, time_limit: float = _TIME_LIMIT_SECONDS
) -> bytes:
    """Convert an old file to .docx in a scratch folder with a profile of its own.

    Args:
        content: the file's bytes.
        name: file name for messages.
        suffix: `.doc`, `.wps` or `.rtf`; tells LibreOffice which filter to use.
        time_limit: seconds before the conversion is stopped.

    Raises:
        SubmissionUnreadable: LibreOffice is missing, fails or takes too long.
    """
    office = find_office()
    if office is None:
        raise SubmissionUnreadable(
            name, "legacy", f"是旧版 Word 或 WPS 格式，本机没有 LibreOffice，不能转换；{_ADVICE}"
        )
    with tempfile.TemporaryDirectory(prefix="assessor-") as scratch:
        folder = Path(scratch)
        source = folder / f"in{suffix}"
        source.write_bytes(content)
        profile = (folder / "profile").as_uri()
        command = [office, f"-env:UserInstallation={profile}", "--headless", "--norestore"]
        command += ["--nolockcheck", "--convert-to", "docx", "--outdir", str(folder / "out")]
        done = run_limited([*command, str(source)], time_limit=time_limit, folder=folder)
        target = folder / "out" / "in.docx"
        if done is None:
            raise SubmissionUnreadable(
                name, "timeout", f"LibreOffice 转换超过 {time_limit:g} 秒，已停止；{_ADVICE}"
            )
        if not target.is_file():
            reason = "LibreOffice 转换失败（没有 Writer 组件 libreoffice-writer 时也会这样）"
            raise SubmissionUnreadable(name, "legacy", f"{reason}；{_ADVICE}")
        return target.read_bytes()
