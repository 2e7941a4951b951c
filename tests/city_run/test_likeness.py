"""The pairs found by their rare stretches are those found by comparing everyone with everyone."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.city.likeness import KEEP, LIKE, Likeness, alike, fingerprint, resemblance

EXACT = settings(derandomize=True, max_examples=300, deadline=None, database=None)
SKETCH = st.lists(st.integers(0, 40), max_size=30, unique=True).map(sorted)


def by_every_pair(sketches, least) -> list[Likeness]:
    names = sorted(sketches)
    pairs = [
        Likeness(one, other, resemblance(sketches[one], sketches[other]))
        for index, one in enumerate(names)
        for other in names[index + 1 :]
    ]
    kept = [pair for pair in pairs if pair.percent >= least]
    return sorted(kept, key=lambda pair: (-pair.percent, pair.one, pair.other))


@EXACT
@given(st.lists(SKETCH, max_size=12), st.integers(1, 100))
def test_small_sketches_give_the_same_pairs(given_sketches, least):
    sketches = {f"县{number}": one for number, one in enumerate(given_sketches)}

    assert alike(sketches, least) == by_every_pair(sketches, least)


@pytest.mark.parametrize("seed", range(4))
def test_full_sketches_with_phrases_of_everyone_give_the_same_pairs(seed):
    """Everyone shares some stretches; a few share about as many as makes them alike."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    everyone = chance.sample(range(10**6), 60)
    sketches = {}
    for number in range(60):
        own = chance.sample(range(10**6), KEEP)
        if number % 3:
            model = list(sketches.values())[-1]
            own = chance.sample(model, chance.randrange(40, 200)) + own
        sketches[f"县{number:02d}"] = sorted({*everyone, *own})[:KEEP]
    found = alike(sketches)

    assert found == by_every_pair(sketches, LIKE)
    assert found


def test_texts_copied_in_part_are_found():
    chance = random.Random(7)  # noqa: S311 - repeatable, not secret
    letters = [chr(code) for code in range(0x4E00, 0x9000)]
    texts = ["".join(chance.choices(letters, k=900)) for _ in range(3)]
    texts.append(texts[0][:600] + texts[1][:300])
    sketches = {f"县{number}": fingerprint(text) for number, text in enumerate(texts)}

    assert [(pair.one, pair.other) for pair in alike(sketches)] == [("县0", "县3")]
    assert alike({"甲": [], "乙": []}) == []
