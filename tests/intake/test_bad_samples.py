"""The shipped samples: each bad one gives the code it is named after, the good ones none."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessor.intake import read_submission
from schemas.errors import SubmissionUnreadable
from schemas.issue import IssueCode

BAD_SAMPLES = {
    "01-未知指标.yaml": (IssueCode.ITEM_UNKNOWN, "第9行"),
    "02-百分比写成小数.yaml": (IssueCode.PERCENT_AMBIGUOUS, "第10行"),
    "03-分子大于分母.yaml": (IssueCode.NUMERATOR_EXCEEDS, "第10行"),
    "04-分子非整数.yaml": (IssueCode.RATIO_NOT_WHOLE, "第10行"),
    "05-计量单位不符.yaml": (IssueCode.UNIT_MISMATCH, "第11行"),
    "06-重复填报.yaml": (IssueCode.ITEM_DUPLICATED, "第17行"),
    "07-超出范围.yaml": (IssueCode.VALUE_OUT_OF_RANGE, "第10行"),
    "08-年度不符.yaml": (IssueCode.YEAR_MISMATCH, "第10行"),
    "09-缺少佐证.yaml": (IssueCode.EVIDENCE_MISSING, "第9行"),
    "10-率与分子分母不符.yaml": (IssueCode.RATIO_MISMATCH, "第10行"),
    "11-数值写成文字.json": (IssueCode.VALUE_NOT_NUMBER, "answers[0].value"),
    "12-日期不合法.yaml": (IssueCode.VALUE_NOT_DAY, "第10行"),
}
REFUSED_SAMPLES = {
    "13-重复键.yaml": "第11行 同一字段写了两次",
    "15-空文件.yaml": "文件是空的",
    "16-截断.json": "文件可能不完整",
}
SAMPLES = Path(__file__).parents[2] / "samples" / "bad"


@pytest.mark.parametrize("name", BAD_SAMPLES)
def test_bad_sample_gives_its_one_intended_issue(book, name):
    code, place = BAD_SAMPLES[name]

    intake = read_submission(SAMPLES / name, book)

    assert [(i.code, i.location.place, i.location.file) for i in intake.issues] == [
        (code, place, name)
    ]


@pytest.mark.parametrize("name", REFUSED_SAMPLES)
def test_bad_sample_is_refused_with_its_reason(book, name):
    with pytest.raises(SubmissionUnreadable, match=REFUSED_SAMPLES[name]):
        read_submission(SAMPLES / name, book)


def test_every_bad_sample_is_in_a_table():
    found = {path.name for path in SAMPLES.iterdir()}

    assert found == set(BAD_SAMPLES) | set(REFUSED_SAMPLES)


def test_whole_samples_have_no_error(book):
    for path in sorted(SAMPLES.parent.glob("*20*.yaml")):
        intake = read_submission(path, book)

        assert intake.submission is not None, path.name
