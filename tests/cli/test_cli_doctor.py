"""`assessor doctor`: every missing thing is named with the way to mend it."""

from __future__ import annotations

import sys

import pytest

from assessor import doctor
from schemas.errors import RenderError

APT = "sudo apt-get install -y libpango-1.0-0"


class _NoPango:
    """An importer that fails like a machine where the shared library is absent."""

    def find_spec(self, name, _path=None, _target=None):
        if name.partition(".")[0] == "weasyprint":
            raise OSError("cannot load library 'libgobject-2.0-0'\nmore lines")


@pytest.fixture
def without_pango(monkeypatch):
    for name in list(sys.modules):
        if name.partition(".")[0] == "weasyprint":
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [_NoPango(), *sys.meta_path])


def test_missing_pango_is_named_with_the_command_that_installs_it(without_pango, cli, tmp_path):  # noqa: ARG001 - a state of the machine
    ran = cli("doctor", "-o", tmp_path)

    assert ran.code == 1
    lines = ran.out.splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("× Pango"))
    assert "libgobject" in lines[at]
    assert lines[at + 1].strip().startswith(f"→ {APT}")
    assert "more lines" not in ran.out


def test_missing_pango_stops_no_other_check(without_pango, cli, tmp_path):  # noqa: ARG001 - as above
    names = [line[2:].split("：")[0] for line in cli("doctor", "-o", tmp_path).out.splitlines()]

    assert [name for name in names if not name.startswith("  ")] == [
        "Python",
        "规则文件",
        "模板",
        "Pango 排版库",
        "中文字体",
        "写入权限",
    ]


def test_scoring_needs_no_pango(without_pango, cli, good):  # noqa: ARG001 - as above
    assert cli("score", good).code == 0


def test_report_without_pango_is_told_to_run_doctor(without_pango, cli, good, tmp_path):  # noqa: ARG001 - as above
    ran = cli("report", good, "-o", tmp_path / "出单")

    assert ran.code == 1
    assert "assessor doctor" in ran.err
    assert "内部错误" not in ran.err


def test_output_folder_that_cannot_be_written_is_named(cli, tmp_path):
    (tmp_path / "占用").write_text("x", encoding="utf-8")

    ran = cli("doctor", "-o", tmp_path / "占用")

    assert ran.code == 1
    assert "× 写入权限" in ran.out
    assert "换一个可写的目录" in ran.out


def test_doctor_leaves_no_file_behind(cli, tmp_path):
    cli("doctor", "-o", tmp_path / "还没有")

    assert list(tmp_path.iterdir()) == []


def test_old_python_is_told_what_to_install(monkeypatch):
    monkeypatch.setattr(doctor, "OLDEST_PYTHON", (99, 0))

    check = doctor.examine(doctor.Path())[0]

    assert not check.is_sound
    assert "3.11" in check.remedy


def test_damaged_rules_are_told(monkeypatch):
    def unreadable():
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("scoring.read_library", unreadable)

    check = next(one for one in doctor.examine(doctor.Path()) if one.name == "规则文件")

    assert not check.is_sound
    assert check.remedy == "请重新安装本产品"


def test_missing_templates_are_told(monkeypatch):
    def gone():
        raise RenderError("找不到模板目录")

    monkeypatch.setattr("assessor.resources.template_root", gone)

    check = next(one for one in doctor.examine(doctor.Path()) if one.name == "模板")

    assert (check.is_sound, check.found) == (False, "找不到模板目录")


def test_font_that_lacks_characters_is_told_with_the_command(monkeypatch):
    monkeypatch.setattr("assessor.render.missing_glyphs", lambda _text: ("法", "治"))

    check = next(one for one in doctor.examine(doctor.Path()) if one.name == "中文字体")

    assert (check.is_sound, check.found) == (False, "缺 2 个字，如“法治”")
    assert "fonts-noto-cjk" in check.remedy


def test_font_that_lacks_only_rare_characters_is_good_enough(monkeypatch):
    monkeypatch.setattr("assessor.render.missing_glyphs", lambda _text: ("囧",))

    check = next(one for one in doctor.examine(doctor.Path()) if one.name == "中文字体")

    assert check.is_sound
    assert "囧" in check.found
