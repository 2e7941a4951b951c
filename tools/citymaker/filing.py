"""One unit's papers for one year, and how they lie in the folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from citymaker import files
from citymaker.figures import Figure, Figures, Strength, draw, seeded, undisclosed
from citymaker.wording import Voice, Written, report
from schemas.base import Level
from schemas.manifest import RosterEntry

_MEAN_SOURCE = "《{city}{year}年行政复议情况通报》所列全市平均数"


class Unit(NamedTuple):
    """A made-up unit and how it files in one year."""

    name: str
    regions: tuple[str, ...]
    strength: Strength
    form: str = "xlsx"
    """`xlsx`, `yaml`, `json`, or empty for none."""
    report: str = "txt"
    """`txt`, `docx`, `html`, or empty for none."""
    hidden: int = 4
    """Percent of the items nobody hears of."""
    figures_of: str = ""
    """Unit whose figures it shares, as percentages; its own without."""
    words_of: str = ""
    """Unit whose report it copies; its own words without."""
    figures: tuple[tuple[str, Figure], ...] = ()
    """Figures that are set, not drawn."""
    told: tuple[tuple[str, Figure], ...] = ()
    """Figures that only the report gives so: it contradicts the form."""
    in_folder: bool = True
    spoilt: tuple[str, ...] = ()
    """`form`, `report`: the file is cut short."""
    reviews: tuple[Mapping[str, str], ...] = ()
    days_late: int = 0
    is_missing: bool = False


class File(NamedTuple):
    """A file to write."""

    name: str
    """Relative to the year's folder, with `/`."""
    content: bytes


def due_on(year: int) -> date:
    """Return the day by which papers of a year must be filed."""
    return date(year + 1, 3, 31)


def files_of(unit: Unit, year: int, seed: str) -> Iterator[File]:
    """Yield the files a unit sends in."""
    if unit.is_missing:
        return
    published = due_on(year) - timedelta(days=seeded(seed, unit.name, year).randint(8, 24))
    if unit.days_late:
        published = due_on(year) + timedelta(days=unit.days_late)
    figures = _figures(unit, year, seed, published)
    voice = Voice(unit.name, year, f"{seed}/{unit.words_of or unit.name}/words")
    written = report(voice, figures | dict(unit.told), published) if unit.report else None
    stem = f"{unit.name}{year}年"
    prefix = f"{unit.name}/" if unit.in_folder else ""
    if unit.form:
        yield _spoilt(
            unit, "form", f"{prefix}{stem}填报表.{unit.form}", _form(unit, year, figures, written)
        )
    if written is not None:
        name = f"{prefix}{stem}法治政府建设年度报告.{unit.report}"
        yield _spoilt(unit, "report", name, files.to_report(written.text, unit.report))
    if unit.reviews:
        yield File(f"{prefix}{stem}评审意见.yaml", files.to_review(unit.name, year, unit.reviews))


def roster_entry(unit: Unit, year: int, seed: str) -> RosterEntry:
    """Return the unit's line of the roster."""
    filed = None
    if not unit.is_missing:
        early = seeded(seed, unit.name, year, "filed").randint(0, 7)
        filed = due_on(year) + timedelta(days=unit.days_late or -early)
    return RosterEntry(
        entity=unit.name,
        level=Level.COUNTY,
        regions=unit.regions,
        due_on=due_on(year),
        filed_on=filed,
    )


def write(files_: Iterator[File] | list[File], folder: Path) -> None:
    """Write files, making their folders."""
    for one in files_:
        path = folder / one.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(one.content)


def _figures(unit: Unit, year: int, seed: str, published: date) -> Figures:
    found = draw(f"{seed}/{unit.figures_of or unit.name}", year, unit.strength, published)
    if unit.figures_of:
        found = {item: _doubled(figure) for item, figure in found.items()}
    found = undisclosed(found, f"{seed}/{unit.figures_of or unit.name}", unit.hidden)
    return found | dict(unit.figures)


def _doubled(figure: Figure) -> Figure:
    """Return the same percentage of twice as many cases."""
    if figure.numerator is None or figure.denominator is None:
        return figure
    return figure._replace(numerator=2 * figure.numerator, denominator=2 * figure.denominator)


def _form(unit: Unit, year: int, figures: Figures, written: Written | None) -> bytes:
    city = unit.regions[1] if len(unit.regions) > 1 else unit.name
    mean = Decimal("7.8") + Decimal(year - 2023) / 10
    source = _MEAN_SOURCE.format(city=city, year=year)
    form = files.Form(
        unit.name,
        unit.regions,
        year,
        figures,
        written.sentences if written is not None else {},
        (("reconsideration-correction-rate", mean, source),),
    )
    return files.FORMS[unit.form](form)


def _spoilt(unit: Unit, what: str, name: str, content: bytes) -> File:
    """Return the file, cut short when the unit's is."""
    return File(name, content[: len(content) * 2 // 5] if what in unit.spoilt else content)
