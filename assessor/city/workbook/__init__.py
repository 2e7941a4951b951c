"""The results workbook of a city: lists to work with, and formulas that prove the scores."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from assessor.city.workbook.formulas import rules_of
from assessor.city.workbook.lists import (
    Gaps,
    Problems,
    RulesAndTargets,
    write_filing,
    write_quality,
)
from assessor.city.workbook.matrix import write_matrices
from assessor.city.workbook.recalculation import Recalculation
from assessor.city.workbook.sheet import Book
from assessor.city.workbook.standing import write_guide, write_ranking
from schemas.manifest import Manifest
from schemas.result import Assessment
from scoring import Ruler

__all__ = ["write_results"]


def write_results(
    manifest: Manifest,
    results: Callable[[], Iterator[Assessment]],
    path: Path,
    *,
    ruler: Ruler | None = None,
) -> None:
    """Write the results workbook atomically; same content, same bytes.

    Args:
        manifest: the run; names of entities are printed as they stand there.
        results: gives the assessments of the scored entities, one at a time, in the order they
            are listed; called at most twice.
        path: where to write.
        ruler: the rules that made the results. Without it the shipped rules of the same edition
            are taken; when there are none, 复算 starts from the share of the points.

    Raises:
        ValueError: when an assessment is of an entity the manifest does not list as scored; so
            no real name can slip into an anonymous edition.
    """
    scored = {one.entity for one in manifest.entities if one.status == "scored"}
    first = next(results(), None)
    outside = 0 if first is None else sum(one.id != "report" for one in first.totals.blend)
    places = 2 if manifest.rules is None else manifest.rules.rounding_places
    with Book("0" if not places else "0." + "0" * places) as book:
        write_guide(book, manifest)
        write_ranking(book, manifest)
        write_matrices(book, manifest)
        gaps, rules = Gaps(book, manifest), RulesAndTargets(book, manifest)
        write_quality(book, manifest)
        problems = Problems(book, manifest)
        write_filing(book, manifest)
        again = Recalculation(book, rules_of(manifest.rules, ruler), outside)
        sections = (gaps, rules, problems, again)
        for result in results():
            if result.entity.name not in scored:
                raise ValueError(f"{result.entity.name} 不在本次评估的清单中")
            for section in sections:
                section.add(result)
        for section in sections:
            section.finish()
        made_on = None if first is None else first.as_of
        book.save(path, f"{manifest.title}评估结果", manifest.engine, made_on)
