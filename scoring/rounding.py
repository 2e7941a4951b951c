"""The only place where points are rounded or split."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import NamedTuple

from schemas.framework import Rounding

EXACT = Context(prec=50, rounding=ROUND_HALF_UP)
"""Wide enough that a quotient of submitted figures never lands on the wrong side of a half."""

HUNDRED = Decimal(100)
_WIDE = Context(prec=100, rounding=ROUND_HALF_UP)
_DUST = Decimal(1).scaleb(-42)
"""A rate divided out of its figures is cut at fifty digits; divided again it may fall short of a
true half by some 1e-45. Nothing reported is written with so many places."""

_STEPS = tuple(Decimal(1).scaleb(-places) for places in range(7))
_PERCENT_PLACES = Decimal("0.01")


class Share(NamedTuple):
    """An exact ratio `earned / of` in [0, 1]; kept as two decimals so nothing is rounded early."""

    earned: Decimal
    of: Decimal


FULL = Share(Decimal(1), Decimal(1))
HALF = Share(Decimal(1), Decimal(2))
NOTHING = Share(Decimal(0), Decimal(1))


def points_of(full: Decimal, share: Share, rounding: Rounding) -> Decimal:
    """Return `full * share` rounded once, by the framework's places and mode."""
    if share.earned == share.of:
        return full
    exact = EXACT.divide(EXACT.multiply(full, share.earned), share.of)
    return quantize(exact, rounding)


def quantize(value: Decimal, rounding: Rounding) -> Decimal:
    """Round to the framework's places by its mode; a half that two quotients blurred is a half."""
    settled = value.quantize(_DUST, context=_WIDE)
    return settled.quantize(_STEPS[rounding.places], rounding=rounding.decimal_mode, context=EXACT)


def percent_of(part: Decimal, whole: Decimal) -> Decimal:
    """Return part / whole in percent, two places half-up; 0 when the whole is 0."""
    if not whole:
        return Decimal("0.00")
    rate = EXACT.divide(EXACT.multiply(part, HUNDRED), whole)
    return rate.quantize(_PERCENT_PLACES, rounding=ROUND_HALF_UP)


def apportion(total: Decimal, weights: Sequence[Decimal], places: int) -> tuple[Decimal, ...]:
    """Split `total` in proportion to `weights` so that the rounded shares sum to it exactly.

    Largest remainder (Hamilton): every share is cut down to `places`, the steps left over go to
    the largest remainders, ties to the earlier one.

    Raises:
        ValueError: when there are no weights or one is not positive.
    """
    if not weights or min(weights) <= 0:
        raise ValueError("weights must be positive and not empty")
    whole = [int(weight.scaleb(12)) for weight in weights]
    steps, all_weights = int(total.scaleb(places)), sum(whole)
    parts = [divmod(steps * weight, all_weights) for weight in whole]
    left = steps - sum(part for part, _ in parts)
    order = sorted(range(len(parts)), key=lambda i: (-parts[i][1], i))
    extra = set(order[:left])
    return tuple(Decimal(part + (i in extra)).scaleb(-places) for i, (part, _) in enumerate(parts))
