"""`assessor batch`: every layout, every refusal, and one bad paper never stops the others."""

from __future__ import annotations

import json

import pytest
from openpyxl import Workbook

from assessor.city.executor import Done, InProcess, WorkerDied
from assessor.cli import cities

pytestmark = pytest.mark.slow


@pytest.fixture
def batch(cli, city, tmp_path, monkeypatch):
    """Run the command in this process over `in` and return what it left: code, streams, units."""
    monkeypatch.setattr("assessor.city.executor.Processes", lambda *_, **__: InProcess())

    def _batch(*more: str):
        folder, out = tmp_path / "in", tmp_path / "out"
        found = cli("batch", folder, "-o", out, "--no-pages", "--as-of", city.DAY, *more)
        path = out / "manifest.json"
        found.manifest = json.loads(path.read_bytes()) if path.exists() else None
        entries = found.manifest["entities"] if found.manifest else ()
        found.units = {one["entity"]: one for one in entries}
        return found

    return _batch


def statuses(found) -> dict[str, str]:
    return {name: unit["status"] for name, unit in found.units.items()}


def write_roster(path, *rows) -> None:
    book = Workbook()
    for row in (("单位", "层级", "所属地区", "应报日期", "报送日期"), *rows):
        book.active.append(row)
    book.save(path)


def test_a_good_city_ends_with_its_table_and_exit_0(batch, city, tmp_path):
    city.write_forms(tmp_path / "in", "甲县", "乙县")
    found = batch("--title", "临江市")

    assert found.code == 0
    assert found.out.startswith("临江市　2024年度　共 2 个单位，评分 2 个")
    assert "需要人处理" not in found.out


def test_form_and_report_of_a_unit_are_scored_as_one(batch, city, tmp_path):
    city.write_forms(tmp_path / "in", "甲县", "乙县")
    (tmp_path / "in" / "甲县2024年法治政府建设年度报告.txt").write_text(
        city.report_of("甲县"), "utf-8"
    )
    found = batch()

    assert statuses(found) == {"乙县": "scored", "甲县": "scored"}
    assert [(file["role"], file["name"]) for file in found.units["甲县"]["inputs"]] == [
        ("form", "甲县/填报表.yaml"),
        ("report", "甲县2024年法治政府建设年度报告.txt"),
    ]


def test_a_report_alone_is_scored_under_the_name_of_its_folder(batch, city, tmp_path):
    (tmp_path / "in" / "甲县").mkdir(parents=True)
    (tmp_path / "in" / "甲县" / "报告.txt").write_text(city.report_of("甲县"), "utf-8")
    write_roster(tmp_path / "in" / "名单.xlsx", ("甲县", "县级", "临江市", None, None))
    found = batch()

    assert statuses(found) == {"甲县": "scored"}
    assert found.units["甲县"]["level"] == "county"


def test_a_folder_with_a_mere_number_leaves_the_name_to_the_papers(batch, city, tmp_path):
    for number, name in (("1", "甲县"), ("2", "乙县")):
        (tmp_path / "in" / number).mkdir(parents=True)
        (tmp_path / "in" / number / "报告.txt").write_text(city.report_of(name), "utf-8")
    (tmp_path / "in" / "1" / "填报表.yaml").write_text(city.form_of("甲县"), "utf-8")
    found = batch()

    assert statuses(found) == {"乙县": "scored", "甲县": "scored"}


BAD = {
    "坏表": ("填报表.yaml", "schema: submission/1\nentity: ["),
    "假表": ("填报表.xlsx", "not a workbook"),
    "错值": ("填报表.yaml", None),
    "空报": ("报告.txt", ""),
    "双份": ("b.yaml", "x"),
}


