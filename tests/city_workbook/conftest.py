"""A city whose counties answered in every way a rule can be answered."""

from __future__ import annotations

import random
import shutil
import subprocess
import warnings
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest
from openpyxl import load_workbook

from schemas.manifest import EntityEntry, GradeCount, IndicatorPoints, Manifest
from schemas.result import Assessment
from schemas.submission import Review, Submission
from scoring import Choice, Ruler, assess, make_ruler, shipped_rulebook
from scoring.ranking import rank_city
from scoring.uncertainty import rank_uncertainty

YEAR = 2024
FILTER = "xlsx:Calc MS Excel 2007 XML"
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def _figure(chance: random.Random, unit: str) -> dict[str, object]:
    """Return a rate with or without its numerator, a claim, or a plain number."""
    if unit != "%":
        return {"value": Decimal(chance.randint(0, 12))}
    way = chance.random()
    if way < 0.4:
        bottom = chance.choice((3, 7, 90, 163, 704))
        return {"numerator": chance.randint(bottom * 7 // 10, bottom), "denominator": bottom}
    if way < 0.5:
        return {"is_claim": True}
    return {"value": Decimal(chance.randint(7000, 10000)) / 100}


def answer_of(chance: random.Random, part) -> dict[str, dict[str, object]]:
    """Return made-up answers to the items of one part; silence for some."""
    rule, kind = part.part.rule, part.part.rule.kind
    if kind in ("disclosure", "expert") or chance.random() < 0.12:
        return {}
    items = rule.items if kind == "checklist" else (rule.item,)
    if chance.random() < 0.04:
        return {items[0]: {"not_applicable_because": "无"}}
    if kind == "checklist":
        return {item: {"value": chance.random() < 0.7} for item in items if chance.random() < 0.8}
    return {items[0]: _fields(chance, rule, part.unit)}


def _fields(chance: random.Random, rule, unit: str) -> dict[str, object]:
    """Return what an answer to a rule of one item holds."""
    little, rank = Decimal(chance.randint(0, 2400)) / 100, chance.randint(1, 9)
    days = timedelta(days=chance.randint(-20, 20))
    before = {"previous": Decimal(rank % 4)} if chance.random() < 0.8 else {}
    by_kind = {
        "tiered": {"value": Decimal(chance.randint(0, 3))},
        "lower_is_better": {"value": little},
        "trend": {"value": Decimal(chance.randint(0, 3)), **before},
        "relative": {"value": little / 2, "rank": rank},
    }
    if rule.kind == "deadline":
        return {"value": rule.deadline(date(YEAR, 12, 31)) + days}
    return by_kind.get(rule.kind) or _figure(chance, unit)


def submission_of(ruler: Ruler, name: str, seed: int, regions: Sequence[str] = ()) -> Submission:
    """Build a county's submission; the same seed gives the same answers."""
    chance = random.Random(seed)  # noqa: S311 - made-up answers, no secret
    head = {
        "schema": "submission/1",
        "entity": {"name": name, "level": "county", "regions": [name, *(regions or ("丙市",))]},
        "period": {"from": date(YEAR, 1, 1), "to": date(YEAR, 12, 31)},
        "benchmarks": [
            {"key": item, "value": Decimal("5.5"), "source": "上年全市均值"}
            for item in sorted(shipped_rulebook().items)
            if seed % 4
        ],
    }
    empty = Submission.model_validate(head)
    found: dict[str, dict[str, object]] = {}
    for part in ruler.plan(empty.entity, empty.period.end, empty.period.end).parts:
        found.update(answer_of(chance, part))
    answers = [{"item": item} | fields for item, fields in found.items()]
    return Submission.model_validate(head | {"answers": answers})


def review_of(name: str, *entries: dict[str, object]) -> Review:
    common = {"document": "第3号", "author": "督察组", "decided_on": "2025-03-01", "reason": "属实"}
    period = {"from": date(YEAR, 1, 1), "to": date(YEAR, 12, 31)}
    rows = [common | entry for entry in entries]
    return Review.model_validate(
        {"schema": "review/1", "entity": name, "period": period, "entries": rows}
    )


def entry_of(result: Assessment, **more) -> EntityEntry:
    totals = result.totals
    return EntityEntry(
        entity=result.entity.name,
        level=result.level,
        mode=result.mode,
        status="scored",
        total_points=totals.total_points,
        low_points=totals.low_points,
        high_points=totals.high_points,
        grade=result.grade.grade,
        is_certain=result.grade.is_certain,
        disclosure_rate=totals.disclosure_rate,
        core_disclosure_rate=totals.core_disclosure_rate,
        evidenced_share=totals.evidenced_share,
        n_issues=len(result.issues),
        n_waiting=len(result.waiting),
        indicators=tuple(
            IndicatorPoints(
                code=one.code,
                outcome=one.outcome,
                max_points=one.max_points,
                points=one.points,
                points_to_gain=one.points_to_gain,
            )
            for one in result.indicators
        ),
        **more,
    )


def manifest_of(
    results: Sequence[Assessment], extra: Sequence[EntityEntry] = (), **more
) -> Manifest:
    """Build the manifest of a run from its results."""
    ranked = [one for one in results if one.totals.total_points is not None]
    counts: dict[tuple[str, str], int] = {}
    for one in ranked:
        counts[one.grade.grade, one.mode] = counts.get((one.grade.grade, one.mode), 0) + 1
    first = results[0] if results else None
    content = {
        "engine": "0",
        "title": "丙市",
        "period": None if first is None else first.period,
        "rules": None if first is None else first.rules,
        "weight_provenance": None if first is None else first.rules.weight_provenance,
        "indicators": ()
        if first is None
        else tuple((one.code, one.label, one.nominal_points) for one in first.indicators),
        "entities": (*(entry_of(one) for one in results), *extra),
        "grades": tuple(
            GradeCount(grade=grade, mode=mode, count=count)
            for (grade, mode), count in counts.items()
        ),
        "ranking": rank_city(results) if results else None,
        **more,
    }
    return Manifest(**content)


@cache
def ruler_of(**choice) -> Ruler:
    return make_ruler(shipped_rulebook(), Choice(**choice))


def city_of(ruler: Ruler, count: int, review=None) -> list[Assessment]:
    """Assess made-up counties; some stand under a plan of their own, some do not."""
    found = []
    for seed in range(count):
        regions = ("嘉善县", "嘉兴市", "浙江省") if seed % 3 else ("丙市",)
        submission = submission_of(ruler, f"甲{seed:03d}县", seed, regions)
        decided = None if review is None or seed % 5 else review(submission.entity.name)
        found.append(assess(submission, ruler, review=decided))
    return found


def recalculate(paths: Sequence[Path], folder: Path) -> list[Path]:
    """Let LibreOffice compute workbooks and save them again."""
    if SOFFICE is None:
        pytest.skip("LibreOffice (soffice) is not installed: nothing here can compute formulas")
    profile = (folder / "profile").as_uri()
    asked = [f"-env:UserInstallation={profile}", "--headless", "--convert-to", FILTER]
    subprocess.run(
        [SOFFICE, *asked, "--outdir", str(folder / "again"), *map(str, paths)],
        check=True,
        capture_output=True,
        timeout=150,
    )
    return [folder / "again" / path.name for path in paths]


def rows_of(path: Path, title: str) -> list[dict[str, object]]:
    """Return a sheet's rows under its headings, by heading."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # LibreOffice adds extensions of its own
        workbook = load_workbook(path, data_only=True, read_only=True)
    rows = [list(row) for row in workbook[title].iter_rows(values_only=True)]
    workbook.close()
    start = next(
        place for place, row in enumerate(rows) if row[0] in ("单位", "编号", "性质", "序号")
    )
    return [dict(zip(rows[start], row, strict=True)) for row in rows[start + 1 :]]


@pytest.fixture(scope="session")
def make() -> SimpleNamespace:
    """Return every builder of this module by name."""
    names = "submission_of review_of entry_of manifest_of ruler_of city_of recalculate rows_of"
    return SimpleNamespace(**{name: globals()[name] for name in names.split()})


@pytest.fixture(scope="session")
def with_doubt() -> Callable[..., Manifest]:
    """Return a manifest with rank intervals."""

    def build(results, ruler, **more) -> Manifest:
        return manifest_of(results, uncertainty=rank_uncertainty(results, ruler), **more)

    return build
