"""Change one digit: that figure and what hangs on it change. Add a plan: nothing scored changes."""

from __future__ import annotations

import pytest

from assessor.reading.drafting import draft_submission
from scoring import shipped_rulebook

STEP = 12
"""Every twelfth figure is mutated; where the series begins is the test's parameter."""
PLANS = [
    "下一步，力争行政执法人员持证率达到100%，计划组织执法人员培训80学时。",
    "2025年，我县将确保行政机关负责人出庭应诉率100%，一审行政诉讼败诉率降到2%以下。",
    "今后，县政府常务会议学法每年不少于24次，拟新增法治监督员40名。",
    "我县将继续完善行政复议体制，打算办结行政复议案件900件，纠错率控制在1%以内。",
    "预计明年新建“枫桥式”司法所5个、“枫桥式”派出所5个，累计创成省级民主法治村99个。",
    "到2025年底前，政务服务线上办件占比要达到99.9%，公平竞争审查覆盖率要达到100%。",
]


def kept(figure):
    """Return what a figure says, without where it stands."""
    return figure.model_dump(
        exclude={"start", "end", "number_start", "number_end", "quote", "group"}
    )


def bound_to(reading, figure):
    """Return the figures of the rate a figure belongs to: they depend on it by arithmetic."""
    group = next(f for f in reading.figures if f.number_start == figure.number_start).group
    return [one for one in reading.figures if group is not None and one.group == group]


def answers(reading):
    drafted = draft_submission(reading, shipped_rulebook()).submission
    return {
        one.item: (one.value, one.numerator, one.denominator, one.previous, one.is_weakness)
        for one in drafted.answers
    }


def scored(appraisal):
    result = appraisal.assessment
    return {one.code: (one.points, one.outcome, one.disclosed) for one in result.indicators}


def changed(text, figure):
    """Return the text with the last digit of a number moved up by one."""
    place = next(
        index
        for index in range(figure.number_end - 1, figure.number_start - 1, -1)
        if text[index].isdigit()
    )
    digit = "1" if text[place] in "09" else str(int(text[place]) + 1)
    return text[:place] + digit + text[place + 1 :]


@pytest.mark.parametrize("first", [0, 4, 9])
def test_one_changed_digit_changes_one_figure_and_its_kin(read, text, first):
    before = read(read(text).document.text)
    base = answers(before)
    mutated = [one for one in before.figures if one.number_text[-1:].isascii()][first::STEP]

    assert len(mutated) > 12
    for figure in mutated:
        raw = before.document.text
        after = read(changed(raw, figure))
        found = next(f for f in after.figures if f.number_start == figure.number_start)
        assert found.value != figure.value
        assert (found.unit, found.status, found.item) == (figure.unit, figure.status, figure.item)
        assert len(after.figures) == len(before.figures)
        others = [
            one
            for one, other in zip(before.figures, after.figures, strict=True)
            if kept(one) != kept(other) and one.number_start != figure.number_start
        ]
        kin = bound_to(before, figure) + bound_to(after, figure)
        places = {one.number_start for one in kin}
        served = {figure.feeds} | {one.feeds for one in kin}
        strange = [one for one in others if one.number_start not in places]
        assert {one.feeds for one in strange} <= {figure.feeds}, figure.quote
        assert all(figure.feeds is not None for _ in strange), figure.quote
        now = answers(after)
        moved = {item for item in base | now if base.get(item) != now.get(item)}
        assert moved <= served, figure.quote
        if figure.confidence == "accepted" and figure.feeds and figure.group is None:
            assert moved == {figure.feeds} or answers_differ_only_in_claim(base, figure)


def answers_differ_only_in_claim(base, figure):
    """Say whether another figure of the item goes before this one, so that it does not count."""
    value, top, whole, _, _ = base.get(figure.feeds, (None,) * 5)
    return figure.value not in (value, top, whole)


@pytest.mark.parametrize(
    ("quote", "changed_quote", "item", "indicator"),
    [
        ("执法人员人均培训54学时", "执法人员人均培训64学时", "training-hours", "D10"),
        ("在聘法治监督员60名", "在聘法治监督员40名", "rule-of-law-supervisors", "G6"),
        ("县政府常务会议学法9次", "县政府常务会议学法8次", "meeting-law-study", "H1"),
        ("律师万人比2.94", "律师万人比1.94", "lawyers-per-10k", "H3"),
    ],
)
def test_changed_figure_moves_only_its_own_indicator(  # noqa: PLR0913 - fixtures and a case
    judge, text, quote, changed_quote, item, indicator
):
    assert text.count(quote) == 1
    before = judge(text)
    after = judge(text.replace(quote, changed_quote))
    first, second = scored(before), scored(after)
    moved = {code for code in first if first[code] != second[code]}

    assert moved <= {indicator}
    assert answers(before.reading)[item] != answers(after.reading)[item]


def test_changed_rate_that_no_longer_fits_its_counts_waits_with_them(judge, text):
    """350 of 360 is 97.22 %: with 97.23 % printed none of the three counts by itself."""
    before = judge(text)
    after = judge(text.replace("“一证通办”率97.22%", "“一证通办”率97.23%"))
    first, second = answers(before.reading), answers(after.reading)
    found = {one.code for one in after.issues} - {one.code for one in before.issues}

    assert {item for item in first if first[item] != second.get(item)} == {"one-certificate-rate"}
    assert "one-certificate-rate" not in second
    assert found == {"ratio.mismatch"}
    waiting = [one for one in after.assessment.waiting if one.item == "one-certificate-rate"]
    assert [one.value for one in waiting] == ["360项", "350项", "97.23%"]


@pytest.mark.parametrize("plan", PLANS)
def test_plan_sentence_changes_nothing_scored(judge, text, plan):
    """Put at the end of a paragraph of results, and as a paragraph of its own."""
    before = judge(text)
    lines = text.splitlines()
    places = [
        index
        for index, line in enumerate(lines)
        if line.endswith("。") and index < lines.index("（一）存在的不足")
    ]

    assert len(places) > 25
    for index in places[1::9]:
        for inserted in (lines[index] + plan, f"{lines[index]}\n\n{plan}"):
            after = judge("\n".join([*lines[:index], inserted, *lines[index + 1 :]]))
            assert answers(after.reading) == answers(before.reading), inserted[-60:]
            assert scored(after) == scored(before)


def test_plan_figures_are_found_all_the_same(read, text):
    found = read(text.replace("\n\n十、", f"\n\n{PLANS[0]}\n\n十、")).figures
    planned = [f for f in found if f.value in (100, 80) and f.status in ("planned", "target")]

    assert [(f.number_text, f.unit) for f in planned][:2] == [("100", "%"), ("80", "学时")]
