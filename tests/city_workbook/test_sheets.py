"""The workbook as a reader finds it: sheets, filters, colours, print; safe and repeatable."""

from __future__ import annotations

import re
import resource
import zipfile
from datetime import date

import pytest
from openpyxl import load_workbook

from assessor.city.workbook import write_results
from schemas.issue import Issue, IssueCode, Location, Severity
from schemas.manifest import EntityEntry, Question

NASTY = ("=HYPERLINK(乙)", "+乙县", "-乙县", "@乙县", "=1+1", "_x0041_县", "a<b>&c\x0b县")
TITLES = [
    "说明",
    "排名",
    "图表",
    "得分矩阵",
    "结论矩阵",
    "整改清单",
    "规则与目标",
    "数据质量",
    "数据问题",
    "晚报缺报",
    "复算",
    "复算汇总",
    "复算参数",
]


@pytest.fixture(scope="module")
def city(make, with_doubt, tmp_path_factory):
    """Write the workbook of a city with every sort of trouble."""
    ruler = make.ruler_of()
    results = make.city_of(ruler, 8)
    extra = tuple(
        EntityEntry(
            entity=name,
            level="county",
            mode=None,
            status="missing",
            due_on=date(2025, 3, 31),
            reason="=cmd|' /C calc'!A0",
        )
        for name in NASTY
    )
    issue = Issue(
        code=IssueCode.FILE_UNREADABLE,
        severity=Severity.ERROR,
        location=Location(file="=坏.xlsx"),
    )
    question = Question(
        entity="甲003县", kind="copy", subject="报告", found="@雷同", compared_with="甲004县"
    )
    manifest = with_doubt(results, ruler, extra=extra, issues=(issue,), questions=(question,))
    path = tmp_path_factory.mktemp("sheets") / "结果.xlsx"
    write_results(manifest, lambda: iter(results), path, ruler=ruler)
    return manifest, results, path


@pytest.fixture(scope="module")
def workbook(city):
    return load_workbook(city[2])


def test_sheets_come_in_the_order_the_guide_names(workbook):
    guide = [row[0].value for row in workbook["说明"].iter_rows(min_row=2) if row[0].value]

    assert workbook.sheetnames == TITLES
    assert guide[-len(TITLES) + 1 :] == TITLES[1:]


@pytest.mark.parametrize(
    "title", [one for one in TITLES if one not in ("说明", "图表", "复算参数")]
)
def test_lists_are_filtered_frozen_and_repeat_their_heading(workbook, title):
    sheet = workbook[title]
    row = int(re.search(r"\d+", sheet.freeze_panes)[0])

    assert sheet.auto_filter.ref.startswith(f"A{row - 1}:")
    assert sheet.print_title_rows == f"$1:${row - 1}"
    assert sheet.cell(row - 1, 1).font.b


@pytest.mark.parametrize("title", TITLES)
def test_pages_are_landscape_and_fit_the_width(workbook, title):
    setup = workbook[title].page_setup

    assert setup.orientation == "landscape"
    assert workbook[title].sheet_properties.pageSetUpPr.fitToPage
    assert setup.fitToWidth in (1, 2)
    assert "&P" in workbook[title].oddFooter.center.text


@pytest.mark.parametrize(
    ("title", "kinds"),
    [
        ("排名", {"iconSet", "dataBar"}),
        ("得分矩阵", {"expression"}),
        ("结论矩阵", {"cellIs"}),
        ("整改清单", {"dataBar"}),
        ("数据质量", {"dataBar", "cellIs"}),
        ("复算", {"expression"}),
        ("复算汇总", {"cellIs"}),
    ],
)
def test_numbers_and_words_are_coloured_by_rules(workbook, title, kinds):
    found = {rule.type for one in workbook[title].conditional_formatting for rule in one.rules}

    assert found == kinds


def test_charts_draw_the_grades_and_both_lists(workbook):
    charts = workbook["图表"]._charts

    assert len(charts) == 3
    assert all(chart.x_axis.delete is False and chart.y_axis.delete is False for chart in charts)


def test_binding_and_reference_are_ranked_apart(make, city):
    manifest, _, path = city
    rows = make.rows_of(path, "排名")
    lists = (("约束性考核", manifest.ranking.binding), ("参照评估", manifest.ranking.reference))
    wanted = [
        (words, line.rank, line.entity, float(line.total_points))
        for words, lines in lists
        for line in lines
    ]

    assert {words for words, *_ in wanted} == {"约束性考核", "参照评估"}
    assert [(r["性质"], r["名次"], r["单位"], r["总分"]) for r in rows] == wanted


