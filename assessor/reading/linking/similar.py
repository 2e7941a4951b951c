"""What a number may measure when the dictionary has no name for it: alike in wording to others.

A linear model over pairs of characters around a number, learned from the labelled paragraphs by
`tools/train_similar.py`. What it says is a suggestion: it always waits for a person.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from array import array
from base64 import b64decode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import NamedTuple, TypedDict

from assessor.reading.lexicon import Lexicon, Term
from assessor.reading.linking.names import Match
from assessor.reading.linking.places import Place
from schemas.lexicon import Entry
from schemas.reading import Figure

FILE = "similar.json.gz"
HOW = "similar"
"""How such a match was made."""
SCALE = 100
"""Weights are stored in hundredths."""
_LEAST = 40
"""Least lead of the best label over the next one, in hundredths."""
_SCORE = 40
_OWN, _BEHIND, _SENTENCE = 20, 12, 30
"""Characters looked at in the clause before a number, from it on, and before its clause."""
_NUMBER = re.compile(r"\d[\d.,]*")
_CLAUSE = re.compile(r"[,;:。]")
_PROPER = re.compile(r"“(.{2,}?)[式”]")
"""A name no other wording stands for: 新建“枫桥式”司法所数."""


class Stored(TypedDict):
    """A model as it is kept in its file."""

    schema: str
    learned_from: str
    """Digest of the labelled paragraphs."""
    labels: list[str]
    """The first one is none."""
    bias: list[int]
    traits: str
    """One a line."""
    counts: list[int]
    """How many weights each trait has."""
    columns: str
    """Base64 of the labels' indices of all weights, two bytes each, low byte first."""
    weights: str
    """Base64 of all weights in hundredths, the same way."""


@dataclass(frozen=True, eq=False)
class Model:
    """Labels, and what every trait says for or against each of them."""

    labels: tuple[str, ...]
    """The first one is none."""
    bias: tuple[int, ...]
    spans: dict[str, slice]
    """By trait: where its weights stand."""
    columns: array[int]
    """Indices of labels."""
    weights: array[int]
    """In hundredths."""


class Beside(NamedTuple):
    """What the numbers beside one are named; empty for none."""

    before: str = ""
    behind: str = ""


def traits(place: Place, beside: Beside) -> set[str]:
    """Return what a number is told by: the wording around it and the names of its neighbours.

    No trait depends on its digits. The unit is a trait of its own, `u` and the unit as printed.
    """
    before = _NUMBER.sub("0", place.sentence_left)
    own = _CLAUSE.split(before)[-1][-_OWN:]
    rest = place.sentence[place.mention.start - place.sentence_start :]
    behind = _NUMBER.sub("0", rest[: 3 * _BEHIND])[:_BEHIND]
    earlier = before[: len(before) - len(own)][-_SENTENCE:]
    found = {f"e{before[-2:]}", f"e{before[-3:]}", f"b{behind[:3]}", f"b{behind[:4]}"}
    found.update(f"{mark}{name}" for mark, name in zip("pn", beside, strict=True) if name)
    for mark, text in (("o", own), ("r", behind), ("s", earlier)):
        found.update(mark + text[at : at + 2] for at in range(len(text) - 1))
    return found


@cache
def shipped_model() -> Model:
    """Return the model shipped with the product."""
    return model_of(stored_model())


def stored_model() -> Stored:
    """Return the model shipped with the product as it is kept."""
    packed = files("assessor.reading").joinpath(FILE).read_bytes()
    stored: Stored = json.loads(gzip.decompress(packed))
    return stored


def model_of(stored: Stored) -> Model:
    """Return a model from its stored form."""
    ends = list(accumulate(stored["counts"]))
    spans = map(slice, [0, *ends], ends)
    return Model(
        tuple(stored["labels"]),
        tuple(stored["bias"]),
        dict(zip(stored["traits"].split("\n"), spans, strict=True)),
        _numbers(stored["columns"]),
        _numbers(stored["weights"]),
    )


def _numbers(packed: str) -> array[int]:
    found = array("h", b64decode(packed))
    if sys.byteorder == "big":
        found.byteswap()
    return found