def test_bad_papers_are_named_and_the_others_are_scored(batch, city, tmp_path):
    city.write_forms(tmp_path / "in", "甲县", "乙县", "双份")
    for name, (file, text) in BAD.items():
        (tmp_path / "in" / name).mkdir(exist_ok=True)
        wrong = city.form_of(name).replace("value: 96\n", "value: 95\n", 1)
        (tmp_path / "in" / name / file).write_text(wrong if text is None else text, "utf-8")
    found = batch()

    assert found.code == 1
    assert {name for name, status in statuses(found).items() if status == "scored"} == {
        "甲县",
        "乙县",
    }
    assert set(statuses(found)) == {"甲县", "乙县", *BAD}
    for name in BAD:
        reason = found.units[name]["reason"]
        assert reason
        assert reason.splitlines()[0] in found.out
        assert BAD[name][0] in reason  # the file is named
    assert "第" in found.units["坏表"]["reason"]
    assert "需要人处理" in found.out


def test_stopping_on_errors_writes_no_city(batch, city, tmp_path):
    city.write_forms(tmp_path / "in", "甲县")
    (tmp_path / "in" / "坏表").mkdir()
    (tmp_path / "in" / "坏表" / "a.yaml").write_text("[")
    found = batch("--on-error", "stop")

    assert found.code == 1
    assert found.manifest is None
    assert "坏表" in found.out
    assert (tmp_path / "out" / "甲县" / "甲县2024.json").is_file()


def test_two_units_of_one_name_are_refused_and_both_places_named(batch, city, tmp_path):
    city.write_forms(tmp_path / "in", "甲县")
    for place in ("A", "B"):
        (tmp_path / "in" / place).mkdir()
        (tmp_path / "in" / place / "f.yaml").write_text(city.form_of("乙县"), "utf-8")
    found = batch()

    assert found.code == 1
    assert statuses(found) == {"A": "blocked", "B": "blocked", "甲县": "scored"}
    assert found.units["A"]["reason"] == (
        "单位“乙县”有 2 份材料（A/f.yaml、B/f.yaml），请只保留一份"
    )


def test_a_form_in_the_folder_of_another_unit_is_refused(batch, city, tmp_path):
    city.write_forms(tmp_path / "in", "甲县", "乙县")
    (tmp_path / "in" / "甲县" / "填报表.yaml").write_text("[", "utf-8")
    (tmp_path / "in" / "乙县" / "填报表.yaml").write_text(city.form_of("甲县"), "utf-8")
    found = batch()

    assert found.code == 1
    assert "材料放在“乙县”名下，里面写的却是“甲县”" in found.units["乙县"]["reason"]
    assert found.units["甲县"]["status"] == "unreadable"


def test_another_year_or_period_is_refused_beside_the_rest(batch, city, tmp_path):
    city.write_forms(tmp_path / "in", "甲县", "乙县", "丁县")
    city.write_forms(tmp_path / "in", "旧县", year=2023)
    half = city.form_of("半年县").replace("from: 2024-01-01", "from: 2024-07-01")
    (tmp_path / "in" / "半年县.yaml").write_text(half, "utf-8")
    found = batch()

    assert found.code == 1
    assert [name for name, status in statuses(found).items() if status != "scored"] == [
        "半年县",
        "旧县",
    ]
    assert "报告年度为 2023 年" in found.units["旧县"]["reason"]
    assert "2024-07-01 至 2024-12-31" in found.units["半年县"]["reason"]


def test_missing_and_late_units_of_the_roster_are_named(batch, city, tmp_path):
    city.write_forms(tmp_path / "in", "甲县", "乙县")
    (tmp_path / "in" / "空县").mkdir()
    write_roster(
        tmp_path / "in" / "名单.xlsx",
        ("甲县", "县级", "临江市", "2025-03-01", "2025-03-01"),
        ("乙县", "县级", "临江市", "2025-03-01", "2025-03-02"),
        ("丙县", "县级", "临江市", "2025-03-01", None),
        ("空县", None, None, None, None),
    )
    found = batch()

    assert found.code == 1
    assert statuses(found) == {
        "丙县": "missing",
        "乙县": "scored",
        "甲县": "scored",
        "空县": "missing",
    }
    assert [name for name, unit in found.units.items() if unit["is_late"]] == ["乙县"]
    assert "逾期报送（应报 2025-03-01，实报 2025-03-02）" in found.out
    assert "名单上有，没有找到填报表或报告" in found.out
    assert [file["role"] for file in found.manifest["inputs"]] == ["roster"]


