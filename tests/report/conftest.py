"""Assessments of every awkward sort, and their PDFs, each made once."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from pypdf import PdfReader

from assessor.assessing import assess_files
from assessor.render import Rendered, render_pdf
from schemas.result import Assessment
from schemas.rules import items_of
from schemas.submission import Answer, Evidence, Review, Submission
from scoring import Choice, assess, make_ruler, shipped_rulebook

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "云栖县2024.yaml"
LONG_NAME = "新疆维吾尔自治区博尔塔拉蒙古自治州阿拉山口综合保税区管理委员会"[:30]
RARE = "瀍河埇桥湾沚浉河硚口猇亭鄠邑儒岙堽城𬭎"


def answer_values(rule, target, *, good: bool) -> dict[str, object]:
    """Return what an answer must hold to earn everything, or nothing."""
    if rule.kind in ("proportional", "count"):
        full = target.value if target is not None and target.value is not None else Decimal(100)
        return {"value": full if good else Decimal(0)}
    if rule.kind == "trend":
        return {"value": Decimal(1 if (rule.improves == "down") == good else 9), "previous": 5}
    by_kind = {
        "lower_is_better": (Decimal(0), Decimal(100)),
        "checklist": (True, False),
        "tiered": (Decimal(3), Decimal(1)),
        "deduction": (Decimal(0), Decimal(50)),
        "deadline": (date(2025, 1, 5), date(2025, 12, 5)),
        "relative": (Decimal(5), Decimal(99)),
    }
    return {"value": by_kind[rule.kind][0 if good else 1]}


def submission_of(ruler, name: str, answers: str, **extra) -> Submission:
    """Build a county's submission: `best`, `worst` or `none` of the answers."""
    head = {
        "schema": "submission/1",
        "entity": {"name": name, "level": "county", "regions": [name]},
        "period": {"from": "2024-01-01", "to": "2024-12-31"},
    }
    empty = Submission.model_validate(head)
    day = empty.period.end
    found: dict[str, Answer] = {}
    for plan in ruler.plan(empty.entity, day, day).parts:
        rule = plan.part.rule
        if answers == "none" or rule.kind in ("disclosure", "expert"):
            continue
        values = answer_values(rule, plan.target, good=answers == "best")
        items = rule.items if rule.kind == "checklist" else items_of(rule)[:1]
        for item in items:
            found[item] = Answer.model_validate({"item": item} | values | extra)
    return empty.model_copy(update={"answers": tuple(found.values())})


def assessment_of(name="甲县", answers="best", review=(), extra=None, **choice) -> Assessment:
    """Score a made-up county under a choice of rules."""
    ruler = make_ruler(shipped_rulebook(), Choice(**choice))
    submission = submission_of(ruler, name, answers, **(extra or {}))
    decided = None
    if review:
        common = {"document": "第3号决定书", "author": "督察组", "decided_on": "2025-03-01"}
        entries = [common | {"reason": "经核查属实"} | entry for entry in review]
        decided = Review.model_validate(
            {
                "schema": "review/1",
                "entity": name,
                "period": submission.period,
                "entries": entries,
            }
        )
    return assess(submission, ruler, review=decided)


def _sample() -> Assessment:
    ruler = make_ruler(shipped_rulebook(), Choice())
    found = assess_files([SAMPLE], ruler).results[0].assessment
    assert found is not None
    return found


LONG_EVIDENCE = [
    Evidence(quote=RARE * 40, document=f"《{RARE}》" * 10, locator="第一页" * 40) for _ in range(4)
]
REVIEW = [
    *({"kind": "veto", "code": code} for code in ("V1", "V2", "V3", "V4")),
    *({"kind": "bonus", "code": code} for code in ("P1", "P2", "P3", "P4")),
    {"kind": "outside_score", "code": "social", "score": "87.5"},
]
CASES: dict[str, Callable[[], Assessment]] = {
    "sample": _sample,
    "long-name": lambda: assessment_of(LONG_NAME, framework="core-15"),
    "worst": lambda: assessment_of(answers="worst", policy="binding", framework="core-15"),
    "nothing": lambda: assessment_of(answers="none", policy="binding"),
    "block": lambda: assessment_of(answers="none", policy="block", framework="core-15"),
    "core": lambda: assessment_of(framework="core-15"),
    "long-texts": lambda: assessment_of(
        (RARE * 4)[:80],
        extra={"evidence": LONG_EVIDENCE, "scope": "全县" * 40, "note": RARE * 20},
        framework="core-15",
    ),
    "review": lambda: assessment_of(
        "一票否决县", policy="binding", blend="social-80-20", review=REVIEW
    ),
}


@cache
def case(name: str) -> Assessment:
    return CASES[name]()


@cache
def pdf(name: str) -> Rendered:
    return render_pdf(case(name))


@cache
def reader(name: str) -> PdfReader:
    return PdfReader(io.BytesIO(pdf(name).content))


@cache
def pages(name: str) -> tuple[str, ...]:
    return tuple(page.extract_text() for page in reader(name).pages)


@pytest.fixture(scope="session")
def assessments() -> Callable[[str], Assessment]:
    return case


@pytest.fixture(scope="session")
def case_names() -> tuple[str, ...]:
    return tuple(CASES)


@pytest.fixture(scope="session")
def make() -> Callable[..., Assessment]:
    return assessment_of


@pytest.fixture(scope="session")
def pdfs() -> Callable[[str], Rendered]:
    return pdf


@pytest.fixture(scope="session")
def readers() -> Callable[[str], PdfReader]:
    return reader


@pytest.fixture(scope="session")
def page_texts() -> Callable[[str], tuple[str, ...]]:
    return pages


@pytest.fixture(scope="session")
def numbers_in() -> Callable[[str], set[Decimal]]:
    """Return the numbers of a text; long hexadecimal digests are not numbers."""

    def find(text: str) -> set[Decimal]:
        text = re.sub(r"\b[0-9a-f]{16,64}\b", " ", text)
        return {Decimal(one) for one in re.findall(r"\d+(?:\.\d+)?", text)}

    return find