def is_guess(figure: Figure) -> bool:
    """Return whether only its wording says what a figure measures; the dictionary named it not."""
    return HOW in figure.flags


class Similar:
    """Suggests terms by wording."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def suggest(self, place: Place, beside: Beside) -> tuple[Match, ...]:
        """Return the term a number is most alike to, or none where no label leads clearly."""
        classes = place.mention.classes
        if not classes:
            return ()
        choice = _choice(shipped_model(), self._lexicon, classes)
        label, lead = choice.best(place.mention.unit, traits(place, beside))
        if not label or lead < _LEAST or not _is_spoken_of(label, place):
            return ()
        terms = _by_label(self._lexicon)[label]
        fitting = [t for t in terms if t.units & classes and not t.entry.distractor]
        return (Match(_likeliest(fitting), _SCORE, -1, HOW),) if fitting else ()


def _is_spoken_of(label: str, place: Place) -> bool:
    """Return whether the proper name in a label stands at the number, of a rate any two signs."""
    proper = _PROPER.search(label)
    if proper is not None and proper[1] not in f"{place.own_left}{place.right}":
        return False
    pairs = (label[at : at + 2] for at in range(len(label) - 1))
    return "percent" not in place.mention.classes or any(two in place.sentence for two in pairs)


@cache
def _by_label(lexicon: Lexicon) -> dict[str, list[Term]]:
    found: dict[str, list[Term]] = {}
    for term in lexicon.terms:
        found.setdefault(term.entry.label, []).append(term)
    return found


@cache
def _choice(model: Model, lexicon: Lexicon, classes: frozenset[str]) -> Choice:
    """Return the choice among none and the labels that are counted in one of the unit classes."""
    terms = _by_label(lexicon)
    return Choice(
        model,
        [
            number
            for number, label in enumerate(model.labels)
            if not label or any(term.units & classes for term in terms.get(label, ()))
        ],
    )


class Choice:
    """A choice among some labels of a model."""

    def __init__(self, model: Model, labels: Sequence[int]) -> None:
        self._model = model
        self._labels = [model.labels[one] for one in labels]
        self._bias = [model.bias[one] for one in labels]
        self._places = {label: place for place, label in enumerate(labels)}
        self._starts: dict[str, list[int]] = {}
        self._told: dict[str, tuple[tuple[int, int], ...]] = {}
        """By trait, as far as they were needed: places of labels with their weights."""

    def best(self, unit: str, found: Iterable[str]) -> tuple[str, int]:
        """Return the label of the highest sum, empty for none, and its lead in hundredths."""
        sums = self._start(unit).copy()
        for trait in found:
            told = self._told.get(trait)
            for place, weight in self._tells(trait) if told is None else told:
                sums[place] += weight
        highest = max(sums)
        best = sums.index(highest)
        sums[best] = min(sums)
        return self._labels[best], highest - max(sums)

    def _start(self, unit: str) -> list[int]:
        """Return what the unit alone tells, label by label; worked out once a unit."""
        known = self._starts.get(unit)
        if known is None:
            known = self._starts[unit] = self._bias.copy()
            for place, weight in self._tells(f"u{unit}"):
                known[place] += weight
        return known

    def _tells(self, trait: str) -> tuple[tuple[int, int], ...]:
        """Return what a trait tells of these labels; worked out once a trait."""
        span = self._model.spans.get(trait)
        if span is None:
            return ()
        pairs = zip(self._model.columns[span], self._model.weights[span], strict=True)
        places = self._places
        told = tuple((places[label], weight) for label, weight in pairs if label in places)
        self._told[trait] = told
        return told


def _likeliest(terms: list[Term]) -> Term:
    """Return the one term that serves a scored item when all agree on it, else a general one."""
    served = {_served(term.entry) for term in terms}
    general = [term for term in terms if term.entry.item is None]
    return terms[0] if len(served) == 1 or not general else general[0]


def _served(entry: Entry) -> tuple[str | None, str]:
    return entry.item, entry.role
