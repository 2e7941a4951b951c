"""The quick look at a YAML text never lets through what the thorough one stops."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import yaml_strict
from scoring.yaml_strict import MAX_DEPTH, parse_yaml


def nested(kinds: list[int]) -> str:
    """Nest blocks and brackets as tightly as YAML allows."""
    text, indent, closing = "", 0, ""
    for kind in kinds:
        if closing or kind in (2, 3):
            text, closing = (
                (f"{text}[", f"]{closing}") if kind % 2 else (f"{text}{{k: ", f"}}{closing}")
            )
        elif kind == 0:
            indent += 1
            text += f"a:\n{' ' * indent}"
        elif kind == 1:
            text += "- "
            indent += 2
        else:
            text += f"a:\n{' ' * indent}- "
            indent += 2
    return f"{text}x{closing}"


def thorough(text: str, monkeypatch) -> object:
    with monkeypatch.context() as patch:
        patch.setattr(yaml_strict, "_SIGNS", re.compile(""))
        return parse_yaml(text)


@given(st.lists(st.integers(0, 4), max_size=40))
def test_nesting_is_judged_alike(kinds):
    text = nested(kinds)
    with pytest.MonkeyPatch.context() as patch:
        assert parse_yaml(text) == thorough(text, patch)


@given(st.text(alphabet="a:-?[]{}&*!\n\r\t \x85\u2028#'\"0", max_size=60))
def test_any_text_is_judged_alike(text):
    with pytest.MonkeyPatch.context() as patch:
        assert parse_yaml(text) == thorough(text, patch)


@pytest.mark.parametrize(
    "level", ["a:\n", "- ", "? ", "["], ids=["maps", "lists", "keys", "brackets"]
)
def test_a_text_nested_too_deeply_is_stopped(level):
    if level == "a:\n":
        text = "".join(f"{' ' * depth}a:\n" for depth in range(MAX_DEPTH + 1))
    else:
        text = level * (MAX_DEPTH + 1) + "x" + "]" * (MAX_DEPTH + 1) * (level == "[")

    assert [fault.code for fault in parse_yaml(text).faults] == ["too-deep"]


def test_lists_under_their_keys_count_for_both():
    deep = "a:\n" + "".join(f"{'  ' * depth}- a:\n" for depth in range(MAX_DEPTH))

    assert [fault.code for fault in parse_yaml(deep).faults] == ["too-deep"]


@pytest.mark.parametrize("text", ["a: &x 1", "a: *x", "a: !!str 1", "a: ! 1"])
def test_anchors_aliases_and_tags_are_stopped(text):
    assert {fault.code for fault in parse_yaml(text).faults} <= {"alias", "tag"}
    assert parse_yaml(text).faults
