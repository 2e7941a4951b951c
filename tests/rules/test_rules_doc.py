"""docs/rules.md names everything a rule file may say, and its examples are sound rules."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from schemas.base import Model, Provenance
from schemas.errors import UnknownRule
from schemas.framework import Node, Part
from schemas.outcome import Outcome
from schemas.rules import Rule
from schemas.submission import Answer
from schemas.target import Comparator, DatedValue, DueBasis, Force, Target
from scoring import Choice, assess, make_ruler, read_library
from scoring.kinds import KINDS
from scoring.library import _FILES, _LISTS, build_rulebook
from scoring.lint import FAULT_CODES, lint_library

DOC = Path(__file__).parents[2] / "docs" / "rules.md"
TEXT = DOC.read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", TEXT, flags=re.DOTALL)


def _tables() -> dict[str, dict[str, str]]:
    """Return the rows of each table by its first column's heading: name in the row, whole row."""
    tables: dict[str, dict[str, str]] = {}
    for block in re.findall(r"(?:^\|.*\|\n)+", TEXT, flags=re.MULTILINE):
        heading, _, *rows = block.splitlines()
        cells = {row.split("|")[1].strip().strip("`"): row for row in rows}
        tables[heading.split("|")[1].strip().replace("`", "")] = cells
    return tables


TABLES = _tables()


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        ("代码", FAULT_CODES),
        ("kind", KINDS),
        ("comparator", Comparator),
        ("标记", Provenance),
        ("首行 schema", [f"{kind}/1" for kind in (*_LISTS, *_FILES)]),
    ],
)
def test_table_has_a_row_for_each_name_and_no_other(heading: str, names) -> None:
    assert sorted(TABLES[heading]) == sorted(str(name) for name in names)
    assert all(len(row.split("|")[2].strip()) > 3 for row in TABLES[heading].values())


@pytest.mark.parametrize("name", [*DueBasis, *Force])
def test_name_is_explained(name: str) -> None:
    assert f"`{name}`" in TEXT


def test_every_kind_of_file_stands_where_the_table_says() -> None:
    for file in read_library().files:
        place = TABLES["首行 schema"][f"{file.kind}/1"].split("|")[2].strip().strip("`")

        assert file.path.startswith(f"scoring/{place}")


@pytest.mark.parametrize("model", Rule.__origin__.__args__, ids=lambda one: one.__name__)
def test_parameters_of_the_rule_kind_are_named_in_its_row(model: type[Model]) -> None:
    row = TABLES["kind"][model.model_fields["kind"].default]
    missing = [name for name in model.model_fields if name != "kind" and f"`{name}`" not in row]

    assert missing == []


@pytest.mark.parametrize("model", [Target, DatedValue, Node, Part])
def test_fields_a_keeper_writes_are_named(model: type[Model]) -> None:
    names = [field.alias or name for name, field in model.model_fields.items()]
    missing = [name for name in names if f"`{name}" not in TEXT and f"{name}:" not in TEXT]

    assert missing == []


def test_text_is_short_enough_to_be_read() -> None:
    assert len(TEXT.splitlines()) < 200


@pytest.fixture
def example_paths(tmp_path: Path) -> list[Path]:
    for number, example in enumerate(EXAMPLES):
        (tmp_path / f"{number}.yaml").write_text(example, encoding="utf-8")
    return [tmp_path]


def test_examples_are_sound_together(example_paths: list[Path]) -> None:
    assert len(EXAMPLES) == 4
    assert lint_library(read_library(example_paths)) == ()


def test_outline_example_scores_with_its_marks(example_paths: list[Path], submission) -> None:
    book = build_rulebook(read_library(example_paths))
    ruler = make_ruler(book, Choice(framework="demonstration-2021"))
    filed = submission(
        Answer(item="case-pass-rate", value=98),
        Answer(item="law-lectures", value=2),
        regions=("某县", "某市"),
    )
    result = assess(filed, ruler)
    lines = {one.code: one for one in result.indicators}

    assert result.rules.framework_provenance is Provenance.OFFICIAL
    assert (lines["N1.1"].outcome, lines["N1.1"].parts[0].target.value) == (Outcome.MET, 98)
    assert lines["N1.1"].parts[0].target.clause == "通知第二条"
    assert lines["N2.1"].outcome is Outcome.MET


def test_advice_of_the_outline_error_leads_to_this_text(book) -> None:
    with pytest.raises(UnknownRule, match=r"docs/rules\.md"):
        book.framework("demonstration-2019")
    assert "demonstration-2019" in TEXT
