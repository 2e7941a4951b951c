"""Which papers are whose: folders, file names, rosters, doubles, odd names."""

from __future__ import annotations

import os
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from assessor.city.finding import find_papers, plain_name
from assessor.city.planning import output_folders, plan_run
from assessor.city.roster import Roster, read_roster
from schemas.base import Level
from schemas.errors import AssessorError, SubmissionUnreadable
from schemas.manifest import RosterEntry

COMPOSED = "\u00e9\u00e8 县"
DECOMPOSED = unicodedata.normalize("NFD", COMPOSED)


def folder_of(base: Path, *paths: str) -> Path:
    """Make empty files; a name that ends in / is a folder."""
    for text in paths:
        path = base / text
        if text.endswith("/"):
            path.mkdir(parents=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("x")
    return base


def found_in(base: Path, *paths: str, roster=None) -> dict[str, tuple[str, str, int]]:
    """Return form, report and number of reviews by unit."""
    found = find_papers(folder_of(base, *paths), roster)
    return {
        one.entity: (
            one.form.name if one.form else "",
            one.report.name if one.report else "",
            len(one.reviews),
        )
        for one in found.papers
    }


def troubles_in(base: Path, *paths: str) -> dict[str, str]:
    return {
        one.entity: one.trouble
        for one in find_papers(folder_of(base, *paths)).papers
        if one.trouble
    }


def roster_of(*names: str) -> Roster:
    return Roster(tuple(RosterEntry(entity=name, level=None) for name in names), ())


def test_a_folder_gives_its_unit_the_name(tmp_path):
    found = found_in(tmp_path, "甲县/a.xlsx", "甲县/b.docx", "乙县/年报.pdf", "丙县/x.yaml")

    assert found == {
        "丙县": ("x.yaml", "", 0),
        "乙县": ("", "年报.pdf", 0),
        "甲县": ("a.xlsx", "b.docx", 0),
    }


def test_files_are_told_apart_by_what_is_left_of_their_names(tmp_path):
    found = found_in(
        tmp_path,
        "甲县2024年度填报表.xlsx",
        "甲县2024年法治政府建设年度报告.docx",
        "乙县人民政府关于2024年度法治政府建设情况的报告.pdf",
        "乙县-评审意见.xlsx",
        "丙县（2024）.json",
    )

    assert found == {
        "丙县": ("丙县（2024）.json", "", 0),
        "乙县": ("", "乙县人民政府关于2024年度法治政府建设情况的报告.pdf", 1),
        "甲县": ("甲县2024年度填报表.xlsx", "甲县2024年法治政府建设年度报告.docx", 0),
    }


def test_a_number_in_a_name_is_no_year(tmp_path):
    assert set(found_in(tmp_path, "第02024县2024填报表.yaml", "2024.yaml")) == {"第02024县", "2024"}


def test_names_of_the_roster_come_first(tmp_path):
    roster = roster_of("临江市", "云栖县", "云栖县城关镇")
    found = found_in(
        tmp_path,
        "2024关于报送临江市云栖县有关表格的函.xlsx",
        "云栖县城关镇工作.docx",
        "03 临江市/a.xlsx",
        roster=roster,
    )

    assert set(found) == {"云栖县", "云栖县城关镇", "临江市"}


def test_a_file_beside_the_folders_joins_the_folder_of_its_name(tmp_path):
    found = found_in(tmp_path, "甲县/填报表.xlsx", "甲县2024年报告.docx")

    assert found == {"甲县": ("填报表.xlsx", "甲县2024年报告.docx", 0)}


def test_hidden_and_half_saved_files_are_passed_over(tmp_path):
    found = found_in(
        tmp_path, "甲县/a.xlsx", "甲县/~$a.xlsx", "甲县/.b.docx", ".git/x.json", "__MACOSX/a.xlsx"
    )

    assert found == {"甲县": ("a.xlsx", "", 0)}


def test_files_nobody_can_read_are_listed_wherever_they_lie(tmp_path):
    found = find_papers(folder_of(tmp_path, "说明.rar", "甲县/a.xlsx", "甲县/照片.png", "甲县/旧/"))

    assert [path.name for path in found.unclaimed] == ["旧", "照片.png", "说明.rar"]


def test_doubles_are_named(tmp_path):
    found = troubles_in(
        tmp_path, "甲县/a.xlsx", "甲县/b.yaml", "乙县/a.docx", "乙县/b.pdf", "丙县/a.docx"
    )

    assert found == {
        "甲县": "有 2 份填报表（a.xlsx、b.yaml），请只留一份",
        "乙县": "有 2 份报告（a.docx、b.pdf），请只留一份",
    }


@pytest.mark.parametrize("inside", ["空县/", "空县/照片.png", "空县/评审意见.xlsx"])
def test_a_folder_without_form_or_report_is_named(tmp_path, inside):
    assert troubles_in(tmp_path, inside, "甲县/a.xlsx") == {
        "空县": "文件夹里没有填报表或报告，请补报或改用可读的格式"
    }


def test_two_folders_whose_names_look_alike_are_one_name(tmp_path):
    if len(list(folder_of(tmp_path, f"{COMPOSED}/a.xlsx", f"{DECOMPOSED}/b.docx").iterdir())) < 2:
        pytest.skip("this file system composes names itself")
    found = find_papers(tmp_path)

    assert [one.entity for one in found.papers] == [COMPOSED]
    assert found.papers[0].trouble == "有 2 个同名文件夹，请合并成一个"


def test_a_name_in_another_encoding_is_read_as_on_chinese_windows(tmp_path):
    try:
        (tmp_path / os.fsdecode("云栖县".encode("gb18030"))).mkdir()
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")

    assert [one.entity for one in find_papers(tmp_path).papers] == ["云栖县"]


def test_names_are_plain_text():
    assert plain_name(DECOMPOSED) == COMPOSED
    assert plain_name("甲\u202e县\x1b[31m\n") == "甲县[31m"
    assert plain_name("\u200b") == "_"
    assert plain_name(" 😀县 ") == "😀县"


def test_a_name_too_long_is_named(tmp_path):
    found = troubles_in(tmp_path, f"{'长' * 81}/a.xlsx", f"{'长' * 80}/a.xlsx")

    assert found == {"长" * 81: "单位名称有 81 字，最多 80 字；请改文件夹或文件的名称"}


def test_output_folders_are_safe_and_never_shared():
    names = ["甲县", "../x", "CON", "_CON", "a.", "A", "结果.xlsx", "😀", "长" * 200, "长" * 201]
    folders = output_folders(names)

    assert folders["甲县"] == "甲县"
    assert len({folder.casefold() for folder in folders.values()}) == len(names)
    for folder in folders.values():
        assert not set(folder) & set('/\\:*?"<>|')
        assert folder not in ("", ".", "..")
        assert not folder.endswith((".", " ", ".xlsx"))
        assert folder.casefold() != "con"
        assert len(folder.encode()) <= 200


def test_output_folders_do_not_depend_on_the_order():
    names = ["a县", "A县", "b县"]

    assert output_folders(names) == output_folders(names[::-1])


def plan_of(city, folder: Path, out: Path):
    return plan_run(folder, out, city.PLAIN)


def test_the_output_folder_is_no_unit(city, tmp_path):
    folder = folder_of(tmp_path, "甲县/a.xlsx", "out/manifest.json", "out/结果.xlsx")

    assert [one.entity for one in plan_of(city, folder, tmp_path / "out").papers] == ["甲县"]


def test_the_folder_read_cannot_be_the_one_written(city, tmp_path):
    folder = folder_of(tmp_path, "甲县/a.xlsx")
    with pytest.raises(AssessorError, match="就是材料目录；请用 -o 另指定"):
        plan_of(city, folder, tmp_path / "甲县" / "..")


@pytest.mark.parametrize("files", [(), ("说明.rar",), (".git/x.json",)])
def test_a_folder_without_papers_is_refused(city, tmp_path, files):
    folder = folder_of(tmp_path / "in", *files)
    folder.mkdir(exist_ok=True)
    with pytest.raises(AssessorError, match="里没有填报表或报告"):
        plan_of(city, folder, tmp_path / "out")


def test_a_missing_folder_is_refused(city, tmp_path):
    with pytest.raises(AssessorError, match="没有文件夹"):
        plan_of(city, tmp_path / "none", tmp_path / "out")


@pytest.fixture
def write_roster(tmp_path):
    def _write(*rows) -> Path:
        from openpyxl import Workbook

        book = Workbook()
        for row in rows:
            book.active.append(row)
        book.save(tmp_path / "名单.xlsx")
        return tmp_path / "名单.xlsx"

    return _write


def test_a_roster_is_read_whatever_the_order_of_its_columns(write_roster):
    head = ("序号", "报送日期", "单位", "应报日期", "层级", "所属地区")
    row = (1, "2025-03-02", " 甲县 ", date(2025, 3, 1), "县级", "临江市、甲县")
    found = read_roster(write_roster(head, row, (2, None, None, None, None, None)))

    assert found.faults == ()
    assert found.entries == (
        RosterEntry(
            entity="甲县",
            level=Level.COUNTY,
            regions=("甲县", "临江市"),
            due_on=date(2025, 3, 1),
            filed_on=date(2025, 3, 2),
        ),
    )


def test_bad_cells_of_a_roster_are_named_and_the_rest_is_taken(write_roster):
    found = read_roster(
        write_roster(("单位", "层级", "应报日期"), ("甲县", "州府", "三月"), ("甲县", None, None))
    )

    assert [entry.entity for entry in found.entries] == ["甲县"]
    assert [fault.split(" ")[0] for fault in found.faults] == [
        "名单.xlsx!Sheet!第2行",
        "名单.xlsx!Sheet!第2行",
        "名单.xlsx!Sheet!第3行",
    ]


@pytest.mark.parametrize("rows", [(), (("名称", "层级"),)])
def test_a_roster_without_the_unit_column_is_refused(write_roster, rows):
    with pytest.raises(SubmissionUnreadable, match="第一行应有“单位”列"):
        read_roster(write_roster(*rows))


@pytest.mark.parametrize("content", [b"", b"x" * 100, b"PK\x03\x04" + b"x" * 100])
def test_a_damaged_roster_is_refused(tmp_path, content):
    path = tmp_path / "名单.xlsx"
    path.write_bytes(content)
    with pytest.raises(SubmissionUnreadable, match=r"名单\.xlsx"):
        read_roster(path)
