"""FM8: against a benchmark supplied with the submission, or by rank."""

from __future__ import annotations

from decimal import Decimal

from schemas.base import Direction
from schemas.outcome import Outcome, Reason
from schemas.rules import RankBand, Relative
from scoring.case import Case, Reading, Verdict, known, read_figure, settle, silence, unknown
from scoring.kinds.lower_is_better import lower_is_better
from scoring.kinds.proportional import proportional
from scoring.rounding import EXACT, FULL, HUNDRED, NOTHING, Share


def relative(
    value: Decimal, benchmark: Decimal, direction: Direction, band: Decimal, ratio: Decimal
) -> Share:
    """Compare with a benchmark, all in the item's unit (FM8).

    `lower_is_better`: full up to the benchmark (inclusive), nothing from ratio x benchmark on.
    `higher_is_better`: full from the benchmark (inclusive), nothing at benchmark / ratio.
    `within_range`: full within `band` of the benchmark (inclusive), nothing at `ratio` times
    the band and beyond.
    """
    if direction == "lower_is_better":
        return lower_is_better(value, benchmark, benchmark * ratio)
    if direction == "higher_is_better":
        return proportional(value, benchmark, EXACT.divide(benchmark, ratio))
    return lower_is_better(EXACT.abs(EXACT.subtract(value, benchmark)), band, band * ratio)


def by_rank(rank: int, table: tuple[RankBand, ...]) -> Share:
    """Return the rate of the first band that reaches the rank; beyond the last, nothing."""
    for band in table:
        if rank <= band.upto:
            return FULL if band.rate == HUNDRED else Share(band.rate, HUNDRED)
    return NOTHING


def judge(case: Case) -> Verdict:
    """Hold a figure against its benchmark, or a rank against the rank table."""
    rule = case.rule
    assert isinstance(rule, Relative)  # noqa: S101 - the KINDS mapping pairs them
    if rule.rank_table:
        return _judge_rank(case, rule)
    reading = read_figure(case, rule.item)
    if not isinstance(reading, Reading):
        return reading
    benchmark = case.benchmarks.get(rule.item)
    if benchmark is None:
        return unknown(Outcome.NOT_ASSESSABLE, Reason.NO_BENCHMARK, disclosed=True)._replace(
            value=reading.value
        )
    share = relative(reading.value, benchmark, rule.direction, rule.band, rule.zero_at_ratio)
    return settle(
        case,
        share,
        holds=share == FULL,
        reached=Reason.TARGET_REACHED,
        short=Reason.BEYOND_LIMIT,
        value=reading.value,
    )


def _judge_rank(case: Case, rule: Relative) -> Verdict:
    answer = case.answers.get(rule.item)
    if answer is None or answer.not_applicable_because or answer.rank is None:
        return silence(answer)
    share = by_rank(answer.rank, rule.rank_table)
    outcome = Outcome.MET if share == FULL else Outcome.PARTLY_MET
    if share == NOTHING:
        outcome = Outcome.NOT_MET
    return known(outcome, Reason.COUNTED, share, detail=f"第{answer.rank}名")
