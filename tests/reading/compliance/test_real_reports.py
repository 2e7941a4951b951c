"""The two real reports come out as the table of checks in the field notes says."""

from __future__ import annotations

import pytest

JIAXING = {
    "K01": "pass", "K02": "pass", "K03": "pass", "K04": "pass", "K05": "cannot_tell",
    "K06": "fail", "K07": "pass", "K08": "pass", "K09": "fail", "K10": "fail", "K11": "doubtful",
    "K12": "pass", "K13": "fail", "K14": "pass", "K15": "pass", "K16": "doubtful",
    "K17": "doubtful", "K18": "fail", "K19": "pass", "K20": "pass", "K21": "doubtful",
    "K22": "cannot_tell", "K23": "cannot_tell", "K24": "pass", "K25": "doubtful", "K26": "pass",
}  # fmt: skip
XINCHANG = {
    **JIAXING,
    "K05": "pass", "K06": "pass", "K09": "pass", "K10": "doubtful", "K13": "doubtful",
    "K14": "doubtful", "K20": "doubtful", "K26": "cannot_tell",
}  # fmt: skip


@pytest.mark.parametrize(("prefix", "expected"), [("002", JIAXING), ("004", XINCHANG)])
def test_results_are_those_of_the_field_notes(real, prefix, expected):
    found = {one.code: one.result.value for one in real(prefix).compliance}

    assert found == expected


@pytest.mark.parametrize(("prefix", "disclosed"), [("002", 6), ("004", 4)])
def test_core_figures_are_counted_as_by_hand(real, prefix, disclosed):
    found = next(one for one in real(prefix).compliance if one.code == "K16")

    assert found.reason.startswith(f"7项核心数据披露{disclosed}项")


@pytest.mark.parametrize("prefix", ["002", "004"])
def test_every_quote_stands_in_the_file(real, prefix):
    reading = real(prefix)

    for one in reading.compliance:
        if one.start is not None:
            assert reading.document.text[one.start : one.end] == one.quote
        assert one.quote or "没有" in one.reason or "须" in one.reason or "按全文" in one.reason
