"""Find, parse and validate the rule files. The only reader of files in the core."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from schemas.base import Model
from schemas.checks import CheckSet
from schemas.city import CityRules
from schemas.errors import RuleFault, RuleFileError
from schemas.framework import Framework, Scheme, WeightSet
from schemas.target import Item, Source, TargetSet, Unit
from scoring.kinds import KINDS
from scoring.rulebook import Rulebook
from scoring.yaml_strict import YamlDocument, parse_yaml

M = TypeVar("M", bound=Model)

_LISTS: dict[str, type[Model]] = {"units": Unit, "items": Item, "sources": Source}
_FILES: dict[str, type[Model]] = {
    "framework": Framework,
    "weight-set": WeightSet,
    "scheme": Scheme,
    "target-set": TargetSet,
    "checks": CheckSet,
    "city": CityRules,
}


@dataclass(frozen=True)
class RuleFile:
    """A parsed rule file: where it is, its lines, and the models built from it."""

    path: str
    kind: str
    document: YamlDocument
    models: tuple[Model, ...]

    def fault(self, code: str, message: str, *path: str | int) -> RuleFault:
        """Return a fault at a place in this file."""
        return RuleFault(self.path, self.document.line(path), code, message)


@dataclass
class Library:
    """Rule files read so far and every fault found in them."""

    files: list[RuleFile] = field(default_factory=list)
    faults: list[RuleFault] = field(default_factory=list)

    def models(self, kind: type[M]) -> Iterator[tuple[RuleFile, M]]:
        """Yield every model of a kind with its file."""
        for file in self.files:
            for model in file.models:
                if isinstance(model, kind):
                    yield file, model


def read_library(extra: Iterable[Path] = ()) -> Library:
    """Read the shipped rule files and those a user adds; faults are collected, not raised.

    A user's scorable framework takes the place of a shipped outline of the same id, because an
    outline only waits for its points. Nothing else shipped is ever replaced.
    """
    library = Library()
    root = Path(str(files("scoring")))
    for path in sorted(root.rglob("*.yaml")):
        _read(library, path, path.relative_to(root.parent).as_posix())
    n_shipped = len(library.files)
    for given in extra:
        for path in _rule_files(given):
            _read(library, path, path.as_posix())
    _drop_outlines(library, n_shipped)
    return library


def build_rulebook(library: Library) -> Rulebook:
    """Link the files of a library by id.

    Raises:
        RuleFileError: with every fault of the files, when there are any, or a file is missing.
    """
    if library.faults:
        raise RuleFileError(tuple(library.faults))
    checks = [checks for _, checks in library.models(CheckSet)]
    if not checks:
        missing = RuleFault("scoring/checks.yaml", 1, "unreadable", "no file of checks/1")
        raise RuleFileError((missing,))
    cities = [rules for _, rules in library.models(CityRules)]
    return Rulebook(
        units={unit.id: unit for _, unit in library.models(Unit)},
        items={item.id: item for _, item in library.models(Item)},
        sources={source.id: source for _, source in library.models(Source)},
        frameworks={framework.id: framework for _, framework in library.models(Framework)},
        weight_sets={weights.id: weights for _, weights in library.models(WeightSet)},
        schemes={scheme.id: scheme for _, scheme in library.models(Scheme)},
        target_sets={targets.id: targets for _, targets in library.models(TargetSet)},
        checks=checks[0],
        city=cities[-1] if cities else CityRules(),
    )


@cache
def shipped_rulebook() -> Rulebook:
    """Return the rules shipped with the product, read once.

    Raises:
        RuleFileError: when they are damaged.
    """
    return build_rulebook(read_library())


def _rule_files(given: Path) -> list[Path]:
    """Return a file as it is, a folder as the YAML files below it, by name."""
    if not given.is_dir():
        return [given]
    return sorted(path for path in given.rglob("*") if path.suffix in (".yaml", ".yml"))


def _drop_outlines(library: Library, n_shipped: int) -> None:
    """Take out the shipped outlines whose points a user's file brings."""
    shipped, added = library.files[:n_shipped], library.files[n_shipped:]
    scorable = {
        model.id
        for file in added
        for model in file.models
        if isinstance(model, Framework) and model.status == "scorable"
    }
    kept = [file for file in shipped if not _is_outline_of(file, scorable)]
    library.files[:n_shipped] = kept


