"""The base model and the scalar types every shape is built from."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_PLAIN_NUMBER = re.compile(r"[+-]?\d{1,30}(\.\d{1,20})?")


class Model(BaseModel):
    """Closed, frozen, without infinities; attribute docstrings become JSON Schema text."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        allow_inf_nan=False,
        use_attribute_docstrings=True,
        populate_by_name=True,
        serialize_by_alias=True,
    )


M = TypeVar("M", bound=Model)


@cache
def _every_field(model: type[BaseModel]) -> set[str]:
    return set(model.model_fields)


def trusted(model: type[M], values: dict[str, object]) -> M:
    """Build a model without validating it; `values` holds every field and is kept, not copied.

    For values this product worked out itself from validated models; half of the scoring time.
    """
    line = model.__new__(model)
    object.__setattr__(line, "__dict__", values)
    object.__setattr__(line, "__pydantic_fields_set__", _every_field(model))
    object.__setattr__(line, "__pydantic_extra__", None)
    object.__setattr__(line, "__pydantic_private__", None)
    return line


def slim(model: M) -> M:
    """Let a model share its record of which fields were given: often half of its memory."""
    object.__setattr__(model, "__pydantic_fields_set__", _every_field(type(model)))
    return model


def parse_number(raw: object) -> Decimal:
    """Read a number without a float in between.

    Accepts `Decimal`, `int` and plain decimal text of at most 30 + 20 digits.

    Raises:
        ValueError: for float, bool, exponents, grouping, infinities or other text.
    """
    if isinstance(raw, bool | float):
        raise ValueError("a number must be a decimal or an integer, not float or bool")  # noqa: TRY004 - pydantic reports ValueError only
    if isinstance(raw, Decimal):
        if not raw.is_finite():
            raise ValueError("a number must be finite")
        return raw
    if isinstance(raw, int):
        return Decimal(raw)
    if isinstance(raw, str) and _PLAIN_NUMBER.fullmatch(raw):
        try:
            return Decimal(raw)
        except InvalidOperation as error:  # pragma: no cover - the pattern admits only numbers
            raise ValueError(str(error)) from error
    raise ValueError("a number must be plain decimal text such as 97.78")


def parse_day(raw: object) -> date:
    """Read a calendar day: a `date` (not `datetime`) or ISO text `YYYY-MM-DD`.

    Raises:
        ValueError: for anything else, so `0` or a timestamp never becomes a day.
    """
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw
    if isinstance(raw, str) and _DAY.fullmatch(raw):
        return date.fromisoformat(raw)
    raise ValueError("a day must be written YYYY-MM-DD")


def parse_answer_value(raw: object) -> Any:
    """Read the value of an answer: yes/no, a number or a day, told apart by its form."""
    if raw is None or isinstance(raw, bool):
        return raw
    if isinstance(raw, str) and _DAY.fullmatch(raw):
        return date.fromisoformat(raw)
    if isinstance(raw, date):
        return parse_day(raw)
    return parse_number(raw)


Number = Annotated[Decimal, BeforeValidator(parse_number)]
"""Exact decimal; never a float."""

Day = Annotated[date, BeforeValidator(parse_day)]
"""Calendar day; never a timestamp."""

AnswerValue = Annotated[bool | Decimal | date | None, BeforeValidator(parse_answer_value)]
"""Yes/no, exact decimal or day."""

Points = Annotated[Number, Field(ge=0)]
"""Points, never negative."""

Percent = Annotated[Number, Field(ge=0, le=100)]
"""Percent as printed: 95 means 95 %."""

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
"""Non-empty text."""

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.\-]{0,79}$")]
"""Stable identifier in lower-case ASCII."""

Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9.\-]{0,31}$")]
"""Code as printed in a framework or plan: `F1`, `D5.2`, `JS19`."""


class Provenance(StrEnum):
    """How well a weight, target or threshold is known. Printed wherever it is used."""

    OFFICIAL = "official"
    """Read in the issuing authority's own document."""
    PUBLISHED = "published"
    """Published by others or derived from a published draft."""
    RECALLED = "recalled"
    """From memory or second hand; to be checked before use."""
    HOUSE = "house"
    """Our own proposal."""


class Level(StrEnum):
    """Administrative level of an entity or of those a target binds."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"
    DEPARTMENT = "department"


Direction = Literal["higher_is_better", "lower_is_better", "within_range"]
