"""Names: what exists twice, and what does not exist at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from schemas.checks import CheckSet
from schemas.errors import RuleFault
from schemas.framework import Framework, Scheme, WeightSet
from schemas.target import Item, Source, TargetSet, Unit
from scoring.library import Library, RuleFile

Path = tuple[str | int, ...]


def known_ids(library: Library, kind: type[Unit | Item | Source | Framework | Scheme]) -> set[str]:
    """Return the ids of every model of a kind."""
    return {model.id for _, model in library.models(kind)}


def unknown(
    file: RuleFile, what: str, name: str, known: Iterable[str], *path: str | int
) -> RuleFault:
    """Return a fault for a name that does not exist, with the nearest that does."""
    from difflib import get_close_matches  # noqa: PLC0415 - only when something is wrong

    near = get_close_matches(name, sorted(known), n=1)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    return file.fault("unknown-reference", f"no {what} {name!r}{hint}", *path)


def identity_faults(library: Library) -> Iterator[RuleFault]:
    """Yield ids used twice: in a list, across files, and codes inside one file."""
    seen: dict[tuple[str, str], str] = {}
    for file in library.files:
        for path, kind, name in _names(file):
            key = (kind, name)
            if key in seen:
                yield file.fault("duplicate-id", f"{name!r} already stands in {seen[key]}", *path)
            else:
                seen[key] = f"{file.path}:{file.document.line(path)}"


def _names(file: RuleFile) -> Iterator[tuple[Path, str, str]]:
    for index, model in enumerate(file.models):
        if isinstance(model, Unit | Item | Source):
            yield (file.kind, index, "id"), file.kind, model.id
        elif isinstance(model, WeightSet):
            yield ("id",), f"weight-set of {model.framework}", model.id
        elif isinstance(model, CheckSet):
            yield ("schema",), file.kind, file.kind
        elif isinstance(model, Framework | Scheme | TargetSet):
            yield ("id",), file.kind, model.id
            yield from _inner_names(model)


def _inner_names(model: Framework | Scheme | TargetSet) -> Iterator[tuple[Path, str, str]]:
    if isinstance(model, Framework):
        for index, node in enumerate(model.nodes):
            yield ("nodes", index, "code"), f"node of {model.id}", node.code
    if isinstance(model, Scheme):
        for index, policy in enumerate(model.policies):
            yield ("policies", index, "id"), f"policy of {model.id}", policy.id
        for index, blend in enumerate(model.blends):
            yield ("blends", index, "id"), f"blend of {model.id}", blend.id
    if isinstance(model, TargetSet):
        for index, target in enumerate(model.targets):
            yield ("targets", index, "id"), f"target of {model.id}", target.id


def check_faults(library: Library) -> Iterator[RuleFault]:
    """Yield items the data checks name that do not exist."""
    items = known_ids(library, Item)
    for file, checks in library.models(CheckSet):
        for index, one in enumerate(checks.sums):
            for name in (one.whole, *one.parts):
                if name not in items:
                    yield unknown(file, "item", name, items, "sums", index)
        for index, two in enumerate(checks.at_least):
            for name in (two.larger, two.smaller):
                if name not in items:
                    yield unknown(file, "item", name, items, "at_least", index)
