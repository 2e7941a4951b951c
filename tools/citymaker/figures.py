"""What a made-up unit achieved in a year, item by item."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from scoring.yaml_strict import parse_yaml

HERE = Path(__file__).resolve().parent
_HUNDREDTH = Decimal("0.01")


class Spec(NamedTuple):
    """An item and the range its figures come from; see items.yaml."""

    item: str
    kind: str
    worst: Decimal = Decimal(0)
    best: Decimal = Decimal(0)
    places: int = 0
    of: tuple[int, int] | str = (0, 0)
    levels: tuple[int, ...] = ()
    no: int = 0
    needs: str = ""
    previous: bool = False


_FIRST, _FIRST_PART = "first-responsible-person", "report-first-responsible"


class Figure(NamedTuple):
    """One item's figure."""

    value: Decimal | bool | date
    numerator: int | None = None
    denominator: int | None = None
    previous: Decimal | None = None


Figures = dict[str, Figure]


class Strength(NamedTuple):
    """How good a unit is: 0 at the worst, 1 at the best, and its gain in a year."""

    level: float
    gain: float = 0.02


@cache
def specs() -> tuple[Spec, ...]:
    """Return every item a unit can report, in the order of the framework."""
    rows: Any = parse_yaml((HERE / "items.yaml").read_text(encoding="utf-8")).value
    return tuple(_spec(row) for row in rows)


def _spec(row: Mapping[str, Any]) -> Spec:
    of = row.get("of", (0, 0))
    return Spec(
        item=row["item"],
        kind=row["kind"],
        worst=Decimal(str(row.get("worst", 0))),
        best=Decimal(str(row.get("best", 0))),
        places=int(row.get("places", 0)),
        of=of if isinstance(of, str) else (int(of[0]), int(of[1])),
        levels=tuple(int(level) for level in row.get("levels", ())),
        no=int(row.get("no", 0)),
        needs=row.get("needs", ""),
        previous=bool(row.get("previous", False)),
    )


def seeded(*words: object) -> Random:
    """Return a source of choices; the same words give the same choices everywhere."""
    return Random("/".join(map(str, words)))  # noqa: S311 - made-up figures, not secrets


def draw(key: str, year: int, strength: Strength, published: date) -> Figures:
    """Return all figures of a unit for a year.

    Args:
        key: what the figures are drawn from; the same key gives the same figures.
        year: reporting year.
        strength: of the unit.
        published: day its report went online.
    """
    found: Figures = {}
    for spec in specs():
        figure = _figure(spec, key, year, strength, found)
        if spec.kind == "day":
            figure = Figure(published)
        elif spec.previous:
            before = _figure(spec, key, year - 1, strength, found).value
            assert isinstance(before, Decimal)  # noqa: S101 - only numbers have a year before
            figure = figure._replace(previous=before)
        found[spec.item] = figure
    return found


def rate(numerator: int, denominator: int) -> Figure:
    """Return a percentage to two places with its parts."""
    value = (Decimal(100) * numerator / denominator).quantize(_HUNDREDTH, ROUND_HALF_UP)
    return Figure(_trimmed(value), numerator, denominator)


def _figure(spec: Spec, key: str, year: int, strength: Strength, others: Figures) -> Figure:
    lasting, yearly = seeded(key, spec.item), seeded(key, spec.item, year)
    place = strength.level + lasting.uniform(-0.28, 0.28) + yearly.uniform(-0.06, 0.06)
    place += strength.gain * (year - 2023)
    where = Decimal(str(round(min(max(place, 0.0), 1.0), 4)))
    if spec.kind == "yes":
        is_yes = lasting.uniform(0, 100) >= spec.no * (1.6 - 1.4 * float(where))
        return Figure(is_yes and (not spec.needs or others[spec.needs].value is True))
    if spec.kind == "tier":
        index = min(int(where * len(spec.levels)), len(spec.levels) - 1)
        return Figure(Decimal(spec.levels[index]))
    wanted = spec.worst + (spec.best - spec.worst) * where
    if spec.kind == "rate":
        whole = _whole(spec, lasting, yearly, others)
        return rate(int((wanted * whole / 100).to_integral_value(ROUND_HALF_UP)), whole)
    return Figure(_trimmed(wanted.quantize(Decimal(1).scaleb(-spec.places), ROUND_HALF_UP)))


def _whole(spec: Spec, lasting: Random, yearly: Random, others: Figures) -> int:
    if isinstance(spec.of, str):
        item, _, part = spec.of.partition(".")
        shared = others[item].numerator if part else others[item].denominator
        assert shared is not None  # noqa: S101 - items.yaml names an earlier rate
        return shared
    whole = lasting.randint(*spec.of)
    return max(int(whole * yearly.uniform(0.94, 1.08)), 2)


def _trimmed(number: Decimal) -> Decimal:
    text = format(number, "f")
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


def undisclosed(figures: Figures, key: str, percent: int) -> Figures:
    """Return the figures without about that share of the items; report parts stay.

    A report that leaves out what the first person did lacks that part, and its form says so.
    """
    kept: Figures = {}
    for item, figure in figures.items():
        hidden = seeded(key, item, "hidden").uniform(0, 100) < percent
        if item.startswith("report-") or not hidden:
            kept[item] = figure
    if _FIRST not in kept and _FIRST_PART in kept:
        kept[_FIRST_PART] = Figure(value=False)
    return kept
