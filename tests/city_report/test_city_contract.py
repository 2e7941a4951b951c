"""The city's templates and view agree; the view reads the manifest and nothing else."""

from __future__ import annotations

import ast
import dataclasses
import inspect
from pathlib import Path

import pytest
from jinja2 import UndefinedError, nodes
from markupsafe import Markup

from assessor.city import view_model
from assessor.city.rendering import manifest_json
from assessor.city.view import build_city_view
from assessor.city.view_model import CityView
from assessor.render import environment
from assessor.resources import template_root
from schemas.manifest import Manifest

FIELDS = {
    (name, field.name)
    for name, cls in inspect.getmembers(view_model, inspect.isclass)
    if cls.__module__ == view_model.__name__
    for field in dataclasses.fields(cls)
}
SHARED = {
    ("Pair", "label"), ("Pair", "text"), ("TopRow", "strong"), ("TopRow", "costly"),
    ("Highlight", "code"), ("Highlight", "label"), ("Highlight", "text"),
}  # fmt: skip
TEMPLATES = sorted(path.name for path in (template_root() / "city").glob("*.html"))
ALLOWED_NODES = {
    "Template", "Output", "TemplateData", "Name", "Getattr", "Const", "For", "If", "Not",
    "Test", "Concat", "Include", "Import", "Macro", "Call", "Assign",
}  # fmt: skip
CASES = ("twelve", "anonymous", "one", "blocked", "two-hundred", "nobody", "missing", "empty")


class Witness:
    """Stands for a view object, gives only its fields, and notes which were read."""

    def __init__(self, target, seen):
        self._target, self._seen = target, seen

    def __getattr__(self, name):
        kind = type(self._target).__name__
        if (kind, name) not in FIELDS | SHARED:
            raise AttributeError(f"{kind}.{name}")
        self._seen.add((kind, name))
        return _watched(getattr(self._target, name), self._seen)


def _watched(value, seen):
    if isinstance(value, tuple):
        return tuple(_watched(one, seen) for one in value)
    return Witness(value, seen) if dataclasses.is_dataclass(value) else value


def _syntax(name: str) -> nodes.Template:
    source = (template_root() / "city" / name).read_text(encoding="utf-8")
    return environment().parse(source)


def _walk(node):
    yield node
    for child in node.iter_child_nodes():
        yield from _walk(child)


def _texts(value, path="view"):
    if isinstance(value, tuple):
        for number, one in enumerate(value):
            yield from _texts(one, f"{path}[{number}]")
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _texts(getattr(value, field.name), f"{path}.{field.name}")
    else:
        yield path, value


def test_templates_read_exactly_the_fields_of_the_view(manifests):
    seen: set[tuple[str, str]] = set()
    template = environment().get_template("city/city.html")
    for name in CASES:
        view = build_city_view(manifests(name))
        template.render(view=_watched(view, seen), screen_css=None)

    assert seen == FIELDS | SHARED


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_computes_nothing(name):
    used = {type(node).__name__ for node in _walk(_syntax(name))}

    assert used <= ALLOWED_NODES


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_calls_only_chart_macros_and_tests_only_for_none(name):
    syntax = _syntax(name)

    assert {node.node.attr for node in syntax.find_all(nodes.Call)} <= {"ring", "stacks"}
    assert {node.name for node in syntax.find_all(nodes.Test)} <= {"none"}


@pytest.mark.parametrize("name", CASES)
def test_view_holds_only_text_and_none(manifests, name):
    wrong = [
        (path, value)
        for path, value in _texts(build_city_view(manifests(name)))
        if not isinstance(value, str | None) or isinstance(value, Markup)
    ]

    assert wrong == []


@pytest.mark.parametrize("name", CASES)
def test_manifest_json_is_all_the_view_needs(manifests, name):
    manifest = manifests(name)
    again = Manifest.model_validate_json(manifest_json(manifest))

    assert build_city_view(again) == build_city_view(manifest)


def test_field_missing_from_the_view_stops_the_rendering(manifests):
    view = build_city_view(manifests("one"))
    values = {field.name: getattr(view, field.name) for field in dataclasses.fields(CityView)}
    del values["questions"]
    template = environment().get_template("city/city.html")

    with pytest.raises(UndefinedError, match="questions"):
        template.render(view=values, screen_css=None)


def test_view_modules_reach_for_nothing_but_the_manifest():
    """No file, clock, network, archive or rule file: only schemas, wording and each other."""
    folder = Path(inspect.getfile(build_city_view)).parent
    imported: set[str] = set()
    for path in folder.glob("view*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                imported.add(node.module or "")
            elif isinstance(node, ast.Import):
                imported.update(alias.name for alias in node.names)
    own = ("assessor.city.view", "assessor.view.", "schemas.")

    assert {name for name in imported if not name.startswith(own)} == {
        "__future__", "assessor", "assessor.city", "assessor.messages", "collections.abc",
        "dataclasses", "decimal", "itertools", "scoring.wording", "typing",
    }  # fmt: skip
