"""Finding, reading and linking rule files."""

from __future__ import annotations

from pathlib import Path

import pytest

from schemas.errors import RuleFileError
from schemas.target import Item, Unit
from scoring import build_rulebook, read_library, shipped_rulebook
from scoring.lint import checked_rulebook
from scoring.rulebook import Rulebook

UNIT = "schema: units/1\nunits:\n  - {{id: {id}, label: 里, dimension: count}}\n"


def test_shipped_files_are_named_from_the_package_and_sorted() -> None:
    names = [file.path for file in read_library().files]

    assert names == sorted(names)
    assert {"scoring/items.yaml", "scoring/schemes/standard.yaml"} <= set(names)


def test_file_of_a_user_is_added_under_the_path_given(write) -> None:
    path = write("mine.yaml", UNIT.format(id="league"))
    library = read_library([path])

    assert library.files[-1].path == path.as_posix()
    assert "league" in {unit.id for _, unit in library.models(Unit)}


def test_folder_gives_its_yaml_files_by_name_and_nothing_else(write, tmp_path: Path) -> None:
    write("rules/b.yml", UNIT.format(id="mile"))
    write("rules/a/c.yaml", UNIT.format(id="league"))
    write("rules/notes.txt", "not: [a rule file")
    library = read_library([tmp_path / "rules"])

    assert [Path(file.path).name for file in library.files[-2:]] == ["c.yaml", "b.yml"]
    assert library.faults == []


def test_file_with_a_byte_order_mark_is_read(write) -> None:
    library = read_library([write("mine.yaml", "\ufeff" + UNIT.format(id="league"))])

    assert library.faults == []


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "starts with `schema:"),
        ("# nothing\n", 1, "starts with `schema:"),
        ("- a\n- b\n", 1, "starts with `schema:"),
        ("units: []\n", 1, "starts with `schema:"),
        ("schema: 1\n", 1, "starts with `schema:"),
        ("id: a\nschema: unit/1\n", 2, "found 'unit/1'; known: units/1"),
        ("schema: units/2\nunits: []\n", 1, "found 'units/2'"),
        ("schema: units/1\n", 1, "expected only `schema` and a list `units`"),
        ("schema: units/1\nunits: {}\n", 1, "expected only `schema` and a list `units`"),
        ("schema: units/1\nunits: []\nid: a\n", 1, "expected only `schema` and a list `units`"),
    ],
)
def test_file_that_does_not_say_what_it_is_is_a_fault(
    write, text: str, line: int, message: str
) -> None:
    faults = read_library([write("mine.yaml", text)]).faults

    assert [(fault.line, fault.code) for fault in faults] == [(line, "schema")]
    assert message in faults[0].message


def test_one_bad_row_of_a_list_does_not_hide_the_good_ones(write) -> None:
    path = write(
        "mine.yaml",
        "schema: units/1\nunits:\n  - {id: league, label: 里}\n"
        "  - {id: mile, label: 英里, dimension: count}\n",
    )
    library = read_library([path])

    assert [(fault.line, fault.code) for fault in library.faults] == [(3, "field")]
    assert "mile" in {unit.id for _, unit in library.models(Unit)}


def test_fault_of_a_field_shows_the_value_found(write) -> None:
    path = write("mine.yaml", "schema: units/1\nunits:\n  - {id: A B, label: 里, dimension: day}\n")
    fault = read_library([path]).faults[0]

    assert fault.message.startswith("id: ")
    assert fault.message.endswith("(found 'A B')")
    assert str(fault).startswith(f"{path.as_posix()}:3: [field] id: ")


def test_number_in_exponent_form_is_refused_not_read_as_a_float(write) -> None:
    path = write(
        "mine.yaml", "schema: units/1\nunits:\n  - {id: a, label: 里, dimension: day, minimum: 1e3}"
    )

    assert "plain decimal text" in read_library([path]).faults[0].message


def test_damaged_library_cannot_be_linked(write) -> None:
    bad = write("bad.yaml", "schema: units/1\nunits:\n  - {id: a}\n")
    with pytest.raises(RuleFileError, match=r"bad\.yaml:3: \[field\]") as caught:
        build_rulebook(read_library([bad]))

    assert [fault.message.split(":")[0] for fault in caught.value.faults] == ["label", "dimension"]


def test_library_without_checks_cannot_be_linked(rule_copy) -> None:
    (rule_copy.root / "checks.yaml").unlink()
    with pytest.raises(RuleFileError, match=r"no file of checks/1"):
        build_rulebook(read_library())


def test_sound_files_of_a_user_are_linked_to_the_shipped_ones(write) -> None:
    unit = write("unit.yaml", UNIT.format(id="league"))
    item = write(
        "item.yaml",
        "schema: items/1\nitems:\n  - {id: road, label: 路, unit: league, definition: 路长}\n",
    )
    book = checked_rulebook(read_library([unit, item]))

    assert book.items["road"].unit == "league"
    assert "case-pass-rate" in book.items


def test_shipped_rulebook_is_read_once() -> None:
    assert shipped_rulebook() is shipped_rulebook()


def test_every_shipped_item_is_linked_under_its_id(book: Rulebook) -> None:
    listed = [item.id for _, item in read_library().models(Item)]

    assert list(book.items) == listed
    assert len(listed) == 151
