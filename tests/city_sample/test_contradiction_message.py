"""A contradiction between form and report says what differs, also when the rate is the same."""

from __future__ import annotations

import pytest

from assessor.reading.merging import merge
from schemas.submission import Submission
from scoring import shipped_rulebook


def _filed(numerator: int | None, denominator: int | None, value: str | None) -> Submission:
    answer = {
        "item": "case-pass-rate",
        "value": value,
        "numerator": numerator,
        "denominator": denominator,
    }
    return Submission.model_validate(
        {
            "schema": "submission/1",
            "entity": {"name": "某县", "level": "county", "regions": ["某县"]},
            "period": {"from": "2024-01-01", "to": "2024-12-31"},
            "answers": [answer],
        }
    )


@pytest.mark.parametrize(
    ("form", "report", "said"),
    [
        ((95, 100, "95"), (190, 200, "95"), "填报 95%（95/100），报告 95%（190/200）"),
        ((95, 100, "95"), (None, 200, "95"), "填报 95%（95/100），报告 95%（—/200）"),
        ((95, 100, "95"), (96, 100, "96"), "填报 95%，报告 96%"),
        ((0, 100, None), (1, 100, None), "填报 0/100，报告 1/100"),
    ],
)
def test_contradiction_shows_what_differs(form, report, said):
    issues = merge(_filed(*form), _filed(*report), shipped_rulebook()).issues

    assert [issue.found for issue in issues] == [said]
