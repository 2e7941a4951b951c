"""Tables inside reports: a number means what its row, its column and the caption say."""

from __future__ import annotations

from assessor.reading.tables.book import Cell, Tables
from assessor.reading.tables.linking import link_cell
from assessor.reading.tables.telling import NOTHING_TOLD, Told, settled

__all__ = ["NOTHING_TOLD", "Cell", "Tables", "Told", "link_cell", "settled"]
