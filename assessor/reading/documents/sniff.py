"""What a file really is, by its first bytes; the suffix only decides between equals."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath
from typing import Literal

from schemas.errors import SubmissionUnreadable

Format = Literal["txt", "html", "mht", "docx", "pdf", "doc", "wps"]

SUFFIXES: dict[str, Format] = {
    ".txt": "txt",
    ".html": "html",
    ".htm": "html",
    ".shtml": "html",
    ".mht": "mht",
    ".mhtml": "mht",
    ".docx": "docx",
    ".pdf": "pdf",
    ".doc": "doc",
    ".rtf": "doc",
    ".wps": "wps",
}
MAX_UNPACKED = 200 * 1024 * 1024
MAX_MEMBERS = 5000
MAX_RATIO = 200
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh")
_MARKUP = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|!--|\?xml|html|head|body|meta|title|div|table|p|"
    rb"h[1-6]|span|article|section|script|style|link)\b",
    re.IGNORECASE,
)
_PAGE = re.compile(rb"<(?:html|head|body|div|table|p|article)[\s>]", re.IGNORECASE)
_ENVELOPE = re.compile(
    rb"^(?:[A-Za-z][A-Za-z-]{1,30}:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n){1,40}", re.ASCII
)
_MULTIPART = re.compile(
    rb"^content-type:\s*(?:multipart/(?:related|alternative|mixed)|text/html)",
    re.IGNORECASE | re.MULTILINE,
)


def sniff(content: bytes, name: str) -> Format:
    """Return the format of a report by its content.

    Raises:
        SubmissionUnreadable: a spreadsheet, picture, archive, encrypted or unknown file.
    """
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(_OLE):
        return _ole(content, name)
    if content.startswith(b"PK"):
        return _package(content, name)
    if content.startswith(b"{\\rtf"):
        return "doc"
    if content.startswith(_IMAGES) or (content[:4] == b"RIFF" and content[8:12] == b"WEBP"):
        raise SubmissionUnreadable(name, "image", "是图片；请提供带文字层的 PDF、Word 或网页")
    if content.startswith(_ARCHIVES):
        raise SubmissionUnreadable(name, "archive", "是压缩包；请解压后提交其中的报告")
    if _is_envelope(content):
        return "mht"
    return "html" if _is_page(content) else "txt"


def expected(name: str) -> Format | None:
    """Return the format a file's name promises; None when the suffix is unknown."""
    return SUFFIXES.get(PurePath(name).suffix.lower())


def _is_envelope(content: bytes) -> bool:
    head = _ENVELOPE.match(content[:8192])
    return bool(head and _MULTIPART.search(head.group()))


def _is_page(content: bytes) -> bool:
    head = content[:4096]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.replace(b"\x00", b"")[2:]
    if _MARKUP.match(head):
        if b'progid="Word.Document"' in head or b"/xmlPackage" in head:
            return False
        return bool(_PAGE.search(head)) or b"<" in head[:1]
    return False


def _ole(content: bytes, name: str) -> Format:
    if _stream(content, "EncryptedPackage"):
        raise SubmissionUnreadable(name, "encrypted", "有密码保护；请去掉密码后重新保存")
    if _stream(content, "WordDocument"):
        return "wps" if name.lower().endswith(".wps") else "doc"
    if _stream(content, "Workbook") or _stream(content, "PowerPoint Document"):
        raise SubmissionUnreadable(
            name, "not-report", "是表格或演示文稿；请提供报告的 Word、PDF、网页或文本文件"
        )
    if expected(name) in ("wps", "doc"):
        return "wps" if name.lower().endswith(".wps") else "doc"
    raise SubmissionUnreadable(
        name, "ole", "是旧版 Office 文件，认不出内容；请用 WPS 或 Word 另存为 .docx"
    )


def _stream(content: bytes, stream: str) -> bool:
    return stream.encode("utf-16-le") in content


def archive_fault(members: int, unpacked: int, packed: int) -> str:
    """Say what makes an archive look like one made to choke programs; empty when nothing does.

    Args:
        members: number of parts.
        unpacked: their bytes in all.
        packed: bytes of the file.
    """
    if members > MAX_MEMBERS:
        return f"内部部件过多（{members} 个，上限 {MAX_MEMBERS} 个）"
    if unpacked > MAX_UNPACKED:
        limit = MAX_UNPACKED // 1024 // 1024
        return f"解压后异常庞大（{unpacked // 1024 // 1024} MB，上限 {limit} MB）"
    if unpacked > MAX_RATIO * packed:
        times = unpacked // max(packed, 1)
        size = f"{unpacked // 1024} KB" if unpacked < 1024 * 1024 else f"{unpacked >> 20} MB"
        return f"压缩比异常（解压后 {size}，是原来的 {times} 倍，上限 {MAX_RATIO} 倍）"
    return ""


def _package(content: bytes, name: str) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError) as error:
        raise SubmissionUnreadable(
            name, "damaged", "文件不完整或已损坏；请重新下载或重新保存"
        ) from error
    unpacked = sum(member.file_size for member in members)
    fault = archive_fault(len(members), unpacked, len(content))
    if fault:
        raise SubmissionUnreadable(name, "bomb", f"{fault}；请把正文复制到新的 Word 文件")
    if any(member.flag_bits & 0x1 for member in members):
        raise SubmissionUnreadable(name, "encrypted", "有密码保护；请去掉密码后重新保存")
    names = {member.filename for member in members}
    if "[Content_Types].xml" in names:
        if any(one.startswith("word/") for one in names):
            return "docx"
        if any(one.startswith(("xl/", "ppt/")) for one in names):
            raise SubmissionUnreadable(
                name, "not-report", "是表格或演示文稿；请提供报告的 Word、PDF、网页或文本文件"
            )
    if "mimetype" in names:
        raise SubmissionUnreadable(
            name, "odt", "是 ODF 或 OFD 等文档；请用 WPS 或 Word 另存为 .docx"
        )
    raise SubmissionUnreadable(name, "archive", "是压缩包，不是 Word 文件；请解压后提交其中的报告")
