"""Entries on study, leadership, law popularisation, services, supervision, honours, business."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from schemas.lexicon import Entry
from scoring.yaml_strict import parse_yaml

ROOT = Path(__file__).resolve().parents[3]
LEXICON = ROOT / "assessor" / "reading" / "lexicon"
SENTENCES = ROOT / "tests" / "reading" / "sentences"
FILES = (
    *("study-training", "leadership", "law-popularisation", "government-service"),
    *("supervision", "demonstration", "business"),
)
CLASSES = frozenset(
    (
        *("percent", "case", "person", "persontime", "time", "document", "thing", "unit"),
        *("household", "team", "money", "hour", "day", "month", "year", "km", "point", "ratio"),
        *("vote", "vehicle", "square", "article", "dept", "area", "minute"),
    )
)
STATUSES = frozenset(("achieved", "planned", "target", "previous_year", "change", "rank"))
DEVELOPMENT = tuple(sorted(path.stem for path in SENTENCES.glob("dev-*.yaml")))
FIELDS = frozenset(Entry.model_fields)


def _parsed(path: Path) -> Any:
    document = parse_yaml(path.read_text(encoding="utf-8"))

    assert document.faults == (), f"{path.name}: {document.faults}"
    return document.value


def _entries() -> list[dict[str, Any]]:
    return [entry for name in FILES for entry in _parsed(LEXICON / f"{name}.yaml")["entries"]]


def _ids_of_all_files() -> set[str]:
    return {
        entry["id"]
        for path in sorted(LEXICON.glob("*.yaml"))
        for entry in _parsed(path).get("entries") or ()
    }


@cache
def _figures(name: str) -> tuple[tuple[str, dict[str, Any]], ...]:
    sentences = _parsed(SENTENCES / f"{name}.yaml")["sentences"]
    return tuple(
        (unicodedata.normalize("NFKC", row["text"]), figure)
        for row in sentences
        for figure in row["expect"]
    )


def _development() -> tuple[tuple[str, dict[str, Any]], ...]:
    return (*_figures("dev-2"), *_figures("dev-3"))


@cache
def _texts_by_label() -> dict[str, tuple[str, ...]]:
    """Return the development sentences of every quantity, by its printed name."""
    labels = {
        entry["id"]: entry["label"]
        for path in sorted(LEXICON.glob("*.yaml"))
        for entry in _parsed(path).get("entries") or ()
    }
    found: dict[str, list[str]] = {}
    for name in DEVELOPMENT:
        for text, figure in _figures(name):
            label = figure["label"] if "label" in figure else labels.get(figure["entry"])
            if label is not None:
                found.setdefault(label, []).append(text)
    return {label: tuple(texts) for label, texts in found.items()}


def _anywhere(head: str) -> str:
    """Return a pattern without its anchors, complements of classes kept."""
    return head.replace("$", "").replace("[^", "[~").replace("^", "").replace("[~", "[^")


def _patterns(entry: dict[str, Any]) -> list[str]:
    return [
        pattern
        for field in ("heads", "after", "forbid", "need", "need_before", "zero")
        for pattern in entry.get(field, ())
    ]


def _repeats_inside_repeats(pattern: str) -> bool:
    """Return whether a group that repeats more than once holds another such repeat."""
    groups: list[bool] = []
    """Per open group: whether it holds a repeat."""
    tokens = re.findall(r"\\.|\[(?:\\.|[^\]\\])+\]|\{\d*,?\d*\}|.", pattern)
    for index, piece in enumerate(tokens):
        following = tokens[index + 1] if index + 1 < len(tokens) else ""
        repeats = following in ("*", "+") or (following.startswith("{") and following != "{")
        if piece == "(":
            groups.append(False)
        elif piece == ")":
            holds = groups.pop()
            if holds and repeats:
                return True
            if groups:
                groups[-1] = groups[-1] or holds or repeats
        elif repeats and groups:
            groups[-1] = True
    return False


@pytest.mark.parametrize(
    ("pattern", "nested"),
    [
        ("(?:a{0,3}b){0,2}", True),
        ("(?:(?:a+)b)*", True),
        ("(?:a|b)*c{0,8}", False),
        ("(?:a{0,3}b)?", False),
    ],
)
def test_nested_repeats_are_recognised(pattern: str, nested: bool) -> None:
    assert _repeats_inside_repeats(pattern) is nested


@pytest.mark.parametrize("name", FILES)
def test_file_parses_without_faults_and_names_its_schema(name: str) -> None:
    value = _parsed(LEXICON / f"{name}.yaml")

    assert value["schema"] == "lexicon/1"
    assert value["entries"], name


def test_ids_are_unique_slugs_and_fields_are_known() -> None:
    entries = _entries()
    ids = [entry["id"] for entry in entries]

    assert sorted({name for name in ids if ids.count(name) > 1}) == []
    assert [name for name in ids if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", name)] == []
    assert [entry["id"] for entry in entries if not entry.keys() <= FIELDS] == []


def test_every_pattern_compiles_and_cannot_take_exponential_time() -> None:
    for entry in _entries():
        for pattern in _patterns(entry):
            re.compile(pattern)

            assert not re.search(r"(?<!\\)\.[*+]", pattern), f"{entry['id']}: {pattern}"
            assert not _repeats_inside_repeats(pattern), f"{entry['id']}: {pattern}"


def test_patterns_are_written_as_normalised_text_is() -> None:
    wide = [
        (entry["id"], pattern)
        for entry in _entries()
        for pattern in _patterns(entry)
        if unicodedata.normalize("NFKC", pattern) != pattern
    ]

    assert wide == []


def test_unit_classes_are_known() -> None:
    assert [entry["id"] for entry in _entries() if not set(entry["units"]) <= CLASSES] == []


def test_items_and_roles_are_known_and_an_item_has_one_name() -> None:
    known = {item["id"]: item for item in _parsed(ROOT / "scoring" / "items.yaml")["items"]}
    seen: dict[tuple[str, str], str] = {}
    for entry in _entries():
        item, role = entry["item"], entry.get("role", "value")
        if item is None:
            continue

        assert item in known, entry["id"]
        assert role == "value" or role in known[item], entry["id"]
        if role == "value" and entry["label"] != "法治政府示范命名数":
            same = seen.setdefault((item, role), entry["label"])
            assert same == entry["label"], entry["id"]


def test_rates_are_counted_in_percent_only_where_they_are_shares() -> None:
    for entry in _entries():
        if entry["label"].endswith("率") and not entry["label"].startswith("万人"):
            assert "percent" in entry["units"], entry["id"]


def test_every_quantity_has_three_figures_in_the_development_sentences() -> None:
    texts = _texts_by_label()
    counts = {entry["label"]: len(texts.get(entry["label"], ())) for entry in _entries()}

    assert {label: count for label, count in counts.items() if count < 3} == {}


def test_heads_of_every_entry_match_a_development_sentence() -> None:
    silent = [
        entry["id"]
        for entry in _entries()
        if not any(
            re.search(_anywhere(head), text)
            for head in entry["heads"]
            for text in _texts_by_label()[entry["label"]]
        )
    ]

    assert silent == []


def test_needs_of_every_entry_hold_in_some_development_sentence() -> None:
    for entry in _entries():
        needs = entry.get("need", ())
        texts = _texts_by_label()[entry["label"]]
        assert any(all(re.search(need, text) for need in needs) for text in texts), entry["id"]


@pytest.mark.parametrize(
    ("name", "key"), [("dev-2", "entry"), ("dev-3", "entry"), ("held-out-1", "label")]
)
def test_sentences_print_the_figures_they_expect(name: str, key: str) -> None:
    for text, figure in _figures(name):
        number, unit = figure["number"], figure["unit"]

        assert re.search(rf"{re.escape(number)}[余多]?{re.escape(unit)}", text), f"{number}: {text}"
        assert figure["status"] in STATUSES, text
        assert set(figure) == {"number", "unit", key, "status"}, text


def test_development_sentences_name_entries_that_exist() -> None:
    known = _ids_of_all_files()
    named = {figure["entry"] for _, figure in _development()} - {None}

    assert sorted(named - known) == []


def test_held_out_sentences_are_many_and_not_among_the_development_sentences() -> None:
    held = {text for text, _ in _figures("held-out-1")}

    assert len(held) >= 120
    assert held.isdisjoint(text for text, _ in _development())


def _entry(name: str) -> dict[str, Any]:
    return next(entry for entry in _entries() if entry["id"] == name)


def _fits(name: str, clause: str) -> bool:
    entry = _entry(name)
    named = any(re.search(head, clause) for head in entry["heads"])
    barred = any(re.search(pattern, clause) for pattern in entry.get("forbid", ()))
    needed = all(re.search(pattern, clause) for pattern in entry.get("need", ()))
    return named and not barred and needed


@pytest.mark.parametrize(
    ("clause", "right", "wrong"),
    [
        ("县政府常务会议会前学法12次", "meeting-law-study", "pre-meeting-law-study"),
        ("党组理论学习中心组专题学法6次", "party-law-study", "meeting-law-study"),
        ("局务会会前学法9次", "pre-meeting-law-study", "party-law-study"),
        ("组织干部职工集中学法15次", "staff-law-study", "party-law-study"),
        ("政府常务会议研究法治建设4次", "standing-meeting-rule-of-law", "meeting-law-study"),
        ("政府常务会议学法4次", "meeting-law-study", "standing-meeting-rule-of-law"),
        ("法治考试通过率98%", "law-exam-pass-rate", "law-study-coverage"),
        ("法律知识考试参考率98%", "law-exam-attendance-rate", "law-exam-pass-rate"),
        ("12345热线满意率98%", "hotline-satisfaction-rate", "service-rating-rate"),
        ("12345热线办结率98%", "hotline-closed-rate", "proposal-completion-rate"),
        ("12345热线响应率100%", "hotline-response-rate", "hotline-closed-rate"),
        ("政协提案满意率98%", "proposal-satisfaction-rate", "hotline-satisfaction-rate"),
        ("政务服务事项网上可办率98%", "online-available-rate", "online-handling-rate"),
        ("政务服务事项网上办理率98%", "online-handling-rate", "online-available-rate"),
        ("最多跑一次事项占比98%", "once-items-share", "run-at-most-once-rate"),
        ("最多跑一次实现率98%", "run-at-most-once-rate", "once-items-share"),
        ("受理行政许可申请98件", "license-accepted", "license-closed"),
        ("办结行政许可98件", "license-closed", "license-accepted"),
        ("作出不予行政许可决定3件", "license-refused", "license-closed"),
        ("办理人大代表建议98件", "congress-proposals", "cppcc-proposals"),
        ("办理政协提案98件", "cppcc-proposals", "congress-proposals"),
        ("人民调解成功率98%", "mediation-success-rate", "village-resolution-rate"),
        ("矛盾纠纷镇村化解率98%", "village-resolution-rate", "dispute-resolution-rate"),
    ],
)
def test_lookalikes_are_told_apart(clause: str, right: str, wrong: str) -> None:
    assert _fits(right, clause)
    assert not _fits(wrong, clause)
