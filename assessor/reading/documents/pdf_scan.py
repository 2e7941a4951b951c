"""Pages of a PDF that are pictures: scans, with or without a layer of recognised text."""

from __future__ import annotations

import re
from typing import Any

import pypdfium2.raw as pdfium

from assessor.reading.documents.pdf_page import Character

_FEW = 15
_LARGE_IMAGE = 0.4
_INVISIBLE = 3
_SCANNING_APP = re.compile(
    r"[^\n]{0,20}(?:CamScanner|全能扫描|扫描全能|扫描王|扫描宝|夸克扫描|Adobe Scan|"
    r"Scanned (?:by|with)|Office Lens)[^\n]{0,20}|由[^\n]{1,12}扫描[^\n]{0,10}",
    re.IGNORECASE,
)
_CAPTION = 40
"""The most characters, without a full stop, that a picture of a whole page has beside it."""


def is_picture(characters: list[Character]) -> bool:
    """Say whether a page has no text of its own: none, a scanning app's line, a page number."""
    text = "".join(one.text for one in characters[:1000]).strip()
    rest = _SCANNING_APP.sub("", text)
    return len(rest) < _FEW or (len(rest) < _CAPTION and "。" not in rest)


def has_large_image(page: Any, area: float) -> bool:
    """Say whether pictures cover a page; a scan may come in strips."""
    covered = 0.0
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = item.get_bounds()
        covered += (right - left) * (top - bottom)
        if covered >= _LARGE_IMAGE * area:
            return True
    return False


def is_invisible(text_page: Any, count: int) -> bool:
    """Say whether the text is an invisible layer, as scanners with recognition add it."""
    sample = range(0, count, max(1, count // 10))
    modes = [
        pdfium.FPDFTextObj_GetTextRenderMode(item)
        for index in sample
        if (item := pdfium.FPDFText_GetTextObject(text_page.raw, index))
    ]
    return bool(modes) and modes.count(_INVISIBLE) * 2 > len(modes)