def test_a_late_unit_is_known_by_the_name_in_its_form(batch, city, tmp_path):
    (tmp_path / "in" / "01").mkdir(parents=True)
    (tmp_path / "in" / "01" / "f.yaml").write_text(city.form_of("甲县"), "utf-8")
    write_roster(tmp_path / "in" / "名单.xlsx", ("甲县", None, None, "2025-03-01", "2025-04-01"))
    found = batch()

    assert found.code == 0
    assert statuses(found) == {"甲县": "scored"}
    assert found.units["甲县"]["is_late"]


def test_a_unit_that_kills_its_worker_is_set_aside_and_tried_again(
    batch, city, tmp_path, monkeypatch
):
    city.write_forms(tmp_path / "in", "甲县", "乙县")

    class Killed:
        def run(self, function, tasks):
            yield from InProcess().run(function, [one for one in tasks if one.entity != "乙县"])
            yield from (Done(one, error=WorkerDied()) for one in tasks if one.entity == "乙县")

    with monkeypatch.context() as patch:
        patch.setattr("assessor.city.executor.Processes", lambda *_, **__: Killed())
        first = batch()
    second = batch()

    assert first.code == 1
    assert statuses(first) == {"乙县": "set_aside", "甲县": "scored"}
    assert "已搁置" in first.out
    assert second.code == 0


HOSTILE = (
    "CON",
    "长" * 60,
    "县..",
    "😀县",
    "a'b",
    "$(touch x)",
    "乙\u202e县",
    "-o",
    "manifest.json",
)


@pytest.mark.parametrize("where", ["in the form", "of the folder"])
def test_hostile_names_never_leave_the_output_folder(batch, city, tmp_path, where):
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    names = (*HOSTILE, "../../外") if where == "in the form" else HOSTILE
    for number, name in enumerate(names):
        if where == "in the form":
            form = city.form_of("甲县").replace("name: 甲县", f'name: "{name}"', 1)
            (folder / f"第{number}.yaml").write_text(form, "utf-8")
        else:
            (folder / name).mkdir()
            (folder / name / "报告.txt").write_text(city.report_of("乙县"), "utf-8")

    def outside() -> set[object]:
        return {path for path in tmp_path.parent.rglob("*") if out not in path.parents}

    before = outside()
    found = batch()

    assert outside() - before == {out}
    assert [unit["reason"] for unit in found.units.values() if unit["reason"]] == []
    assert len(found.units) == len(names)
    for unit in found.units.values():
        for file in unit["outputs"]:
            assert (out / file["name"]).resolve().is_relative_to(out.resolve())
            assert (out / file["name"]).is_file()


def test_progress_is_a_plain_line_every_few_seconds(batch, city, tmp_path, monkeypatch):
    city.write_forms(tmp_path / "in", *(f"第{number}县" for number in range(9)))
    moments = iter(range(0, 1000, 2))
    monkeypatch.setattr(cities.time, "monotonic", lambda: next(moments))
    found = batch()
    lines = found.err.splitlines()

    # Told 9 times, 2 s apart on this clock: a line at 6, 12 and 18 s at the latest, and the last.
    assert [line.split(" ")[1] for line in lines] == ["3/9", "6/9", "9/9"]
    assert "\r" not in found.err
    assert "\x1b" not in found.err


def test_files_nobody_claims_are_told(batch, city, tmp_path):
    city.write_forms(tmp_path / "in", "甲县")
    (tmp_path / "in" / "甲县" / "附图.png").write_text("x")
    found = batch()

    assert found.code == 0
    assert "没有采用 甲县/附图.png：不是填报表、报告或名单" in found.err
