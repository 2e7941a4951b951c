"""What the tests of traps share: a made-up county's report read from end to end."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest

from assessor.reading.documents import read_document_bytes
from assessor.reading.reader import read_text
from schemas.reading import Figure, Reading
from scoring import Rulebook, shipped_rulebook

HEAD = "云栖县2024年法治政府建设年度报告\n\n一、主要工作和成效\n\n"


class Read(NamedTuple):
    """A reading with short ways to its figures."""

    reading: Reading

    def figure(self, number: str) -> Figure:
        """Return the only figure printed so."""
        found = [one for one in self.reading.figures if one.number_text == number]
        assert len(found) == 1, [one.quote for one in self.reading.figures]
        return found[0]

    def numbers(self) -> list[str]:
        """Return every figure as printed, with its unit."""
        return [f"{one.number_text}{one.unit}" for one in self.reading.figures]

    def labels(self) -> list[str]:
        """Return the names of all figures in order."""
        return [one.item_label for one in self.reading.figures]

    def accepted(self) -> list[str]:
        """Return the scored items that a figure fills by itself."""
        return [
            one.feeds
            for one in self.reading.figures
            if one.feeds is not None and one.confidence.value == "accepted"
        ]


@pytest.fixture(scope="session")
def book() -> Rulebook:
    return shipped_rulebook()


@pytest.fixture(scope="session")
def read_whole(book: Rulebook) -> Callable[[str], Read]:
    """Read a whole document."""

    def _read(text: str) -> Read:
        intake = read_document_bytes(text.encode(), "报告.txt", in_process=True)
        return Read(read_text(intake.document, book, framework=book.framework("house-59")))

    return _read


@pytest.fixture(scope="session")
def read(read_whole: Callable[[str], Read]) -> Callable[[str], Read]:
    """Read paragraphs of results of a county's yearly report."""
    return lambda paragraphs: read_whole(HEAD + paragraphs + "\n")
