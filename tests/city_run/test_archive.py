"""The archive on SQLite and on PostgreSQL: exact, append-only, safe to ask."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import pytest
from sqlalchemy import delete, insert, select

from assessor.appraisal import Appraisal, appraise
from assessor.city.archive import ArchiveError, Work, open_archive
from assessor.city.asking import ask_what_if, compare, history, supposition_of
from assessor.city.storing import packed, restored, scored_of, stored, unpacked
from assessor.city.tables import ASSESSMENT, WORK
from schemas.manifest import EntityEntry, Manifest
from scoring import Choice, make_ruler, shipped_rulebook
from scoring.ruler_content import ruler_content


@cache
def ruler():
    return make_ruler(shipped_rulebook(), Choice())


@pytest.fixture
def filed(city, tmp_path):
    """Score a form and archive it under a key."""

    def _filed(store, key: str, name: str, **fields: object) -> Appraisal:
        path = tmp_path / f"{key}.yaml"
        path.write_text(city.form_of(name, **fields), "utf-8")
        found = appraise(ruler(), form=path)
        store.keep_ruler(ruler().digest, packed(ruler_content(ruler())))
        work = Work(key, name, "scored", "", {"a.json": "0" * 64}, {"n_issues": 1})
        store.finish(work, scored_of(found.assessment, found.submission, found.review))
        return found

    return _filed


@pytest.mark.parametrize("text", ["0", "0.000001", "880.44", "123456789012.345678", "999999999999"])
def test_points_survive_storing_to_the_last_millionth(archive, text):
    row = {
        "key": "k",
        "entity": "县",
        "period_end": "2024-12-31",
        "ruler": "r",
        "engine": "1",
        "mode": "binding",
        "grade": "",
        "total": stored(Decimal(text)),
        "low": 0,
        "high": 0,
        "result": b"",
        "submission": b"",
        "review": b"",
    }
    with archive.engine.begin() as connection:
        connection.execute(insert(ASSESSMENT).values(**row))
    with archive.engine.connect() as connection:
        back = connection.execute(select(ASSESSMENT.c.total)).scalar_one()

    assert restored(back) == Decimal(text)


def test_points_finer_than_a_millionth_are_refused():
    with pytest.raises(ValueError, match="finer than 10\\^-6"):
        stored(Decimal("0.0000001"))


def test_an_assessment_comes_back_as_it_was(archive, filed):
    found = filed(archive, "a", "甲县")
    entry = archive.entry("a")

    assert entry.result == found.assessment
    assert entry.submission == found.submission
    assert entry.review is None
    assert archive.result("a") == found.assessment


def test_total_and_bounds_are_stored_beside_the_result(archive, filed):
    totals = filed(archive, "a", "甲县").assessment.totals
    with archive.engine.connect() as connection:
        row = connection.execute(select(ASSESSMENT)).one()

    wanted = (totals.total_points, totals.low_points, totals.high_points)
    assert (restored(row.total), restored(row.low), restored(row.high)) == wanted


def test_a_new_assessment_names_the_one_it_follows_and_the_old_one_stays(archive, filed):
    first = filed(archive, "a", "甲县", lost="1")
    filed(archive, "b", "甲县", lost="2")
    filed(archive, "c", "乙县")
    filed(archive, "d", "甲县", lost="3")
    with archive.engine.connect() as connection:
        rows = connection.execute(select(ASSESSMENT).order_by(ASSESSMENT.c.id)).all()
    ids = {row.key: row.id for row in rows}
    follows = {row.key: row.follows for row in rows}

    assert follows == {"a": None, "b": ids["a"], "c": None, "d": ids["b"]}
    assert archive.result("a") == first.assessment


def test_another_year_follows_nothing(archive, filed):
    filed(archive, "a", "甲县", year=2023)
    filed(archive, "b", "甲县", year=2024)
    with archive.engine.connect() as connection:
        found = connection.execute(select(ASSESSMENT.c.follows)).scalars().all()

    assert found == [None, None]


def test_the_same_work_written_twice_is_one_entry(archive, filed):
    filed(archive, "a", "甲县")
    filed(archive, "a", "甲县")

    assert [entry.key for entry in archive.entries("甲县")] == ["a"]


def test_the_ledger_returns_what_was_written(archive, filed):
    filed(archive, "a", "甲县")
    archive.finish(Work("b", "乙县", "blocked", "文件!A1 缺值", {}, {"n_issues": 2}), None)
    found = archive.works(["a", "b", "c"])

    assert found == {
        "a": Work("a", "甲县", "scored", "", {"a.json": "0" * 64}, {"n_issues": 1}),
        "b": Work("b", "乙县", "blocked", "文件!A1 缺值", {}, {"n_issues": 2}),
    }


def test_many_keys_are_asked_for_at_once(archive):
    keys = [f"{number:064d}" for number in range(1203)]
    with archive.engine.begin() as connection:
        rows = [{"key": key, "entity": "县", "status": "blocked", "reason": ""} for key in keys]
        connection.execute(insert(WORK), [row | {"outputs": "{}", "facts": "{}"} for row in rows])

    assert set(archive.works(keys)) == set(keys)


@pytest.mark.parametrize("name", ["长" * 80, "😀县", "O'Neil; DROP TABLE work; --县", "%_县"])
def test_awkward_names_are_kept_and_found(archive, name):
    archive.finish(Work("w", name * 3, "blocked", "x" * 5000, {}, {}), None)

    assert archive.works(["w"])["w"].entity == name * 3


def test_a_ruler_is_kept_once_and_comes_back(archive):
    archive.keep_ruler("d" * 64, packed("一"))
    archive.keep_ruler("d" * 64, packed("二"))

    assert unpacked(archive.ruler("d" * 64)).decode() == "一"
    assert archive.ruler("e" * 64) is None


def test_latest_is_the_newest_entry_of_the_newest_earlier_year(archive, filed):
    filed(archive, "a", "甲县", year=2022)
    filed(archive, "b", "甲县", year=2023, lost="1")
    filed(archive, "c", "甲县", year=2023, lost="2")
    filed(archive, "d", "甲县", year=2024)

    assert archive.latest("甲县", "2024-01-01").key == "c"
    assert archive.latest("甲县", "2022-12-31") is None
    assert archive.with_earlier("2024-01-01") == {"甲县"}
    assert archive.with_earlier("2022-12-31") == set()


def test_history_shows_the_last_word_of_each_year_with_its_change(archive, filed):
    before = filed(archive, "a", "甲县", year=2023, lost="5").assessment.totals.total_points
    filed(archive, "b", "甲县", lost="4")
    after = filed(archive, "c", "甲县", lost="1").assessment.totals.total_points
    found = history(archive, "甲县")

    assert [entry.key for entry, _ in found] == ["a", "c"]
    assert found[0][1] is None
    assert found[1][1].change == after - before
    assert sum(share.points for share in found[1][1].causes) == after - before


def test_history_of_a_stranger_lists_who_is_there(archive, filed):
    filed(archive, "a", "甲县")
    with pytest.raises(ArchiveError.__base__, match="没有“丙县”；已有：甲县"):
        history(archive, "丙县")


def test_two_units_are_compared_line_by_line(archive, filed):
    one = filed(archive, "a", "甲县", lost="9").assessment.totals.total_points
    other = filed(archive, "b", "乙县", lost="0").assessment.totals.total_points
    found = compare(archive, "甲县", "乙县")

    assert (found.before, found.after) == ("甲县", "乙县")
    assert found.change == other - one
    assert sum(line.change for line in found.indicators) == other - one
    assert one < other


def test_what_if_answers_from_the_archive(archive, filed):
    for key, name, lost in (("a", "甲县", "9"), ("b", "乙县", "0")):
        filed(archive, key, name, lost=lost)
    entries = [
        EntityEntry(entity=name, level=None, mode=None, status="scored", key=key)
        for key, name in (("a", "甲县"), ("b", "乙县"))
    ]
    manifest = Manifest(
        engine="1", title="市", period=None, rules=None, weight_provenance=None, entities=entries
    )
    found = ask_what_if(archive, manifest, [supposition_of("value", "甲县:contract-lost-cases=0")])
    lines = {line.entity: line for line in found.lines}

    assert lines["甲县"].after.total_points == lines["乙县"].before.total_points
    assert lines["乙县"].change == 0


def test_a_result_that_is_not_there_is_said_to_be_missing(archive):
    with pytest.raises(ArchiveError, match="档案中没有 0000"):
        archive.result("0" * 64)
    with pytest.raises(ArchiveError, match="档案中没有 0000"):
        archive.entry("0" * 64)


def test_opening_again_finds_everything(place, filed):
    store = open_archive(place)
    filed(store, "a", "甲县")
    store.close()
    again = open_archive(place)
    try:
        names = again.names()
    finally:
        again.close()

    assert names == ["甲县"]


def test_its_place_opens_it_again(archive, filed):
    filed(archive, "a", "甲县")
    again = open_archive(archive.place)
    try:
        names = again.names()
    finally:
        again.close()

    assert names == ["甲县"]


def test_names_are_sorted_by_code_point_on_either_engine(archive):
    names = ["乙县", "甲县", "丙县", "a县", "B县"]
    with archive.engine.begin() as connection:
        connection.execute(delete(ASSESSMENT))
        for number, name in enumerate(names):
            row = dict.fromkeys(("period_end", "ruler", "engine", "mode", "grade"), "")
            row |= {"key": str(number), "entity": name, "low": 0, "high": 0}
            row |= dict.fromkeys(("result", "submission", "review"), b"")
            connection.execute(insert(ASSESSMENT).values(**row))

    assert archive.names() == ["B县", "a县", "丙县", "乙县", "甲县"]
