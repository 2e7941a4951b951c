"""Refuse files that are not what they say, before anything opens them."""

from __future__ import annotations

import io
import lzma
import os
import zipfile
import zlib
from pathlib import Path

from assessor.messages import os_reason
from schemas.errors import SubmissionUnreadable

MAX_BYTES = 20 * 1024 * 1024
MAX_TEXT_BYTES = 1024 * 1024
MAX_UNPACKED = 60 * 1024 * 1024
MAX_MEMBERS = 500
MAX_RATIO = 200
ARCHIVE_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
)
"""What a damaged or odd archive may raise; RuntimeError covers unknown ways to pack."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_CONTENT_TYPES = "[Content_Types].xml"


def shown_name(path: Path) -> str:
    """Return a file's name as text that can always be printed and stored."""
    return os.fsencode(path.name or str(path)).decode("utf-8", errors="replace")


def read_bytes(path: Path) -> bytes:
    """Read a whole file of a sensible size.

    Raises:
        SubmissionUnreadable: missing, not a file, empty, too large, not permitted.
    """
    name = shown_name(path)
    try:
        if not path.is_file():
            what = "文件不存在"
            if path.is_dir():
                what = "是文件夹，不是文件"
            elif path.exists():
                what = "是管道或设备，不是普通文件"
            raise SubmissionUnreadable(name, "missing", f"{what}；请核对路径 {path}")
        size = path.stat().st_size
        if size > MAX_BYTES:
            limit = MAX_BYTES // 1024 // 1024
            raise SubmissionUnreadable(
                name,
                "too-large",
                f"文件有 {size // 1024 // 1024} MB，超过 {limit} MB 上限；请去掉图片等附件",
            )
        content = path.read_bytes()
    except OSError as error:
        raise SubmissionUnreadable(
            name, "os", f"打不开（{os_reason(error)}）；请检查路径和权限"
        ) from error
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise SubmissionUnreadable(name, "empty", "文件是空的；请重新导出或下载")
    return content


def decode(content: bytes, name: str) -> str:
    """Decode text as UTF-8, with or without a byte order mark.

    Raises:
        SubmissionUnreadable: binary content, another encoding, far longer than any submission.
    """
    if content.startswith((_OLE, _ZIP)):
        raise SubmissionUnreadable(
            name, "mislabelled", "内容是 Office 文件，扩展名却不是 .xlsx；请改正扩展名"
        )
    if len(content) > MAX_TEXT_BYTES:
        size = len(content) // 1024
        raise SubmissionUnreadable(
            name, "too-large", f"文本有 {size} KB，超过 {MAX_TEXT_BYTES // 1024} KB 上限"
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SubmissionUnreadable(
            name, "encoding", f"不是 UTF-8 编码（第 {error.start + 1} 字节起）；请另存为 UTF-8"
        ) from error


def check_workbook(content: bytes, name: str) -> None:
    """Refuse everything that is not a plain .xlsx of sensible size.

    Raises:
        SubmissionUnreadable: old or encrypted Office file, page, damaged or oversized archive,
            macros.
    """
    if content.startswith(_OLE):
        raise SubmissionUnreadable(
            name, "ole", "是加密文件或旧版 .xls 改了扩展名；请去掉密码并另存为 .xlsx"
        )
    if content.lstrip()[:1] == b"<":
        raise SubmissionUnreadable(
            name, "html", "是网页或 XML 改了扩展名，不是工作簿；请用 WPS 或 Excel 另存为 .xlsx"
        )
    if not content.startswith(_ZIP):
        raise SubmissionUnreadable(
            name, "not-xlsx", "不是 .xlsx 工作簿；请用 WPS 或 Excel 另存为 .xlsx"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_archive(archive, name, len(content))
    except ARCHIVE_DAMAGE as error:
        raise SubmissionUnreadable(
            name, "damaged", "文件不完整或已损坏；请重新下载或重新保存"
        ) from error


def _check_archive(archive: zipfile.ZipFile, name: str, size: int) -> None:
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * size:
        raise SubmissionUnreadable(
            name,
            "bomb",
            f"解压后异常庞大（{len(members)} 个部件、{unpacked // 1024 // 1024} MB）；"
            "请把填报内容复制到新的填报表",
        )
    names = {member.filename for member in members}
    if _CONTENT_TYPES not in names:
        raise SubmissionUnreadable(
            name, "not-xlsx", "是压缩包，不是工作簿；请用 WPS 或 Excel 另存为 .xlsx"
        )
    if any(one.lower().endswith("vbaproject.bin") for one in names):
        raise SubmissionUnreadable(name, "macro", "含有宏；请另存为不带宏的 .xlsx")
    if any(member.flag_bits & 0x1 for member in members):
        raise SubmissionUnreadable(name, "encrypted", "有密码保护；请去掉密码后重新保存")
