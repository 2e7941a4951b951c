"""Signs of Word that are no plain text: symbols of picture fonts, fractions and powers."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from assessor.reading.documents.docx_package import W

MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SYMBOLS = {
    0xF0B7: "•",
    0xF0FC: "√",
    0xF0FE: "☑",
    0xF052: "☑",
    0xF0A8: "□",
    0xF06F: "□",
    0xF06E: "■",
}
_CIRCLED = range(0xF081, 0xF08B)
_PRIVATE_ASCII = range(0xF020, 0xF07F)
_POWERS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_PLAIN = re.compile(r"[\w.%]{0,20}")


def formula_text(formula: Element) -> str:
    """Return a formula on one line: `1/3`, `m²`."""
    tag = formula.tag
    if tag == f"{MATH}t":
        return formula.text or ""
    if tag == f"{MATH}f":
        return f"{_part(formula, 'num')}/{_part(formula, 'den')}"
    if tag == f"{MATH}sSup":
        power = _part(formula, "sup")
        is_digits = power.isascii() and power.isdigit()
        return _part(formula, "e") + (power.translate(_POWERS) if is_digits else f"^{power}")
    return "".join(formula_text(child) for child in formula)


def _part(formula: Element, name: str) -> str:
    """Return a part of a fraction or power, in brackets when it is more than a number or word."""
    found = formula.find(f"{MATH}{name}")
    text = formula_text(found) if found is not None else ""
    return text if _PLAIN.fullmatch(text) else f"({text})"


def symbol_of(symbol: Element) -> str:
    """Return the character of a symbol of a picture font; empty when it has none."""
    raw = symbol.get(f"{W}char", "")
    code = int(raw, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,5}", raw) else 0
    font = symbol.get(f"{W}font", "").lower()
    if code in _SYMBOLS and ("wingdings" in font or code == 0xF0B7):
        return _SYMBOLS[code]
    if code in _CIRCLED and "wingdings" in font:
        return chr(0x2460 + code - _CIRCLED.start)
    if code in _PRIVATE_ASCII:
        return "" if "dings" in font else chr(code - 0xF000)
    return chr(code) if 0x20 <= code < 0xE000 else ""
