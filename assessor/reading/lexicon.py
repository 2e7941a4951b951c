"""The dictionary of data items: how reports name each quantity. Data only; no item needs code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from assessor.reading.grams import GramIndex
from assessor.reading.name_index import Name, NameIndex
from schemas.errors import RuleFault, RuleFileError
from schemas.lexicon import Entry, Topic
from scoring.yaml_strict import parse_yaml

_SAFE = re.compile(r"[+*}]\)?[+*{]|\.\*|\.\+")
"""Nested or unbounded repeats: a pattern must never take more than linear time."""
_UNREAD = re.compile(r"\(\?[a-zA-Z]|[+*?}]\?|\\[uxN]|\[\^?\\\]")
"""Flags, named groups, lazy repeats: the index of needed strings does not read them."""


@dataclass(frozen=True)
class Term:
    """An entry with its patterns compiled."""

    entry: Entry
    heads: tuple[re.Pattern[str], ...]
    forbid: re.Pattern[str] | None
    need: tuple[re.Pattern[str], ...]
    need_before: tuple[re.Pattern[str], ...]
    zero: re.Pattern[str] | None
    units: frozenset[str]


@dataclass(frozen=True, eq=False)
class Lexicon:
    """All terms, ready to be asked by unit class."""

    terms: tuple[Term, ...]
    topics: tuple[tuple[str, re.Pattern[str]], ...]
    late_topics: frozenset[str]
    """Topics a sentence may name behind the number they rule."""
    topic_index: GramIndex
    index: NameIndex
    """Of the names of all terms."""
    deniable: tuple[Term, ...]
    """Terms a zero statement may be about."""
    by_id: dict[str, Entry]
    by_term: dict[str, Term]
    """The same, with patterns."""
    after: dict[str, tuple[Term, ...]]
    """By the id of an event: terms that count those who came to it."""

    @cache  # noqa: B019 - lives as long as the dictionary, for a handful of unit classes
    def names_counted_in(self, classes: frozenset[str] | None) -> int:
        """Return the mask of the names whose terms take one of the unit classes; None: all."""
        return self.index.mask_of(
            lambda name: classes is None or not self.terms[name.term].units.isdisjoint(classes)
        )

    @cache  # noqa: B019 - lives as long as the dictionary
    def numerators_of(self, item: str | None) -> tuple[Term, ...]:
        """Return the terms for the part of a rate."""
        return tuple(
            term
            for term in self.terms
            if term.entry.item == item and term.entry.role == "numerator"
        )

    def companions(self, event: str) -> tuple[Term, ...]:
        """Return the terms that count the people of an event."""
        return self.after.get(event, ())

    def share_of(self, entry: Entry) -> Term | None:
        """Return the rate that a share of an entry is."""
        return None if entry.share is None else self.by_term[entry.share]

    def entry(self, entry_id: str) -> Entry:
        """Return an entry by its id.

        Raises:
            KeyError: no entry has the id.
        """
        return self.by_id[entry_id]

    def label(self, entry_id: str) -> str:
        """Return the printed name of an entry."""
        entry = self.by_id.get(entry_id)
        return entry_id if entry is None else entry.label


@cache
def shipped_lexicon() -> Lexicon:
    """Return the dictionary shipped with the product.

    Raises:
        RuleFileError: with every fault of its files.
    """
    return read_lexicon(sorted(Path(str(files("assessor.reading") / "lexicon")).glob("*.yaml")))


def read_lexicon(paths: list[Path]) -> Lexicon:
    """Read lexicon files.

    Raises:
        RuleFileError: with every fault: syntax, unknown fields, unsafe or wrong patterns,
            ids used twice, unknown topics.
    """
    entries: dict[str, Entry] = {}
    topics: dict[str, Topic] = {}
    faults: list[RuleFault] = []
    for path in paths:
        document = parse_yaml(path.read_text(encoding="utf-8"))
        faults.extend(RuleFault(path.name, *fault) for fault in document.faults)
        value: Any = document.value if isinstance(document.value, dict) else {}
        for kind, model, known in (("topics", Topic, topics), ("entries", Entry, entries)):
            for index, row in enumerate(value.get(kind) or ()):
                line = document.line((kind, index))
                try:
                    one: Any = model.model_validate(row)
                except ValueError as error:
                    text = str(error).replace("\n", " ")[:300]
                    faults.append(RuleFault(path.name, line, "field", text))
                    continue
                if one.id in known:
                    faults.append(RuleFault(path.name, line, "duplicate-id", one.id))
                known[one.id] = one
                faults.extend(_pattern_faults(path.name, line, one))
    faults.extend(
        RuleFault("lexicon", 1, "unknown-reference", f"{entry.id}: {name}")
        for entry in entries.values()
        for name in _dangling(entry, entries, topics)
    )
    if faults:
        raise RuleFileError(tuple(faults))
    return _linked(entries, topics)


def _dangling(entry: Entry, entries: dict[str, Entry], topics: dict[str, Topic]) -> list[str]:
    named = (*entry.companions, *((entry.share,) if entry.share else ()))
    unknown = [one for one in named if one not in entries]
    return unknown + ([entry.topic] if entry.topic and entry.topic not in topics else [])


def _pattern_faults(file: str, line: int, one: Entry | Topic) -> list[RuleFault]:
    patterns = (one.pattern,) if isinstance(one, Topic) else one.patterns
    found: list[RuleFault] = []
    for pattern in patterns:
        try:
            _compiled(pattern)
        except re.error as error:
            found.append(RuleFault(file, line, "field", f"{one.id}: {pattern!r}: {error}"))
        if _SAFE.search(pattern):
            found.append(RuleFault(file, line, "field", f"{one.id}: unbounded {pattern!r}"))
        if _UNREAD.search(pattern):
            found.append(RuleFault(file, line, "field", f"{one.id}: not allowed {pattern!r}"))
    return found


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern once for check and use; `re` itself remembers only 512."""
    return re.compile(pattern)


def _linked(entries: dict[str, Entry], topics: dict[str, Topic]) -> Lexicon:
    terms = tuple(
        Term(
            entry,
            tuple(_compiled(head) for head in entry.heads),
            _compiled("|".join(f"(?:{p})" for p in entry.forbid)) if entry.forbid else None,
            tuple(_compiled(pattern) for pattern in entry.need),
            tuple(_compiled(pattern) for pattern in entry.need_before),
            _compiled("|".join(f"(?:{p})" for p in entry.zero)) if entry.zero else None,
            frozenset(entry.units),
        )
        for entry in entries.values()
    )
    after: dict[str, tuple[Term, ...]] = {}
    for term in terms:
        for event in term.entry.companions:
            after[event] = (*after.get(event, ()), term)
    return Lexicon(
        terms,
        tuple((topic.id, _compiled(topic.pattern)) for topic in topics.values()),
        frozenset(topic.id for topic in topics.values() if topic.late),
        GramIndex([topic.pattern for topic in topics.values()]),
        NameIndex(tuple(_names(terms))),
        tuple(term for term in terms if term.zero is not None),
        entries,
        {term.entry.id: term for term in terms},
        after,
    )


def _names(terms: Sequence[Term]) -> Iterator[Name]:
    """Yield the names of all terms; those for behind a number are its heads unless given."""
    for number, term in enumerate(terms):
        behind = term.entry.after
        for head in term.heads:
            yield Name(number, head, is_before=True, is_behind=not behind)
        for pattern in behind:
            yield Name(number, _compiled(pattern), is_before=False, is_behind=True)
