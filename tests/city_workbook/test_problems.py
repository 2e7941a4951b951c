"""数据问题: what waits, what is wrong, and what the anonymous edition keeps back."""

from __future__ import annotations

import zipfile
from decimal import Decimal

import pytest

from assessor.city.workbook import write_results
from schemas.issue import Issue, IssueCode, Location, Severity
from schemas.result import WaitingLine


@pytest.fixture(scope="module")
def city(make):
    """Return a small city whose run found a file nobody claims."""
    results = make.city_of(make.ruler_of(framework="core-15"), 3)
    issue = Issue(
        code=IssueCode.FILE_UNREADABLE, severity=Severity.ERROR, location=Location(file="坏.xlsx")
    )
    return make.manifest_of(results, issues=(issue,)), results


@pytest.mark.parametrize(
    "wanted",
    [
        (False, "第3段", "97%；须复核；采用后总分变化 +1.50。原文：“覆盖率97%”"),
        (True, None, "97%；须复核；采用后总分变化 +1.50"),
    ],
)
def test_waiting_figures_say_what_accepting_them_would_do(make, city, tmp_path, wanted):
    manifest, results = city
    is_anonymous, place, words = wanted
    line = WaitingLine(
        item="x",
        label="覆盖率",
        indicators=("A1",),
        quote="覆盖率97%",
        place="第3段",
        value="97%",
        reason="须复核",
        total_if_accepted=Decimal(3),
        change=Decimal("1.50"),
    )
    path = tmp_path / "waiting.xlsx"
    shown = manifest.model_copy(update={"is_anonymous": is_anonymous})
    told = [results[0].model_copy(update={"waiting": (line,)})]
    write_results(shown, lambda: iter(told), path)
    row = next(row for row in make.rows_of(path, "数据问题") if row["性质"] == "待复核")

    assert (row["单位"], row["填报项"]) == ("甲000县", "覆盖率 A1")
    assert (row["位置"], row["内容"]) == (place, words)


def test_anonymous_edition_keeps_places_quotes_and_findings_back(make, city, tmp_path):
    manifest, results = city
    issue = Issue(
        code=IssueCode.VALUE_NOT_NUMBER,
        severity=Severity.WARNING,
        location=Location(file="真名县.xlsx", place="D12"),
        found="真名县的数",
    )
    told = [one.model_copy(update={"issues": (issue,)}) for one in results]
    path = tmp_path / "anonymous.xlsx"
    hidden = manifest.model_copy(update={"is_anonymous": True})
    write_results(hidden, lambda: iter(told), path)
    with zipfile.ZipFile(path) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist()).decode()

    assert "真名县" not in everything
    assert "坏.xlsx" not in everything
    assert {row["适用单位"] for row in make.rows_of(path, "规则与目标")} == {None}


def test_findings_name_the_place_and_what_to_do(make, city, tmp_path):
    manifest, results = city
    path = tmp_path / "open.xlsx"
    write_results(manifest, lambda: iter(results), path)
    (row,) = make.rows_of(path, "数据问题")

    assert (row["单位"], row["性质"], row["位置"]) == ("（全市）", "错误", "坏.xlsx")
    assert row["内容"] == "文件无法读取。按提示更换或修复文件后重新提交。"
