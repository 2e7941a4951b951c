"""Fixtures for the number tests."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[4] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder with the real documents, or skip where it is not there."""
    if not (SHARED / "sources").is_dir():
        pytest.skip("../shared/sources is not there")
    return SHARED
