"""Learn what numbers measure from the labelled paragraphs: writes assessor/reading/similar.json.gz.

Needs scikit-learn (`pip install -e '.[train]'`), which the product itself does not.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import struct
import sys
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from evaluate import wanted_label

from assessor.reading.lexicon import Lexicon, shipped_lexicon
from assessor.reading.linking import Linker, places_of
from assessor.reading.linking.similar import FILE, SCALE, traits
from assessor.reading.normal import normalise
from assessor.reading.numbers import Mention, find_numbers
from scoring.yaml_strict import parse_yaml

ROOT = Path(__file__).resolve().parent.parent
SENTENCES = ROOT / "tests" / "reading" / "sentences"
TARGET = ROOT / "assessor" / "reading" / FILE
MEASURES = ("held-out-", "field-15", "field-22", "field-26")
"""Beginnings of the names of files kept for measuring: nothing is learned from them."""
_LEAST_WEIGHT = 0.06
"""Weights nearer to nothing are left out."""
_PENALTY = 0.15
"""Inverse strength of the regularisation."""
_LEAST_SEEN = 4
"""Traits of fewer numbers are left out."""
_SIZES = {"u": 2.0, "s": 0.5}
"""How much a trait of a kind is worth beside the others: units more, the clauses before less."""
_SEED = 7


class Example(NamedTuple):
    """One labelled number."""

    traits: set[str]
    label: str
    """Empty when it measures nothing of the vocabulary, a share or a change."""


def training_files(folder: Path = SENTENCES) -> list[Path]:
    """Return the files that are learned from, in order of their names."""
    return [path for path in sorted(folder.glob("*.yaml")) if not path.stem.startswith(MEASURES)]


def digest(paths: Iterable[Path]) -> str:
    """Return a digest of the names and contents of files."""
    whole = hashlib.sha256()
    for path in paths:
        whole.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()


def examples_of(path: Path, lexicon: Lexicon) -> Iterator[Example]:
    """Yield the labelled numbers of a file of paragraphs."""
    value: Any = parse_yaml(path.read_text(encoding="utf-8")).value
    linker = Linker(lexicon)
    for row in value["sentences"]:
        text = normalise(row["text"]).text
        mentions = find_numbers(text).mentions
        places = places_of(text, mentions, row.get("heading", ""))
        named = linker.named(places)
        left = list(range(len(places)))
        for want in row["expect"]:
            at = next((one for one in left if _is_same(mentions[one], want)), None)
            if at is None:
                continue
            left.remove(at)
            label = wanted_label(want, row, lexicon) or ""
            is_level = want.get("status", "achieved") != "change" and "·" not in label
            told = {f"u{mentions[at].unit}", *traits(places[at], named.beside(at))}
            yield Example(told, label if is_level else "")


def _is_same(mention: Mention, want: dict[str, Any]) -> bool:
    number = str(want["number"]).replace(",", "").rstrip("余多")
    return number in (mention.number_text.replace(",", ""), format(mention.value, "f"))


def learned(examples: list[Example]) -> dict[str, Any]:
    """Return labels, biases and weights in hundredths; rare traits and small weights left out."""
    try:
        from sklearn.feature_extraction import DictVectorizer  # noqa: PLC0415 - for training only
        from sklearn.svm import LinearSVC  # noqa: PLC0415
    except ImportError:
        raise SystemExit("scikit-learn is missing: pip install -e '.[train]'") from None
    seen = Counter(trait for one in examples for trait in one.traits)
    columns = DictVectorizer()
    table = columns.fit_transform(
        [
            {trait: _size(trait) for trait in sorted(one.traits) if seen[trait] >= _LEAST_SEEN}
            for one in examples
        ]
    )
    table.indices, table.indptr = table.indices.astype("int32"), table.indptr.astype("int32")
    model = LinearSVC(C=_PENALTY, random_state=_SEED)
    model.fit(table, [one.label for one in examples])
    if model.classes_[0]:
        raise SystemExit("no number without a label")
    weights = {
        str(trait): [
            (label, round(float(weight) * _size(str(trait)) * SCALE))
            for label, weight in enumerate(model.coef_[:, column])
            if abs(weight) >= _LEAST_WEIGHT
        ]
        for column, trait in enumerate(columns.get_feature_names_out())
    }
    return packed(
        [str(label) for label in model.classes_],
        [round(float(one) * SCALE) for one in model.intercept_],
        {trait: pairs for trait, pairs in weights.items() if pairs},
    )


def _size(trait: str) -> float:
    return _SIZES.get(trait[0], 1.0)


def packed(
    labels: list[str], bias: list[int], weights: dict[str, list[tuple[int, int]]]
) -> dict[str, Any]:
    """Return the form a model is kept in."""
    pairs = [pair for trait in weights for pair in weights[trait]]
    return {
        "labels": labels,
        "bias": bias,
        "traits": "\n".join(weights),
        "counts": [len(of_trait) for of_trait in weights.values()],
        "columns": b64encode(struct.pack(f"<{len(pairs)}h", *(one for one, _ in pairs))).decode(),
        "weights": b64encode(struct.pack(f"<{len(pairs)}h", *(one for _, one in pairs))).decode(),
    }


def main() -> None:
    """Learn and write the model."""
    paths = training_files()
    lexicon = shipped_lexicon()
    examples = [one for path in paths for one in examples_of(path, lexicon)]
    stored = {"schema": "similar-wording/1", "learned_from": digest(paths), **learned(examples)}
    text = json.dumps(stored, ensure_ascii=False, separators=(",", ":"))
    TARGET.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))
    size = TARGET.stat().st_size // 1000
    print(f"{len(examples)} numbers, {len(stored['labels'])} labels, {size} kB: {TARGET.name}")


if __name__ == "__main__":
    main()
