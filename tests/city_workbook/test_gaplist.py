"""整改清单 of one entity: the report's table, as a workbook and as a Word document."""

from __future__ import annotations

import re
import zipfile
from datetime import date

import pytest
from defusedxml import ElementTree
from openpyxl import load_workbook

from assessor.city.gaplist import NOTHING, write_gap_lists
from assessor.view import tables
from schemas.submission import Entity

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HEADINGS = [
    "序号",
    "指标",
    "发现的问题",
    "依据条款",
    "可增分",
    "整改建议",
    "责任单位",
    "期限",
    "复核",
]


@pytest.fixture(scope="module")
def result(make):
    return make.city_of(make.ruler_of(), 2)[1]


@pytest.fixture(scope="module")
def lists(result, tmp_path_factory):
    return write_gap_lists(result, tmp_path_factory.mktemp("gaps"))


def wanted(result):
    """Return the rows as the report prints them."""
    return [
        [g.number, f"{g.code} {g.label}", g.finding, g.basis, g.gain, g.remedy, g.owner, "", ""]
        for g in tables.gaps(result)
    ]


def document_of(path):
    with zipfile.ZipFile(path) as archive:
        return ElementTree.fromstring(archive.read("word/document.xml"))


def table_of(path) -> list[list[str]]:
    return [
        ["".join(t.text or "" for t in cell.iter(f"{W}t")) for cell in row.iter(f"{W}tc")]
        for row in document_of(path).iter(f"{W}tr")
    ]


def renamed(result, name):
    entity = Entity(name=name, level=result.level, regions=(name,))
    return result.model_copy(update={"entity": entity})


def test_files_are_named_after_entity_and_year(lists):
    assert [path.name for path in lists] == [
        "甲001县2024-整改清单.xlsx",
        "甲001县2024-整改清单.docx",
    ]


def test_document_holds_the_table_of_the_report(result, lists):
    heading, *rows = table_of(lists[1])

    assert len(rows) == len(result.gaps) > 10
    assert heading == HEADINGS
    assert rows == wanted(result)


def test_workbook_holds_the_table_of_the_report(result, lists):
    sheet = load_workbook(lists[0])["整改清单"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    start = rows.index(HEADINGS)
    gains = {one.code: one.points_to_gain for one in result.indicators}
    texts = [[*row[:4], *row[5:7]] for row in wanted(result)]

    assert [[str(row[0]), *row[1:4], *row[5:7]] for row in rows[start + 1 :]] == texts
    assert [row[4] for row in rows[start + 1 :]] == [float(gains[code]) for code in result.gaps]
    assert sheet.freeze_panes == f"C{start + 2}"


def test_document_is_landscape_and_repeats_its_heading(lists):
    document = document_of(lists[1])
    page = next(document.iter(f"{W}pgSz"))
    rows = list(document.iter(f"{W}tr"))
    repeated = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]

    assert page.get(f"{W}orient") == "landscape"
    assert (page.get(f"{W}w"), page.get(f"{W}h")) == ("16838", "11906")
    assert repeated == [True] + [False] * (len(rows) - 1)
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_columns_fill_the_width_between_the_margins(lists):
    document = document_of(lists[1])
    margins = next(document.iter(f"{W}pgMar"))
    inner = 16838 - int(margins.get(f"{W}left")) - int(margins.get(f"{W}right"))

    assert sum(int(one.get(f"{W}w")) for one in document.iter(f"{W}gridCol")) == inner


def test_document_names_fonts_that_may_stand_in(lists):
    with zipfile.ZipFile(lists[1]) as archive:
        fonts = archive.read("word/fontTable.xml").decode()

    assert re.search(r'w:name="仿宋"><w:altName w:val="[^"]*FangSong', fonts)
    assert re.search(r'w:name="黑体"><w:altName w:val="[^"]*SimHei', fonts)


def test_every_part_of_the_document_is_declared_and_well_formed(lists):
    with zipfile.ZipFile(lists[1]) as archive:
        names = archive.namelist()
        types = archive.read("[Content_Types].xml").decode()
        links = re.findall(r'Target="([^"]+)"', archive.read("_rels/.rels").decode())
        for name in names:
            ElementTree.fromstring(archive.read(name))

    assert names[0] == "[Content_Types].xml"
    assert set(links) <= set(names)
    assert all(f"/{n}" in types for n in names if not n.endswith(".rels") and n != names[0])


def test_plans_behind_the_clauses_are_named(lists):
    text = "".join(t.text or "" for t in document_of(lists[1]).iter(f"{W}t"))

    assert "上级规划——嘉善县" in text
    assert "送达之日起30日" in text


def test_same_result_gives_the_same_bytes(result, lists, tmp_path):
    again = write_gap_lists(result, tmp_path)

    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in lists]


def test_both_bear_the_day_of_the_assessment(lists):
    found = []
    for path in lists:
        with zipfile.ZipFile(path) as archive:
            core = archive.read("docProps/core.xml").decode()
            found += re.findall(r">(\d{4}-\d\d-\d\d)T", core)
            stamps = {entry.date_time for entry in archive.infolist()}
        assert stamps == {(1980, 1, 1, 0, 0, 0)}

    assert found == [date(2024, 12, 31).isoformat()] * 4


@pytest.mark.parametrize("name", ["=1+1县", "<w:p>&县", "甲\x0b县"])
def test_odd_names_stay_text(result, tmp_path, name):
    paths = write_gap_lists(renamed(result, name), tmp_path)
    title = next(t.text for t in document_of(paths[1]).iter(f"{W}t"))
    cell = load_workbook(paths[0])["整改清单"]["A1"]
    shown = f"{name.replace(chr(11), '')}2024年度整改清单"

    assert title == shown
    assert (cell.value, cell.data_type) == (shown, "s")
    assert cell.quotePrefix is name.startswith("=")


def test_nothing_to_mend_is_said(result, tmp_path):
    paths = write_gap_lists(result.model_copy(update={"gaps": ()}), tmp_path)
    words = [t.text for t in document_of(paths[1]).iter(f"{W}t")]
    sheet = load_workbook(paths[0])["整改清单"]

    assert table_of(paths[1]) == []
    assert words[-1] == NOTHING
    assert sheet.cell(sheet.max_row, 2).value == NOTHING
