"""Finding what begins with one of a few characters: the rest of a text is passed over at once."""

from __future__ import annotations

import re
from collections.abc import Iterator


def finditer(
    pattern: re.Pattern[str], first: re.Pattern[str], text: str
) -> Iterator[re.Match[str]]:
    """Yield what `pattern.finditer(text)` yields, several times faster.

    `re` itself tries a pattern of several branches at every character.

    Args:
        pattern: never empty.
        first: one character of a set; every match of the pattern begins with one.
        text: where to look.
    """
    begin = first.search(text)
    while begin is not None:
        found = pattern.match(text, begin.start())
        if found is not None:
            yield found
        begin = first.search(text, begin.end() if found is None else found.end())
