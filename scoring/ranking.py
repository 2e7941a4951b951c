"""Who stands before whom: exact totals, declared ties, bounds that cannot be told apart."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from schemas.city import CityRules, Mode, Ranking, RankLine, UnrankedLine
from schemas.errors import AssessorError
from schemas.result import Assessment

MODES: tuple[Mode, Mode] = ("binding", "reference")
_STANDARD = CityRules()


class Ranked(NamedTuple):
    """A place in a list of totals."""

    position: int
    """Position in the input."""
    rank: int
    group: int


def rank_city(assessments: Sequence[Assessment], rules: CityRules = _STANDARD) -> Ranking:
    """Rank the entities of one year under one ruler; binding and reference apart.

    Raises:
        AssessorError: for two rulers, engines, years or assessment days, or a name used twice.
    """
    require_one_yardstick(assessments)
    whole = [one for one in assessments if one.totals.total_points is not None]
    without = [one for one in assessments if one.totals.total_points is None]
    by_mode = {mode: [one for one in whole if one.mode == mode] for mode in MODES}
    return Ranking(
        ruler=assessments[0].rules.ruler if assessments else "",
        period=assessments[0].period if assessments else None,
        tie_tolerance=rules.tie_tolerance,
        binding=_list(by_mode["binding"], rules),
        reference=_list(by_mode["reference"], rules),
        without_total=tuple(
            UnrankedLine(
                entity=one.entity.name,
                level=one.level,
                mode=one.mode,
                low_points=one.totals.low_points,
                high_points=one.totals.high_points,
            )
            for one in sorted(without, key=lambda one: one.entity.name)
        ),
    )


def require_one_yardstick(assessments: Sequence[Assessment]) -> None:
    """Refuse results that must not stand in one list.

    Raises:
        AssessorError: naming what differs and one entity of either kind.
    """
    first = next(iter(assessments), None)
    if first is None:
        return
    for one in assessments:
        pair = f"{first.entity.name}、{one.entity.name}"
        if one.rules.ruler != first.rules.ruler:
            raise AssessorError(
                f"不能一起排名：{pair}所用标尺不同（{first.rules.ruler[:12]} 与 "
                f"{one.rules.ruler[:12]}）；请用同一套规则重新评分"
            )
        if one.engine != first.engine:
            raise AssessorError(
                f"不能一起排名：{pair}由不同版本评分（{first.engine} 与 {one.engine}）；请重新评分"
            )
        if one.period != first.period:
            raise AssessorError(
                f"不能一起排名：{pair}的报告年度不同（{_days(first)} 与 {_days(one)}）"
            )
        if one.as_of != first.as_of:
            raise AssessorError(
                f"不能一起排名：{pair}的评估基准日不同（{first.as_of} 与 {one.as_of}）"
            )
    twice = [name for name, n in Counter(one.entity.name for one in assessments).items() if n > 1]
    if twice:
        raise AssessorError(f"不能一起排名：{'、'.join(sorted(twice))}出现了不止一次")


def _days(one: Assessment) -> str:
    return f"{one.period.start} 至 {one.period.end}"


def competition_order(
    totals: Sequence[Decimal], names: Sequence[str], tolerance: Decimal
) -> list[Ranked]:
    """Return the standard competition ranks, best first, equals by name.

    Args:
        totals: points; higher is better.
        names: break ties of place, never of rank.
        tolerance: the first of a group is joined by all that are at most this far behind it,
            inclusive; so a chain of small steps never makes one long tie.
    """
    order = sorted(range(len(totals)), key=lambda i: (-totals[i], names[i]))
    found: list[Ranked] = []
    leader, rank, group = Decimal(0), 0, 0
    for place, index in enumerate(order, 1):
        if not found or leader - totals[index] > tolerance:
            leader, rank, group = totals[index], place, group + 1
        found.append(Ranked(index, rank, group))
    # Inside a group only the name counts: the tolerance says the totals are equal.
    found.sort(key=lambda one: (one.group, names[one.position]))
    return found


def _list(assessments: Sequence[Assessment], rules: CityRules) -> tuple[RankLine, ...]:
    names = [one.entity.name for one in assessments]
    totals = [one.totals.total_points or Decimal(0) for one in assessments]
    ranked = competition_order(totals, names, rules.tie_tolerance)
    members: dict[int, list[int]] = {}
    for one in ranked:
        members.setdefault(one.group, []).append(one.position)
    best = {group: max(totals[i] for i in inside) for group, inside in members.items()}
    doubt = _Doubt([assessments[one.position] for one in ranked], rules.named_neighbours)
    lines: list[RankLine] = []
    for place, one in enumerate(ranked):
        found = assessments[one.position]
        ahead = None if one.group == 1 else best[one.group - 1] - totals[one.position]
        above, below = doubt.surely_above(place), doubt.surely_below(place)
        count = len(ranked) - 1 - above - below
        lines.append(
            RankLine(
                rank=one.rank,
                tie_group=one.group,
                tied_with=tuple(names[i] for i in members[one.group] if i != one.position),
                entity=names[one.position],
                level=found.level,
                total_points=totals[one.position],
                low_points=found.totals.low_points,
                high_points=found.totals.high_points,
                grade=found.grade.grade,
                points_to_next_rank=ahead,
                best_rank=above + 1,
                worst_rank=len(ranked) - below,
                n_not_separable=count,
                not_separable_from=doubt.nearest(place, count),
            )
        )
    return tuple(lines)


class _Doubt:
    """Bounds of a list in rank order; both ends belong to them."""

    def __init__(self, listed: Sequence[Assessment], most: int) -> None:
        self.names = [one.entity.name for one in listed]
        self.low = [one.totals.low_points for one in listed]
        self.high = [one.totals.high_points for one in listed]
        self.lows, self.highs = sorted(self.low), sorted(self.high)
        self.most = most

    def surely_above(self, place: int) -> int:
        """Return how many have their lower bound above this one's upper bound."""
        return len(self.lows) - bisect_right(self.lows, self.high[place])

    def surely_below(self, place: int) -> int:
        """Return how many have their upper bound below this one's lower bound."""
        return bisect_left(self.highs, self.low[place])

    def nearest(self, place: int, count: int) -> tuple[str, ...]:
        """Return the nearest with overlapping bounds on either side, in rank order.

        Args:
            place: whose neighbours.
            count: how many there are in the whole list, so that the search knows when to stop.
        """
        above: list[str] = []
        below: list[str] = []
        for step in range(1, len(self.names)):
            if len(above) + len(below) == count or len(above) == len(below) == self.most:
                break
            for other, found in ((place - step, above), (place + step, below)):
                if len(found) < self.most and self._overlap(place, other):
                    found.append(self.names[other])
        return (*reversed(above), *below)

    def _overlap(self, place: int, other: int) -> bool:
        if not 0 <= other < len(self.names):
            return False
        return self.low[other] <= self.high[place] and self.low[place] <= self.high[other]
