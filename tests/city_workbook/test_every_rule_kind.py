"""One line of every rule, worked out on paper, computed by LibreOffice."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from assessor.city.workbook import write_results
from schemas.base import Provenance
from schemas.checks import CheckSet
from schemas.framework import Framework, Scheme
from schemas.submission import Submission
from schemas.target import Item, Source, TargetSet
from scoring import Choice, Rulebook, assess, make_ruler, shipped_rulebook

pytestmark = pytest.mark.slow
OWN = {"provenance": "house", "source": "house"}
CHECKED = date(2026, 11, 22)


class Line(NamedTuple):
    """A rule worth 10 points, its target, an answer, and what it earns."""

    rule: dict[str, object]
    unit: str
    answer: dict[str, object]
    points: str
    why: str
    target: tuple[str, object] | None = None


LINES = {
    code: Line(**fields)
    for code, fields in yaml.safe_load(
        Path(__file__).with_name("every_kind.yaml").read_text(encoding="utf-8")
    ).items()
}
SUM = Decimal("112.63")
"""8.57+7.5+6.67+3.33+7+5 = 38.07; +5+10+5+7.5+5+5+6+8.5 = 90.07; +3.33+1.23+8+10 = 112.63."""


def ruler_of(mode: str):
    """Build a framework of the lines above, ten points each."""
    nodes = [{"code": "X", "label": "全部"}]
    nodes += [
        {"code": code, "label": code, "parent": "X", "points": 10, "rule": line.rule}
        for code, line in LINES.items()
    ]
    framework = {
        "schema": "framework/1",
        "id": "every-kind",
        "edition": "1",
        "label": "各类规则",
        "checked_on": CHECKED,
        "status": "scorable",
        "full_mark": 10 * len(LINES),
        "scheme": "plain",
        "nodes": nodes,
        **OWN,
    }
    unknown = ("not_reported", "not_assessable", "pending_review", "not_applicable")
    rows = [{"outcome": one, "action": "zero"} for one in unknown]
    rows.append({"outcome": "not_due", "action": "progress"})
    alone = {"id": "report", "label": "报告", "weight": 100}
    scheme = {
        "schema": "scheme/1",
        "id": "plain",
        "label": "方案",
        "rounding": {"places": 2, "mode": mode},
        "bands": [{"grade": "好", "min": 60}, {"grade": "差", "min": 0}],
        "policies": [{"id": "zero", "label": "零", "outcomes": rows}],
        "default_policy": {"binding": "zero", "reference": "zero"},
        "blends": [{"id": "report-only", "label": "报告", "provenance": "house", "parts": [alone]}],
        **OWN,
    }
    items = {
        name: Item(id=name, label=name, unit=line.unit, definition=name)
        for line in LINES.values()
        for name in line.rule.get("items", [line.rule.get("item")])
    }
    book = Rulebook(
        units=shipped_rulebook().units,
        items=items,
        sources={"house": Source(id="house", title="自拟", provenance=Provenance.HOUSE)},
        frameworks={"every-kind": Framework.model_validate(framework)},
        weight_sets={},
        schemes={"plain": Scheme.model_validate(scheme)},
        target_sets={"plan": plan()},
        checks=CheckSet(schema="checks/1", severities=()),
    )
    return make_ruler(book, Choice(framework="every-kind"))


def plan() -> TargetSet:
    targets = [
        {
            "id": f"T{code}",
            "label": code,
            "item": line.rule["item"],
            "kind": "quantified",
            "comparator": line.target[0],
            "unit": line.unit,
            "levels": ["county"],
            "clause": "第一条",
            "values": [{"from": "2021-01-01", "value": line.target[1], "due_basis": "ongoing"}],
        }
        for code, line in LINES.items()
        if line.target is not None
    ]
    return TargetSet.model_validate(
        {
            "schema": "target-set/1",
            "id": "plan",
            "label": "规划",
            "checked_on": CHECKED,
            "region": "丙市",
            "level": "city",
            "period": {"from": "2021-01-01", "to": "2030-12-31"},
            "targets": targets,
            **OWN,
        }
    )


def assessed(make, ruler, **changed):
    """Assess the answers above; `changed` replaces those of some lines."""
    answers = []
    for code, line in LINES.items():
        said = changed.get(code, line.answer)
        if line.rule["kind"] == "checklist":
            answers += [{"item": name, "value": value} for name, value in said.items()]
        elif said:
            answers.append({"item": line.rule["item"]} | said)
    submission = Submission.model_validate(
        {
            "schema": "submission/1",
            "entity": {"name": "甲县", "level": "county", "regions": ["甲县", "丙市"]},
            "period": {"from": "2025-01-01", "to": "2025-12-31"},
            "answers": answers,
            "benchmarks": [
                {"key": key, "value": 4, "source": "全市均值"} for key in ("b5", "b6", "b7")
            ],
        }
    )
    review = make.review_of("甲县", {"kind": "expert_score", "code": "b9", "score": "85"})
    return assess(submission, ruler, review=review)


@pytest.fixture(scope="module")
def computed(make, tmp_path_factory):
    """Compute the lines rounded half up and half even, and once with a figure changed by hand."""
    folder = tmp_path_factory.mktemp("kinds")
    found, paths = {}, []
    for mode in ("half_up", "half_even"):
        ruler = ruler_of(mode)
        found[mode] = assessed(make, ruler)
        paths.append(folder / f"{mode}.xlsx")
        results = [found[mode]]
        write_results(make.manifest_of(results), lambda r=results: iter(r), paths[-1], ruler=ruler)
    paths.append(folder / "changed.xlsx")
    with_other_value(paths[0], paths[-1], "90", "88")
    names = ("half_up", "half_even", "changed")
    return found, dict(zip(names, make.recalculate(paths, folder), strict=True))


def with_other_value(path, changed, before, after):
    """Type another figure over the value of line A1, as a reader of the sheet would."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            content = source.read(name).decode()
            if f">{LINES['A1'].points}</v>" in content and "COUNT(H" in content:
                row = re.search(r'<c r="B(\d+)"[^>]*><is><t[^>]*>A1</t>', content)[1]
                content, count = re.subn(
                    rf'(<c r="H{row}"[^>]*><v>){before}(</v>)', rf"\g<1>{after}\g<2>", content
                )
                assert count == 1
            target.writestr(name, content)