def test_matrix_holds_the_points_of_every_entity_and_indicator(make, city):
    manifest, _, path = city
    rows = {row["单位"]: row for row in make.rows_of(path, "得分矩阵")}
    scored = [one for one in manifest.entities if one.status == "scored"]

    assert set(rows) == {one.entity for one in scored}
    for entity in scored:
        for one in entity.indicators:
            shown = rows[entity.entity][one.code]
            assert shown == (float(one.points) if one.max_points else "—")
            assert rows[entity.entity][f"{one.code}满分"] == float(one.max_points)


def test_text_never_becomes_a_formula(city):
    """Names and reasons that look like formulas are inline strings, marked as text."""
    with zipfile.ZipFile(city[2]) as archive:
        names = archive.namelist()
        sheets = {
            title: archive.read(f"xl/worksheets/sheet{place}.xml").decode()
            for place, title in enumerate(TITLES, start=1)
        }
        styles = archive.read("xl/styles.xml").decode()
    formulas = {title for title, content in sheets.items() if "<f>" in content}
    cell = re.search(
        r'<c r="[A-Z]+\d+" s="(\d+)" t="inlineStr"><is><t[^>]*>=cmd', sheets["晚报缺报"]
    )
    formats = re.search(r"<cellXfs[^>]*>(.*?)</cellXfs>", styles)[1].split("<xf ")[1:]

    assert formulas == {"复算", "复算汇总"}
    assert 'quotePrefix="1"' in formats[int(cell[1])]
    assert not any("external" in name.lower() for name in names)
    assert not any(word in "".join(sheets.values()) for word in ("hyperlink ", "DDE(", "[1]"))


def test_only_texts_that_look_like_formulas_bear_the_quote_mark(workbook):
    marked = {
        cell.value[0]
        for sheet in workbook.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.quotePrefix
    }

    assert marked == set("=+-@")


def test_odd_names_are_read_back_as_they_were(workbook):
    shown = [row[0].value for row in workbook["晚报缺报"].iter_rows(min_row=3)]

    assert [one.replace("_x005F_", "_") for one in shown] == sorted(
        name.replace("\x0b", "") for name in NASTY
    )


def test_same_city_gives_the_same_bytes(city, tmp_path):
    manifest, results, path = city
    again = tmp_path / "again.xlsx"
    write_results(manifest, lambda: iter(results), again)

    assert again.read_bytes() == path.read_bytes()


def test_document_bears_the_day_of_the_assessment(workbook):
    properties = workbook.properties

    assert properties.created.date() == properties.modified.date() == date(2024, 12, 31)


def test_an_entity_the_manifest_does_not_list_is_refused(city, tmp_path):
    manifest, results, _ = city
    secret = results[0].model_copy(
        update={"entity": results[0].entity.model_copy(update={"name": "真名县"})}
    )

    with pytest.raises(ValueError, match="真名县"):
        write_results(manifest, lambda: iter([secret]), tmp_path / "secret.xlsx")

    assert list(tmp_path.iterdir()) == []


def test_a_city_nobody_could_score_still_has_its_workbook(make, tmp_path):
    missing = EntityEntry(entity="乙县", level="county", mode=None, status="missing")
    path = tmp_path / "empty.xlsx"
    write_results(make.manifest_of([], extra=(missing,)), lambda: iter(()), path)

    assert load_workbook(path).sheetnames == TITLES
    assert [row["单位"] for row in make.rows_of(path, "晚报缺报")] == ["乙县"]


@pytest.mark.slow
def test_two_hundred_entities_are_written_in_little_memory(make, tmp_path):
    ruler = make.ruler_of()
    few = make.city_of(ruler, 10)
    results = [
        one.model_copy(
            update={"entity": one.entity.model_copy(update={"name": f"{one.entity.name}{copy}"})}
        )
        for copy in range(20)
        for one in few
    ]
    manifest = make.manifest_of(results)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    write_results(manifest, lambda: iter(results), tmp_path / "large.xlsx", ruler=ruler)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before

    assert grown < 100_000  # kilobytes
    assert len(results) == 200
