"""What a number may measure when the dictionary has no name for it: alike in wording to others.

A linear model over pairs of characters around a number, learned from the labelled paragraphs by
`tools/train_similar.py`. What it says is a suggestion: it always waits for a person.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import NamedTuple, TypedDict

from assessor.reading.lexicon import Lexicon, Term
from assessor.reading.linking.names import Match
from assessor.reading.linking.places import Place
from schemas.lexicon import Entry

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


class Stored(TypedDict):
    """A model as it is kept in its file."""

    schema: str
    learned_from: str
    """Digest of the labelled paragraphs."""
    labels: list[str]
    bias: list[int]
    weights: dict[str, list[int]]
    """By trait: index of a label and its weight, in turns."""


class Model(NamedTuple):
    """Labels, and what every trait says for or against each of them."""

    labels: tuple[str, ...]
    """The first one is none."""
    bias: tuple[int, ...]
    weights: dict[str, tuple[tuple[int, int], ...]]
    """By trait: indices of labels with weights in hundredths."""
    starts: dict[str, list[int]]
    """By unit, as far as they were needed: sums before any other trait."""


def traits(place: Place) -> set[str]:
    """Return what the wording around a number is told by; no trait depends on its digits.

    The unit is a trait of its own, `u` and the unit as printed.
    """
    before = _NUMBER.sub("0", place.sentence_left)
    own = _CLAUSE.split(before)[-1][-_OWN:]
    rest = place.sentence[place.mention.start - place.sentence_start :]
    behind = _NUMBER.sub("0", rest[: 3 * _BEHIND])[:_BEHIND]
    earlier = before[: len(before) - len(own)][-_SENTENCE:]
    found = {f"e{before[-2:]}", f"e{before[-3:]}", f"b{behind[:3]}", f"b{behind[:4]}"}
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
    return Model(
        tuple(stored["labels"]),
        tuple(stored["bias"]),
        {
            trait: tuple(zip(flat[::2], flat[1::2], strict=True))
            for trait, flat in stored["weights"].items()
        },
        {},
    )


class Similar:
    """Suggests terms by wording."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._by_label = _by_label(lexicon)

    def suggest(self, place: Place) -> tuple[Match, ...]:
        """Return the term a number is most alike to, or none where no label leads clearly."""
        if not place.mention.classes:
            return ()
        label, lead = best_label(shipped_model(), place.mention.unit, traits(place))
        if not label or lead < _LEAST:
            return ()
        fitting = [
            term for term in self._by_label.get(label, ()) if term.units & place.mention.classes
        ]
        return (Match(_likeliest(fitting), _SCORE, -1, HOW),) if fitting else ()


@cache
def _by_label(lexicon: Lexicon) -> dict[str, list[Term]]:
    found: dict[str, list[Term]] = {}
    for term in lexicon.terms:
        if not term.entry.distractor:
            found.setdefault(term.entry.label, []).append(term)
    return found


def best_label(model: Model, unit: str, found: Iterable[str]) -> tuple[str, int]:
    """Return the label of the highest sum, empty for none, and its lead in hundredths."""
    sums = _start(model, unit).copy()
    weights = model.weights
    for trait in found:
        for label, weight in weights.get(trait, ()):
            sums[label] += weight
    highest = max(sums)
    best = sums.index(highest)
    sums[best] = min(sums)
    return model.labels[best], highest - max(sums)


def _start(model: Model, unit: str) -> list[int]:
    """Return what the unit alone tells, label by label; worked out once a unit."""
    known = model.starts.get(unit)
    if known is None:
        known = model.starts[unit] = list(model.bias)
        for label, weight in model.weights.get(f"u{unit}", ()):
            known[label] += weight
    return known


def _likeliest(terms: list[Term]) -> Term:
    """Return the one term that serves a scored item when all agree on it, else a general one."""
    served = {_served(term.entry) for term in terms}
    general = [term for term in terms if term.entry.item is None]
    return terms[0] if len(served) == 1 or not general else general[0]


def _served(entry: Entry) -> tuple[str | None, str]:
    return entry.item, entry.role