@pytest.mark.parametrize("code", LINES)
def test_line_earns_what_paper_says(make, computed, code):
    found, files = computed
    part = next(one for one in found["half_up"].indicators if one.code == code).parts[0]
    row = next(one for one in make.rows_of(files["half_up"], "复算") if one["编号"] == code)

    assert part.points == Decimal(LINES[code].points), LINES[code].why
    assert row["复算得分"] == float(LINES[code].points), LINES[code].why


def test_total_is_the_sum_of_the_lines(make, computed):
    found, files = computed
    (row,) = make.rows_of(files["half_up"], "复算汇总")

    assert found["half_up"].totals.total_points == SUM
    assert row["复算总分"] == float(SUM)
    assert row["核对"] == "相符"


def test_half_even_rounds_a_true_half_to_the_even_neighbour(make, computed):
    """12.25 % of 10 points is 1.225: 1.22 instead of 1.23, and the total with it."""
    _, files = computed
    lines = {row["编号"]: row for row in make.rows_of(files["half_even"], "复算")}
    (row,) = make.rows_of(files["half_even"], "复算汇总")

    assert lines["C2"]["复算得分"] == 1.22
    assert lines["A1"]["复算得分"] == 8.57
    assert row["复算总分"] == float(SUM - Decimal("0.01"))
    assert row["核对"] == "相符"


def test_a_figure_typed_over_moves_line_and_total(make, computed):
    """88: (88-60)/35 = 0.8, so 8.00 instead of 8.57; the printed total no longer agrees."""
    _, files = computed
    lines = {row["编号"]: row for row in make.rows_of(files["changed"], "复算")}
    (row,) = make.rows_of(files["changed"], "复算汇总")

    assert lines["A1"]["复算得分"] == 8
    assert lines["A1"]["差"] == -0.57
    assert row["复算总分"] == float(SUM - Decimal("0.57"))
    assert row["核对"] == "不符"


def test_a_changed_figure_gives_what_the_engine_gives(make):
    result = assessed(make, ruler_of("half_up"), A1={"value": "88"})

    assert result.totals.total_points == SUM - Decimal("0.57")