def _is_outline_of(file: RuleFile, ids: set[str]) -> bool:
    return any(
        isinstance(model, Framework) and model.status == "outline" and model.id in ids
        for model in file.models
    )


def _read(library: Library, path: Path, name: str) -> None:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        library.faults.append(RuleFault(name, 1, "unreadable", str(error)))
        return
    document = parse_yaml(text)
    library.faults.extend(RuleFault(name, *fault) for fault in document.faults)
    if document.faults:
        return
    value = document.value
    declared = value.get("schema") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(declared, str):
        message = "a rule file starts with `schema: <name>/1`"
        library.faults.append(RuleFault(name, 1, "schema", message))
        return
    kind, _, version = declared.partition("/")
    if version != "1" or kind not in (*_LISTS, *_FILES):
        known = ", ".join(f"{k}/1" for k in (*_LISTS, *_FILES))
        message = f"found {declared!r}; known: {known}"
        library.faults.append(RuleFault(name, document.line(("schema",)), "schema", message))
        return
    models = _models(library, name, kind, document, value)
    library.files.append(RuleFile(name, kind, document, models))


def _models(
    library: Library, name: str, kind: str, document: YamlDocument, value: dict[str, object]
) -> tuple[Model, ...]:
    if kind in _FILES:
        found = _validated(library, name, _FILES[kind], document, value, ())
        return () if found is None else (found,)
    rows = value.get(kind)
    if not isinstance(rows, list) or set(value) != {"schema", kind}:
        message = f"expected only `schema` and a list `{kind}`"
        library.faults.append(RuleFault(name, 1, "schema", message))
        return ()
    built = (
        _validated(library, name, _LISTS[kind], document, row, (kind, i))
        for i, row in enumerate(rows)
    )
    return tuple(model for model in built if model is not None)


def _validated(  # noqa: PLR0913 - one place, all of it needed to name the fault
    library: Library,
    name: str,
    model: type[Model],
    document: YamlDocument,
    value: object,
    path: tuple[str | int, ...],
) -> Model | None:
    try:
        return model.model_validate(value)
    except ValidationError as error:
        problems = error.errors(include_url=False)
        places = [problem["loc"] for problem in problems]
        for problem in problems:
            if problem["type"] == "too_short" and _is_echo(problem["loc"], places):
                continue
            place = (*path, *_without_tags(problem["loc"]))
            text = f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}"
            if not isinstance(problem["input"], dict | list):
                text += f" (found {problem['input']!r})"
            code = _fault_code(problem["type"], place)
            library.faults.append(RuleFault(name, document.line(place), code, text))
        return None


def _is_echo(place: tuple[int | str, ...], places: list[tuple[int | str, ...]]) -> bool:
    """Return whether a list seems too short only because its rows are faulty themselves."""
    return any(len(other) > len(place) and other[: len(place)] == place for other in places)


def _without_tags(steps: tuple[int | str, ...]) -> Iterator[int | str]:
    """Leave out the rule kind pydantic puts behind `rule`; no such key stands in the file."""
    for before, step in zip(("", *steps), steps, strict=False):
        if before != "rule" or step not in _UNION_TAGS:
            yield step


def _fault_code(kind: str, place: tuple[str | int, ...]) -> str:
    name = str(place[-1]) if place else ""
    if kind == "missing" and name in ("source", "clause"):
        return "missing-source"
    if kind.startswith("greater_than") and name in ("points", "weight", "share", "rate"):
        return "weight"
    return "field"


_UNION_TAGS = frozenset(KINDS)
