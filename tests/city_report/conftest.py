"""Cities of every awkward sort, gathered from real assessments, and their 通报, each made once."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable
from contextlib import closing
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfReader

from assessor.city.anonymous import anonymised
from assessor.city.gathering import Facts, entry_of, grade_counts, mode_rules, weaknesses
from assessor.city.questions import jumps, outliers
from assessor.city.rendering import render_city_pdf
from assessor.intake import read_submission
from assessor.render import Rendered
from schemas.base import Level
from schemas.city import CityRules
from schemas.issue import Issue, IssueCode, Location, Severity
from schemas.manifest import FileHash, Manifest, Question, RosterEntry, Timing
from schemas.submission import Review, Submission
from scoring import Choice, assess, build_rulebook, make_ruler, read_library
from scoring.change import Filing, explain_change
from scoring.panel import build_panel, removals
from scoring.ranking import rank_city
from scoring.uncertainty import rank_uncertainty

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
LONG_NAME = "新疆维吾尔自治区博尔塔拉蒙古自治州阿拉山口综合保税区管理委员会"[:30]
NAMES = (
    "云栖县", "清溪县", "望江区", "白鹭县", "石桥区", "青枫县", "松月县", "鹤鸣县",
    "瀍河埇桥区", "儒岙堽城县", LONG_NAME, "临江高新区",
)  # fmt: skip
DUE = date(2025, 1, 31)
RULES = CityRules(replications=200)


@cache
def ruler(framework: str, policy: str | None = None):
    book = build_rulebook(read_library([SAMPLES / "rules"]))
    return make_ruler(book, Choice(framework=framework, policy=policy))


@cache
def base() -> Submission:
    found = read_submission(SAMPLES / "云栖县2024.yaml", ruler("house-59").rulebook).submission
    assert found is not None
    return found


def varied(name: str, seed: int, *, binding=True, year=2024) -> Submission:
    """Return the sample's answers, some worse, some left out, as another county's."""
    draw = random.Random(seed)  # noqa: S311 - only varies the sample
    missing, worst = 0.015 * (seed % 8), 150 * (seed % 11)
    answers = []
    for answer in base().answers:
        if draw.random() < missing:
            continue
        value = answer.value
        if isinstance(value, bool):
            value = value and draw.random() > missing
        elif isinstance(value, Decimal) and answer.unit == "%":
            value = max(Decimal(0), value - Decimal(draw.randrange(worst + 1)) / 40)
        fields = {"value": value, "numerator": None, "denominator": None}
        answers.append(answer.model_copy(update=fields))
    regions = (name, "云栖县") if binding else (name,)
    period = base().period.model_copy(update={"start": date(year, 1, 1), "end": date(year, 12, 31)})
    entity = base().entity.model_copy(update={"name": name, "regions": regions})
    return base().model_copy(update={"entity": entity, "period": period, "answers": tuple(answers)})


def review(name: str, *entries: dict[str, str]) -> Review:
    common = {
        "document": "第3号决定书", "author": "督察组", "decided_on": "2025-03-01",
        "reason": "经核查属实",
    }  # fmt: skip
    return Review.model_validate(
        {
            "schema": "review/1",
            "entity": name,
            "period": base().period,
            "entries": [common | entry for entry in entries],
        }
    )


def roster(name: str, filed: date | None) -> RosterEntry:
    return RosterEntry(entity=name, level=Level.COUNTY, due_on=DUE, filed_on=filed)


def facts(name: str, status="scored", reason="", *, filed=date(2025, 1, 20), change=None) -> Facts:
    paper = FileHash(name=f"{name}/填报表.yaml", role="form", sha256="ab" * 32)
    return Facts(
        entity=name,
        status=status,
        reason=reason,
        key="cd" * 32,
        inputs=(paper,) if status != "missing" else (),
        outputs={f"{name}/评分单.pdf": "ef" * 32},
        n_issues=len(name) % 4,
        n_waiting=len(name) % 3,
        roster=roster(name, filed if status != "missing" else None),
        change=change,
    )


def manifest_of(title: str, pairs, used, *, troubles=(), questions=()) -> Manifest:
    """Gather facts and assessments as a run does."""
    results = [result for _, result in pairs]
    entries = [entry_of(*pair) for pair in pairs] + [entry_of(one, None) for one in troubles]
    first = results[0] if results else None
    labels = {} if first is None else {one.code: one.label for one in first.indicators}
    return Manifest(
        engine="0.1.0",
        title=title,
        period=None if first is None else first.period,
        rules=None if first is None else first.rules,
        modes=mode_rules(results),
        weight_provenance=None if first is None else first.rules.weight_provenance,
        indicators=()
        if first is None
        else tuple((one.code, one.label, one.nominal_points) for one in first.indicators),
        entities=tuple(sorted(entries, key=lambda one: one.entity)),
        grades=grade_counts(entries, [band.grade for band in used.scheme.bands]),
        ranking=rank_city(results, RULES) if results else None,
        uncertainty=rank_uncertainty(results, used, RULES) if results else (),
        removals=removals(build_panel(results)) if len(results) > 1 else (),
        weaknesses=weaknesses(entries, labels),
        questions=tuple(questions),
        timings=(Timing(step="score", seconds=Decimal("1.234")),),
    )


def _twelve() -> Manifest:
    """Twelve counties: two years, a tie, a veto, a bonus, two reference-only, four troubles."""
    used = ruler("house-59")
    pairs, asked = [], []
    for seed, name in enumerate(NAMES):
        binding = seed < 10
        twin = seed - 1 if seed == 5 else seed
        submission = varied(name, twin, binding=binding)
        previous = varied(name, twin + 100, binding=binding, year=2023)
        decided = None
        if seed == 2:
            decided = review(name, {"kind": "veto", "code": "V1"})
        if seed == 3:
            decided = review(name, {"kind": "bonus", "code": "P1"})
        result = assess(submission, used, review=decided)
        asked += jumps(result, assess(previous, used))[:2]
        change = explain_change(Filing(previous, used), Filing(submission, used, decided))
        filed = date(2025, 2, 14) if seed == 4 else date(2025, 1, 20)
        pairs.append((facts(name, filed=filed, change=change), result))
    asked += outliers([result for _, result in pairs])[:6]
    asked.append(
        Question(
            entity=NAMES[6], kind="copy", subject="报告文字",
            found="约62%相同", compared_with=f"{NAMES[7]}的报告",
        )
    )  # fmt: skip
    reason = "\n".join(
        f"【错误】白云县/填报表.xlsx!B{row} 应为数值。填阿拉伯数字。" for row in range(3, 9)
    )
    troubles = (
        facts("白云县", "blocked", reason),
        facts("长亭县", "unreadable", "长亭县/报告.pdf：文件已加密；请去除密码后重新提交"),
        facts("古渡县", "set_aside", "处理时进程两次意外终止（可能是内存不足），已搁置"),
        facts("晚照县", "missing", "名单上有，没有找到填报表或报告"),
    )
    found = manifest_of("临江市", pairs, used, troubles=troubles, questions=asked)
    stray = Issue(
        code=IssueCode.ENTITY_DUPLICATED,
        severity=Severity.ERROR,
        location=Location(file="清溪县副本.yaml", place="entity"),
        found="清溪县 2024：清溪县副本.yaml",
    )
    return found.model_copy(update={"issues": (stray,)})


def _many(count: int) -> Manifest:
    used = ruler("core-15")
    names = [f"第{number:03d}乡镇" for number in range(1, count + 1)]
    names[-1] = LONG_NAME
    pairs = [
        (facts(name), assess(varied(name, seed % 90), used)) for seed, name in enumerate(names)
    ]
    return manifest_of("大河市", pairs, used)


def _few(count: int, first=0, **choice) -> Manifest:
    used = ruler("core-15", **choice)
    pairs = [
        (facts(name), assess(varied(name, first + i), used)) for i, name in enumerate(NAMES[:count])
    ]
    return manifest_of("小山市", pairs, used)


def _nobody() -> Manifest:
    troubles = (
        facts("白云县", "blocked", "【错误】填报表.xlsx 缺少必填内容。补填后重新提交。"),
        facts("晚照县", "missing", "名单上有，没有找到填报表或报告"),
    )
    return manifest_of("无分市", [], ruler("core-15"), troubles=troubles)


def _missing() -> Manifest:
    gone = tuple(facts(name, "missing") for name in NAMES)
    return manifest_of(LONG_NAME + "人民政府", [], ruler("core-15"), troubles=gone)


CASES: dict[str, Callable[[], Manifest]] = {
    "twelve": _twelve,
    "anonymous": lambda: anonymised(case("twelve")),
    "one": lambda: _few(1),
    "three": lambda: _few(3),
    "blocked": lambda: _few(3, first=1, policy="block"),
    "sixty": lambda: _many(60),
    "two-hundred": lambda: _many(200),
    "nobody": _nobody,
    "missing": _missing,
    "empty": lambda: manifest_of("空市", [], ruler("core-15")),
}


@cache
def case(name: str) -> Manifest:
    return CASES[name]()


@cache
def pdf(name: str) -> Rendered:
    return render_city_pdf(case(name))


@cache
def reader(name: str) -> PdfReader:
    return PdfReader(io.BytesIO(pdf(name).content))


@cache
def pages(name: str) -> tuple[str, ...]:
    with closing(pypdfium2.PdfDocument(pdf(name).content)) as document:
        return tuple(
            page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document
        )


@pytest.fixture(scope="session")
def manifests() -> Callable[[str], Manifest]:
    return case


@pytest.fixture(scope="session")
def case_names() -> tuple[str, ...]:
    return tuple(CASES)


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
