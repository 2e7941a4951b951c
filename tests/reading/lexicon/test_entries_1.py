"""Entries of reconsideration, litigation, documents, decisions, counsel and enforcement."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from re import _parser as parser
from typing import Any

import pytest

from assessor.reading.lexicon import Lexicon, shipped_lexicon
from assessor.reading.linking import Linker, places_of
from assessor.reading.numbers import find_numbers
from scoring.yaml_strict import parse_yaml

REPO = Path(__file__).resolve().parents[3]
LEXICON = REPO / "assessor" / "reading" / "lexicon"
FILES = ("reconsideration", "litigation", "documents-decisions", "counsel-talent", "enforcement")
STATUSES = {"achieved", "planned", "target", "previous_year", "change", "rank"}
KEYS = ("heads", "after", "forbid", "need", "need_before", "zero")
RATES = (
    "certificate-holding-rate",
    "case-pass-rate",
    "document-correction-rate",
    "document-filing-rate",
    "document-review-rate",
    "first-instance-loss-rate",
    "head-appearance-rate",
    "major-decision-review-rate",
    "mobile-enforcement-rate",
    "principal-appearance-rate",
    "reconsideration-correction-rate",
)


def load(path: Path) -> Any:
    return parse_yaml(path.read_text(encoding="utf-8"))


def rows_of(name: str, kind: str = "entries") -> list[dict[str, Any]]:
    return load(LEXICON / f"{name}.yaml").value.get(kind) or []


ENTRIES = [row for name in FILES for row in rows_of(name)]
TOPICS = rows_of("topics", "topics")
IDS = [row["id"] for row in ENTRIES]
SENTENCES = [
    sentence
    for name in ("dev-1", "dev-3")
    for sentence in load(REPO / f"tests/reading/sentences/{name}.yaml").value["sentences"]
]
LABELLED = [
    sentence
    for path in sorted((REPO / "tests/reading/sentences").glob("dev-*.yaml"))
    if path.stem not in {"dev-1", "dev-2", "dev-3"}
    for sentence in load(path).value["sentences"]
]
LABELS = {row["id"]: row["label"] for row in ENTRIES}
UNSEEN = load(REPO / "tests/reading/sentences/held-out-2.yaml").value["sentences"]


def patterns_of(row: dict[str, Any]) -> list[str]:
    if "pattern" in row:
        return [row["pattern"]]
    return [p for key in KEYS for p in row.get(key, ())]


def texts_of(label: str) -> list[str]:
    """Return the development sentences that hold a figure of a quantity."""
    return [
        sentence["text"].replace("(社区)", "")
        for sentence in (*SENTENCES, *LABELLED)
        for figure in sentence["expect"]
        if (figure["label"] if "label" in figure else LABELS.get(figure["entry"])) == label
    ]


def patterns_of_names(row: dict[str, Any]) -> list[str]:
    return [*row["heads"], *row.get("after", ())]


def children(node: Any, argument: Any) -> list[Any]:
    """Return the sub-patterns of one node of a parsed pattern."""
    name = str(node)
    if name in {"MAX_REPEAT", "MIN_REPEAT"}:
        return [argument[2]]
    if name == "SUBPATTERN":
        return [argument[3]]
    if name == "BRANCH":
        return list(argument[1])
    return [argument[1]] if name in {"ASSERT", "ASSERT_NOT"} else []


def nests(tree: Any, *, repeated: bool = False) -> bool:
    """Return whether a repeat stands inside what repeats more than once."""
    for node, argument in tree:
        repeat = str(node) in {"MAX_REPEAT", "MIN_REPEAT"}
        if repeat and repeated:
            return True
        many = repeat and argument[1] > 1
        if any(nests(sub, repeated=repeated or many) for sub in children(node, argument)):
            return True
    return False


def repeats(tree: Any) -> Iterator[int]:
    """Yield the upper bound of every repeat of a parsed pattern."""
    for node, argument in tree:
        if str(node) in {"MAX_REPEAT", "MIN_REPEAT"}:
            yield int(argument[1])
        for sub in children(node, argument):
            yield from repeats(sub)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return shipped_lexicon()


def best_entries(text: str, lexicon: Lexicon) -> list[str | None]:
    places = places_of(text, find_numbers(text).mentions, "")
    return [found[0].term.entry.id if found else None for found in Linker(lexicon).link(places)]


@pytest.mark.parametrize("name", ["topics", *FILES])
def test_file_is_strict_yaml_without_faults(name: str) -> None:
    document = load(LEXICON / f"{name}.yaml")

    assert document.faults == ()
    assert document.value["schema"] == "lexicon/1"


def test_ids_are_unique_over_all_lexicon_files() -> None:
    every = [
        row["id"]
        for path in sorted(LEXICON.glob("*.yaml"))
        for row in rows_of(path.stem, "entries")
    ]

    assert [one for one, count in Counter(every).items() if count > 1] == []
    assert [one for one, n in Counter(t["id"] for t in TOPICS).items() if n > 1] == []


@pytest.mark.parametrize("row", [*ENTRIES, *TOPICS], ids=lambda row: row["id"])
def test_patterns_compile_without_nested_or_unbounded_repeats(row: dict[str, Any]) -> None:
    for pattern in patterns_of(row):
        tree = parser.parse(pattern)

        assert re.compile(pattern)
        assert not nests(tree), pattern
        assert all(bound <= 300 for bound in repeats(tree)), pattern


def test_nested_repeat_is_recognised() -> None:
    assert nests(parser.parse("(?:复议{0,3}案件)*"))
    assert nests(parser.parse("(?:一审|(?:行政)?诉讼){0,2}"))
    assert not nests(parser.parse("(?:一审|(?:行政)?诉讼)?"))
    assert not nests(parser.parse("(?:复议|诉讼)?案件{0,3}"))


def test_references_are_known() -> None:
    items = {row["id"] for row in load(REPO / "scoring/items.yaml").value["items"]}
    topics = {row["id"] for row in TOPICS}
    printed = load(REPO / "assessor/reading/units.yaml").value["units"]
    classes = {name for row in printed for name in row["classes"]}

    for row in ENTRIES:
        assert row["item"] is None or row["item"] in items, row["id"]
        assert row.get("topic") is None or row["topic"] in topics, row["id"]
        assert set(row["units"]) <= classes, row["id"]
        assert row.get("role", "value") == "value" or row["item"], row["id"]


@pytest.mark.parametrize("rate", RATES)
def test_rate_has_a_value_numerator_and_denominator_entry(rate: str) -> None:
    roles = {row.get("role", "value") for row in ENTRIES if row["item"] == rate}
    shared = {"document-filing-rate", "principal-appearance-rate"}  # base shared with a sibling

    assert "value" in roles
    assert "numerator" in roles
    assert "denominator" in roles or rate in shared | {"document-review-rate"}


@pytest.mark.parametrize("row", ENTRIES, ids=lambda row: row["id"])
def test_entry_has_three_development_sentences_that_name_it(row: dict[str, Any]) -> None:
    texts = texts_of(row["label"])
    names = [
        re.compile(
            pattern.replace("$", "").replace("[^", "[~").replace("^", "").replace("[~", "[^")
        )
        for pattern in patterns_of_names(row)
    ]

    assert len(texts) >= 3
    assert any(name.search(text) for text in texts for name in names)


def test_development_sentences_are_well_formed(lexicon: Lexicon) -> None:
    known = {term.entry.id for term in lexicon.terms}

    for sentence in SENTENCES:
        for figure in sentence["expect"]:
            assert figure["number"] in sentence["text"], sentence["text"]
            assert figure["unit"] in sentence["text"], sentence["text"]
            assert figure["status"] in STATUSES, sentence["text"]
            assert figure["entry"] is None or figure["entry"] in known, figure["entry"]


def test_unseen_sentences_are_well_formed() -> None:
    assert len(UNSEEN) >= 120
    for sentence in UNSEEN:
        for figure in sentence["expect"]:
            assert figure["number"] in sentence["text"], sentence["text"]
            assert figure["status"] in STATUSES, sentence["text"]
            assert figure["label"] is None or figure["label"].strip(), sentence["text"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全年审结行政复议案件80件,纠错率为5%。", "reconsideration-correction-rate"),
        ("行政规范性文件备案审查60件,纠错率为5%。", "document-correction-rate"),
        ("全市行政机关负责人出庭率达97%。", "head-appearance-rate"),
        ("全市行政机关主要负责人出庭率达17%。", "principal-appearance-rate"),
        ("一审行政诉讼败诉率为4%。", "first-instance-loss-rate"),
        ("行政诉讼败诉率为4%。", "loss-rate"),
        ("行政执法证考试通过率为86%。", "qualification-exam-pass-rate"),
        ("行政执法人员持证率上升至91%。", "certificate-holding-rate"),
        ("执法人员信息完善率达100%。", None),
        ("共收到行政复议申请90件。", "reconsideration-applications"),
        ("共受理行政复议申请80件。", "reconsideration-accepted"),
        ("对行政复议申请不予受理7件。", "reconsideration-not-accepted"),
        ("行政复议案件办结70件。", "reconsideration-closed-cases"),
        ("行政复议决定维持30件。", "reconsideration-upheld"),
        ("行政复议驳回申请9件。", "reconsideration-dismissed"),
        ("行政复议决定撤销5件。", "reconsideration-revoked"),
        ("聘请法治监督员80名。", "rule-of-law-supervisors"),
        ("特邀行政执法监督员36名。", "enforcement-supervisors"),
        ("全市聘请法律顾问45名。", "counsel-count"),
        ("全市共有公职律师27名。", "public-lawyer-count"),
        ("全年评查执法案卷90份。", "archives-reviewed"),
        ("全年评出优秀案卷12份。", "archives-excellent"),
        ("完成换发统一执法证件1300名。", None),
        ("开展专项行政执法监督21次。", None),
    ],
)
def test_look_alikes_are_kept_apart(text: str, expected: str | None, lexicon: Lexicon) -> None:
    assert best_entries(text, lexicon)[-1] == expected


def test_several_reconsideration_results_of_one_clause_stay_apart(lexicon: Lexicon) -> None:
    text = "行政复议案件审结60件,其中维持30件、撤销5件、确认违法2件。"

    assert best_entries(text, lexicon) == [
        "reconsideration-closed-cases",
        "reconsideration-upheld",
        "reconsideration-revoked",
        "reconsideration-declared-unlawful",
    ]


def test_first_instance_context_carries_over_later_clauses(lexicon: Lexicon) -> None:
    text = "一审行政诉讼案件115件,审结117件,败诉12件。"

    assert best_entries(text, lexicon) == [
        "litigation-first-instance-plain",
        "first-instance-closed-cases",
        "first-instance-lost",
    ]
