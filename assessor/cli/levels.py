"""Administrative levels as typed on the command line."""

from __future__ import annotations

from enum import StrEnum


class LevelName(StrEnum):
    """The same as `schemas.Level`, without its import time; a test holds them equal."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"
    DEPARTMENT = "department"
