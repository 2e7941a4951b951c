"""Measure what the product promises about a whole city, in memory. Nothing here gates CI.

Each figure is a median over several runs; the fastest run stands beside it because the machine is
shared.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from bench import Row, ms

from assessor.columns import table
from schemas.city import CityRules
from schemas.submission import Submission
from scoring.panel import (
    SHARE,
    Group,
    Panel,
    aggregate,
    build_panel,
    competition_ranks,
    fixed_point,
    rescore,
    single_removals,
)
from scoring.ranking import rank_city
from scoring.replicating import draw_weights, replicate
from scoring.uncertainty import rank_quantiles, rank_uncertainty

SEED = "20261122"
STEPS = 100_000
"""1000 points of 0.01."""


class Spread(NamedTuple):
    """Wall times of several runs, in seconds."""

    median: float
    fastest: float

    def __str__(self) -> str:
        """Print both in milliseconds."""
        return f"{ms(self.median)}（最快 {ms(self.fastest)}）"


def timed(run: Callable[[], object], repeat: int) -> Spread:
    """Return median and fastest wall time after one warm-up."""
    run()
    times = []
    for _ in range(repeat):
        begin = time.perf_counter()
        run()
        times.append(time.perf_counter() - begin)
    return Spread(statistics.median(times), min(times))


def random_panel(entities: int, indicators: int, missing: float = 0.02) -> Panel:
    """Make a panel of one part per indicator, unequal points, some parts out of the total."""
    generator = np.random.Generator(np.random.PCG64(int(SEED)))
    base = STEPS // indicators
    nominal = base + generator.integers(-base // 2, base // 2, indicators)
    nominal[0] += STEPS - nominal.sum()
    codes = tuple(f"X{i}" for i in range(indicators))
    return Panel(
        entities=tuple(f"第{i}县" for i in range(entities)),
        indicators=codes,
        parts=codes,
        indicator_of=np.arange(indicators),
        nominal=nominal,
        shares=generator.integers(0, SHARE + 1, (entities, indicators)),
        excluded=generator.random((entities, indicators)) < missing,
        bonus=np.zeros(entities, dtype=np.int64),
        report_weight=np.full(entities, 100 * 10**6),
        outside=np.zeros(entities, dtype=np.int64),
        has_total=np.ones(entities, dtype=bool),
        full_mark=STEPS,
        places=2,
        half_even=False,
    )


def panels() -> list[Row]:
    """Time a big panel in fixed point, and weight sets and removals on a small one."""
    big = random_panel(100_000, 60)
    small = random_panel(51, 49)
    groups = [Group(f"G{i}", tuple(f"X{j}" for j in range(6 * i, 6 * i + 6))) for i in range(10)]
    groups.append(Group("G", tuple(group.code for group in groups)))
    values = {
        code: np.where(big.excluded[:, i], np.nan, big.shares[:, i] / SHARE)
        for i, code in enumerate(big.parts)
    }
    weights = {code: float(1 + i % 5) for i, code in enumerate((*big.parts, *values))}
    weights |= {group.code: float(1 + i % 3) for i, group in enumerate(groups)}

    def replications() -> object:
        return rank_quantiles(competition_ranks(replicate(small, draw_weights(small, SEED).sets)))

    return [
        Row(
            "100,000 × 60 由得分率定点评分（逐项舍入、重摊）",
            "≤ 300 ms",
            str(timed(lambda: rescore(big), 9)),
        ),
        Row("同上并排名", "如实记录", str(timed(lambda: competition_ranks(rescore(big)), 9))),
        Row(
            "100,000 × 60 三级加权平均（浮点）并定点排名",
            "如实记录",
            str(
                timed(
                    lambda: competition_ranks(fixed_point(aggregate(groups, values, weights)["G"])),
                    5,
                )
            ),
        ),
        Row(
            "51 × 49 换权重 1,000 次（含抽样、排名、分位）", "≤ 50 ms", str(timed(replications, 31))
        ),
        Row("51 × 49 逐项剔除 49 次", "≤ 10 ms", str(timed(lambda: single_removals(small), 51))),
    ]


def whole_lists() -> list[Row]:
    """Time ranking and rank intervals from finished results."""
    from assessor.intake import read_submission  # noqa: PLC0415 - heavy
    from samples import sample_runs  # noqa: PLC0415
    from scoring import Choice, assess, make_ruler, shipped_rulebook  # noqa: PLC0415

    book = shipped_rulebook()
    ruler = make_ruler(book, Choice())
    given = read_submission(sample_runs()[0].file, book).submission
    assert given is not None  # noqa: S101 - the samples are sound
    results = [assess(one, ruler) for one in _shuffled(given, 1000)]
    few = results[:51]
    return [
        Row("排名 1,000 个单位", "如实记录", str(timed(lambda: rank_city(results), 7))),
        Row("1,000 个单位的结果装成矩阵", "如实记录", str(timed(lambda: build_panel(results), 5))),
        Row(
            "51 个单位的名次区间、等次概率（全套结果）",
            "如实记录",
            str(timed(lambda: rank_uncertainty(few, ruler, CityRules()), 9)),
        ),
    ]


def _shuffled(given: Submission, count: int) -> list[Submission]:
    """Make entities that each leave out a few answers of a real submission."""
    generator = np.random.Generator(np.random.PCG64(int(SEED)))
    made = []
    for number in range(count):
        kept = generator.random(len(given.answers)) < 0.9
        answers = tuple(one for one, stays in zip(given.answers, kept, strict=True) if stays)
        entity = given.entity.model_copy(update={"name": f"第{number}县"})
        made.append(given.model_copy(update={"entity": entity, "answers": answers}))
    return made


def main() -> None:
    """Print the table."""
    print(table([*panels(), *whole_lists()], ("项目", "目标", "实测")))


if __name__ == "__main__":
    main()
