"""Work is keyed by the program itself, not only by the version it calls its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessor.city import work
from assessor.city.shipped import PACKAGES, digest_of, shipped_digest


@pytest.fixture
def folder(tmp_path) -> Path:
    for name in ("code.py", "rules/city.yaml", "page.html"):
        path = tmp_path / "product" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, "utf-8")
    return tmp_path / "product"


def test_it_is_one_number_for_the_run():
    assert len(shipped_digest()) == 64
    assert shipped_digest() is shipped_digest()


@pytest.mark.parametrize("name", ["code.py", "rules/city.yaml", "page.html"])
@pytest.mark.parametrize("change", ["alter", "rename", "remove"])
def test_any_file_of_the_product_counts(folder, name, change):
    before, path = digest_of([folder]), folder / name
    if change == "alter":
        path.write_text("x", "utf-8")
    elif change == "rename":
        path.rename(path.with_name("other.txt"))
    else:
        path.unlink()

    assert digest_of([folder]) != before


@pytest.mark.parametrize("name", ["__pycache__/code.cpython-311.pyc", ".hidden/x.py", ".DS_Store"])
def test_what_python_and_systems_leave_behind_does_not(folder, name):
    before, path = digest_of([folder]), folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("x", "utf-8")

    assert digest_of([folder]) == before


def test_the_packages_are_those_that_are_built():
    root = Path(__file__).parents[2]

    assert {path.parent.name for path in root.glob("*/__init__.py")} == set(PACKAGES)


def test_another_program_does_the_work_again(city, tmp_path, monkeypatch):
    folder = city.write_forms(tmp_path / "in", "甲县")
    first = city.run_in(folder, tmp_path / "out").entities[0].key
    again = city.run_in(folder, tmp_path / "out").entities[0].key
    monkeypatch.setattr(work, "shipped_digest", lambda: "0" * 64)
    other = city.run_in(folder, tmp_path / "out").entities[0].key

    assert first == again
    assert other != first
