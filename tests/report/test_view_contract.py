"""The templates and the view agree: every field is used, nothing else is, nothing is computed."""

from __future__ import annotations

import ast
import dataclasses
import inspect
from pathlib import Path

import pytest
from jinja2 import UndefinedError, nodes
from markupsafe import Markup

from assessor.render import environment, result_json
from assessor.resources import template_root
from assessor.view import ReportView, build_view, model
from schemas.result import Assessment

VIEW_CLASSES = {
    cls.__name__: cls
    for _, cls in inspect.getmembers(model, inspect.isclass)
    if cls.__module__ == model.__name__
}
FIELDS = {
    (name, field.name) for name, cls in VIEW_CLASSES.items() for field in dataclasses.fields(cls)
}
TEMPLATES = sorted(path.name for path in (template_root() / "report").glob("*.html"))
ALLOWED_NODES = {
    "Template", "Output", "TemplateData", "Name", "Getattr", "Const", "For", "If", "Not", "Or",
    "Test", "Concat", "Include", "Import", "Macro", "Call", "Assign",
}  # fmt: skip


class Witness:
    """Stands for a view object, gives only its fields, and notes which were read."""

    def __init__(self, target, seen):
        self._target, self._seen = target, seen

    def __getattr__(self, name):
        kind = type(self._target).__name__
        if (kind, name) not in FIELDS:
            raise AttributeError(f"{kind}.{name}")
        self._seen.add((kind, name))
        return _watched(getattr(self._target, name), self._seen)


def _watched(value, seen):
    if isinstance(value, tuple):
        return tuple(_watched(one, seen) for one in value)
    return Witness(value, seen) if dataclasses.is_dataclass(value) else value


def _syntax(name: str) -> nodes.Template:
    source = (template_root() / "report" / name).read_text(encoding="utf-8")
    return environment().parse(source)


def _texts(value, path="view"):
    if isinstance(value, tuple):
        for number, one in enumerate(value):
            yield from _texts(one, f"{path}[{number}]")
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _texts(getattr(value, field.name), f"{path}.{field.name}")
    else:
        yield path, value


def test_templates_read_exactly_the_fields_of_the_view(assessments):
    seen: set[tuple[str, str]] = set()
    template = environment().get_template("report/report.html")
    for name in ("sample", "nothing", "review", "core"):
        view = build_view(assessments(name))
        if name == "sample":
            issue = model.IssueView("说明", "文件", "指标", "问题")
            wait = model.WaitingView("指标", "F1", "97.78%", "原文", "第2段", "承前省略", "+1.00")
            check = model.CheckView(
                "pass", "K01", "标题规范", "√ 通过", "标题规范", "标题［第1段］"
            )
            read = model.ReadView(("数据1个。",), (check,))
            view = dataclasses.replace(view, issues=(issue,), waiting=(wait,), report=read)
        template.render(view=_watched(view, seen), screen_css=None)

    assert FIELDS - seen == set()


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_computes_nothing(name):
    """No arithmetic, filter, comparison, slice or index; only text put in its place."""
    used = {type(node).__name__ for node in _walk(_syntax(name))}

    assert used <= ALLOWED_NODES


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_calls_only_chart_macros_and_tests_only_for_none(name):
    syntax = _syntax(name)
    called = {node.node.attr for node in syntax.find_all(nodes.Call)}
    tests = {node.name for node in syntax.find_all(nodes.Test)}

    assert called <= {"ring", "radar", "bars"}
    assert tests <= {"none"}


def _walk(node):
    yield node
    for child in node.iter_child_nodes():
        yield from _walk(child)


@pytest.mark.parametrize("name", ["sample", "long-texts", "nothing", "block", "review"])
def test_view_holds_only_text_and_flags(assessments, name):
    wrong = [
        (path, value)
        for path, value in _texts(build_view(assessments(name)))
        if not isinstance(value, str | bool | None) or isinstance(value, Markup)
    ]

    assert wrong == []


@pytest.mark.parametrize("name", ["sample", "long-texts", "nothing", "block", "review", "core"])
def test_result_json_is_all_the_view_needs(assessments, name):
    result = assessments(name)
    again = Assessment.model_validate_json(result_json(result))

    assert build_view(again) == build_view(result)


def test_field_missing_from_the_view_stops_the_rendering(assessments):
    view = build_view(assessments("sample"))
    values = {field.name: getattr(view, field.name) for field in dataclasses.fields(ReportView)}
    del values["gap_note"]
    template = environment().get_template("report/report.html")

    with pytest.raises(UndefinedError, match="gap_note"):
        template.render(view=values, screen_css=None)


def test_view_modules_reach_for_nothing_but_the_result():
    """No file, clock, network or rule file: only schemas, wording, what was read, own modules."""
    folder = Path(inspect.getfile(build_view)).parent
    imported: set[str] = set()
    for path in (*folder.glob("*.py"), folder.parent / "formats.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                imported.add(node.module or "")
            elif isinstance(node, ast.Import):
                imported.update(alias.name for alias in node.names)
    outside = {name for name in imported if not name.startswith(("assessor.view", "schemas."))}

    assert outside == {
        "__future__", "assessor", "assessor.naming", "assessor.reading.printing",
        "assessor.reading.using", "collections", "collections.abc", "dataclasses", "datetime",
        "decimal", "itertools", "math", "scoring.wording",
    }  # fmt: skip
