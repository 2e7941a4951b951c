"""A whole made-up city over several years."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from citymaker import files
from citymaker.figures import Strength, seeded
from citymaker.filing import File, Unit, files_of, roster_entry, write
from citymaker.names import CITY, unit_names
from citymaker.plan import write_plan

_FORMS = ("xlsx", "yaml", "xlsx", "json")
_REPORTS = ("docx", "txt", "html")


class Size(NamedTuple):
    """How big a city is and what its units send in."""

    entities: int
    years: tuple[int, ...]
    form: str = "mixed"
    forms_only: bool = False


class City(NamedTuple):
    """Units by year."""

    name: str
    plan: str
    """Id of its plan's target set."""
    seed: str
    units: Mapping[int, tuple[Unit, ...]]

    @property
    def years(self) -> tuple[int, ...]:
        """Return the years, first first."""
        return tuple(self.units)

    def write(self, out: Path, rules: Path) -> None:
        """Write a folder for every year, and the plan's rule files."""
        for year, units in self.units.items():
            for unit in units:
                write(files_of(unit, year, self.seed), out / str(year))
            entries = [roster_entry(unit, year, self.seed) for unit in units]
            write([File("名单.xlsx", files.to_roster(entries))], out / str(year))
        write_plan(self.name, self.plan, rules)


def make_city(size: Size, seed: str) -> City:
    """Return a city without awkward cases, some units late.

    Raises:
        ValueError: more units are asked for than there are names.
    """
    random = seeded(seed, "city")
    units = []
    for number, name in enumerate(unit_names(size.entities, random)):
        strength = Strength(random.uniform(0.3, 0.95), random.uniform(-0.05, 0.1))
        kind = _FORMS[number % len(_FORMS)] if size.form == "mixed" else size.form
        units.append(
            Unit(
                name,
                (name, CITY),
                strength,
                form=kind,
                report="" if size.forms_only else _REPORTS[number % len(_REPORTS)],
                hidden=random.randint(0, 15),
                in_folder=number % 5 != 4,
                days_late=random.randint(1, 20) if number % 40 == 39 else 0,
            )
        )
    return City(CITY, "made-city-2021-2025", seed, dict.fromkeys(size.years, tuple(units)))
