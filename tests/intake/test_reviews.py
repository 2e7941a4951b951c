"""Reviewers' entries: which files load, what each kind of entry does to a score."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from assessor.assessing import assess_files
from assessor.intake.reviews import read_review
from schemas.errors import SubmissionUnreadable
from schemas.issue import IssueCode
from schemas.outcome import Reason
from scoring import Choice, make_ruler

PERIOD = {"from": "2024-01-01", "to": "2024-12-31"}
ENTRY = {
    "kind": "bonus",
    "code": "P1",
    "document": "表彰文件",
    "author": "评审人",
    "decided_on": "2025-03-01",
    "reason": "核实属实",
}
CLAIMED = "head-appearance-rate"
UNKNOWN = "review.unknown_code"


@pytest.fixture
def reviewed(tmp_path, book, ruler):
    """Read a review made of entries."""

    def _reviewed(*entries, entity="错例县", name="评审.json", **top):
        value = {"schema": "review/1", "entity": entity, "period": PERIOD, **top}
        value["entries"] = [{**ENTRY, **entry} for entry in entries]
        path = tmp_path / name
        path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
        return read_review(path, book, ruler.framework, ruler.scheme)

    return _reviewed


@pytest.fixture
def scored(tmp_path, ruler):
    """Score one submission with reviews."""

    def _scored(*reviews, rules=ruler):
        path = tmp_path / "填报.json"
        entity = {"name": "错例县", "level": "county", "regions": ["嘉善县", "嘉兴市"]}
        answers = [
            {"item": CLAIMED, "value": 100, "is_claim": True},
            {"item": "report-published-on", "value": "2025-03-01"},
        ]
        value = {"schema": "submission/1", "entity": entity, "period": PERIOD, "answers": answers}
        path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
        (result,) = assess_files([path], rules, reviews=reviews).results
        return result.assessment

    return _scored


def _indicator(assessment, item):
    return next(
        one for one in assessment.indicators if any(part.item == item for part in one.parts)
    )


def test_entry_with_a_document_loads(reviewed):
    found = reviewed({})

    assert found.issues == ()
    assert found.review.entries[0].code == "P1"


WRONG = [
    ({"document": ""}, "field.missing", "entries[0].document"),
    ({"score": 101}, "field.invalid", "entries[0].score"),
    ({"kind": "gift"}, "field.invalid", "entries[0].kind"),
    ({"decided_on": "昨天"}, "field.invalid", "entries[0].decided_on"),
    ({"extra": 1}, "field.unknown", "entries[0].extra"),
    ({"code": "P9"}, UNKNOWN, "entries[0].code"),
    ({"kind": "veto", "code": "P1"}, UNKNOWN, "entries[0].code"),
    ({"kind": "confirm_claim", "code": "no-such"}, UNKNOWN, "entries[0].code"),
    ({"kind": "expert_score", "code": CLAIMED, "score": 9}, UNKNOWN, "entries[0].code"),
    ({"kind": "outside_score", "code": "social"}, "field.missing", "entries[0]"),
    ({"kind": "outside_score", "code": "report", "score": 9}, UNKNOWN, "entries[0].code"),
]


@pytest.mark.parametrize(("entry", "code", "place"), WRONG)
def test_wrong_entry_is_an_issue_at_its_place_and_nothing_of_the_file_counts(
    reviewed, entry, code, place
):
    found = reviewed({}, name="好.json"), reviewed(entry)

    assert found[0].review is not None
    assert found[1].review is None
    assert [(i.code, i.location.place) for i in found[1].issues] == [(code, place)]


def test_entry_without_a_document_does_not_load(tmp_path, book, ruler):
    path = tmp_path / "评审.yaml"
    path.write_text(
        "schema: review/1\nentity: 错例县\nperiod: {from: 2024-01-01, to: 2024-12-31}\n"
        "entries:\n- {kind: veto, code: V1, author: 评审人, decided_on: 2025-03-01, reason: 假}\n",
        encoding="utf-8",
    )

    found = read_review(path, book, ruler.framework, ruler.scheme)

    assert found.review is None
    assert [(i.code, i.found, i.location.place) for i in found.issues] == [
        (IssueCode.FIELD_MISSING, "entries.0.document", "第5行")
    ]


def test_unknown_code_is_told_which_codes_exist(reviewed):
    (issue,) = reviewed({"kind": "veto", "code": "V9"}).issues

    assert (issue.found, issue.allowed) == ("V9", "V1、V2、V3、V4")


def test_all_wrong_entries_are_told_at_once(reviewed):
    found = reviewed({"code": "P8"}, {"kind": "veto", "code": "V9"}, {})

    assert [issue.location.place for issue in found.issues] == [
        "entries[0].code",
        "entries[1].code",
    ]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("评审.xlsx", "PK", "yaml 或 .json"),
        ("评审.yaml", "- a", "最外层"),
        ("评审.json", "{", "可能不完整"),
        ("评审.yaml", "a: 1\na: 2\n", "第2行"),
    ],
)
def test_file_that_is_no_review_is_refused(  # noqa: PLR0913 - a table
    tmp_path, book, ruler, name, text, words
):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")

    with pytest.raises(SubmissionUnreadable, match=words):
        read_review(path, book, ruler.framework, ruler.scheme)


def test_bonus_adds_its_share_of_the_full_mark(reviewed, scored):
    plain, better = scored(), scored(reviewed({"code": "P1"}))

    # P1 is worth 1 % of the full mark of the framework: 10 of 1000.
    assert [(b.code, b.points, b.counted) for b in better.bonuses] == [
        ("P1", Decimal("10.00"), Decimal("10.00"))
    ]
    assert plain.bonuses == ()


def test_bonuses_stop_at_their_cap(reviewed, scored):
    one = reviewed({"code": "P1"}, {"code": "P2"}, {"code": "P3"}, {"code": "P4"})

    # 10 + 10 + 10 + 5 = 35; the cap is 3 % of 1000 = 30.
    assert sum(line.points for line in scored(one).bonuses) == Decimal(35)
    assert sum(line.counted for line in scored(one).bonuses) == Decimal(30)


def test_failing_veto_gives_the_lowest_grade_and_keeps_the_points(reviewed, scored):
    plain, vetoed = scored(), scored(reviewed({"kind": "veto", "code": "V1"}))

    assert vetoed.grade.grade == "不合格"
    assert vetoed.totals.total_points == plain.totals.total_points
    assert [(v.code, v.document) for v in vetoed.vetoes] == [("V1", "表彰文件")]


def test_veto_of_an_indicator_zeroes_only_that_indicator(reviewed, scored):
    plain, vetoed = scored(), scored(reviewed({"kind": "veto", "code": "V2"}))

    changed = [
        one.code
        for one, other in zip(plain.indicators, vetoed.indicators, strict=True)
        if one.points != other.points
    ]
    assert changed == ["I5"]


def test_confirmed_claim_earns_more_than_an_unconfirmed_one(reviewed, scored):
    claim = {"kind": "confirm_claim", "code": CLAIMED}

    plain, confirmed = _indicator(scored(), CLAIMED), _indicator(scored(reviewed(claim)), CLAIMED)

    assert plain.reason is Reason.CLAIM_UNCONFIRMED
    assert confirmed.points > plain.points


def test_outside_score_enters_the_blend_it_belongs_to(reviewed, scored, book):
    rules = make_ruler(book, Choice(blend="social-80-20"))
    review = reviewed({"kind": "outside_score", "code": "social", "score": 100})

    pending, blended = scored(rules=rules), scored(review, rules=rules)

    assert pending.totals.total_points != blended.totals.total_points


def test_review_of_another_entity_changes_nothing_and_is_said(reviewed, scored, tmp_path, ruler):
    other = reviewed({"kind": "veto", "code": "V1"}, entity="别处县")

    run = assess_files([tmp_path / "填报.json"] if scored(other) else [], ruler, reviews=[other])

    assert [(i.code, i.found) for i in run.review_issues] == [
        (IssueCode.REVIEW_OTHER_ENTITY, "别处县 2024")
    ]
    assert run.results[0].assessment.vetoes == ()


def test_two_reviews_of_one_entity_count_together_in_any_order(reviewed, scored):
    first = reviewed({"code": "P1"}, name="甲.json")
    second = reviewed({"kind": "veto", "code": "V4"}, name="乙.json")

    assert scored(first, second) == scored(second, first)
    assert len(scored(first, second).bonuses) == len(scored(first, second).vetoes) == 1
