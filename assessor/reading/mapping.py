"""Changing single characters of a text at next to no cost where there is little to change."""

from __future__ import annotations

import re
from collections.abc import Mapping

_USUAL = "\x00-\x7f\u3001-\u301b\u301d-\u9fff\u2018-\u201d"
"""Ranges of characters no table may change; nearly all text is made of them."""
_FREQUENT = "，：；（）！？％—…·"
"""Signs that are as frequent, and that a table may change."""


class CharacterMap:
    """A table of characters and what each becomes, one for one."""

    def __init__(self, table: Mapping[int, str], common: str = "") -> None:
        """Take a table.

        Args:
            table: by code point.
            common: the characters of the table that stand in every text.
        """
        self._common = [(one, table[ord(one)]) for one in common]
        self._table = {chr(code): new for code, new in table.items()}
        left = "".join(one for one in _FREQUENT if one not in self._table)
        self._odd = re.compile(f"[^{_USUAL}{left}]")
        usual = "".join(one for one in self._table if not self._odd.match(one))
        if usual:
            raise ValueError(f"characters taken for usual: {usual!r}")

    def apply(self, text: str) -> str:
        """Return a text of the same length with all characters of the table changed."""
        for old, new in self._common:
            text = text.replace(old, new)
        return self._odd.sub(self._changed, text)

    def _changed(self, found: re.Match[str]) -> str:
        return self._table.get(found.group(), found.group())
