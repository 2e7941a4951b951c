"""The gate: only a whole number of the source, quoted once, in its own unit, gets through."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assessor.reading.proposals import Candidate, Refusal, RuleProposer, SentBlock, Verifier
from assessor.reading.proposals.verifying import Verified

TEXT = (
    "全县审结行政案件704件，新收行政复议申请190件。县直单位共有公职律师277名，顾问团队4名。"
    "全年化解4件、退回4件；出庭率达到97.78%。"
)
OTHER = "全县审结行政案件704件。培训执法人员1.2万人次，达标率百分之九十。"
WIDE = "\uff12\uff17\uff17"
"""277 in full-width digits."""
BLOCKS = (SentBlock(3, TEXT), SentBlock(8, OTHER))
CASES, PEOPLE, RATE = "first-instance-closed-cases", "public-lawyer-count", "head-appearance-rate"


def _candidate(item, quote, value_text, unit, block=3):
    return Candidate(item=item, quote=quote, value_text=value_text, unit=unit, block=block)


@pytest.fixture(scope="module")
def verifier(items):
    return Verifier(BLOCKS, items.values())


@pytest.mark.parametrize(
    ("candidate", "printed"),
    [
        (_candidate(PEOPLE, "县直单位共有公职律师277名", "277", "名"), "277"),
        (_candidate(PEOPLE, f"县直单位 共有公职律师 {WIDE} 名", WIDE, "名"), "277"),
        (_candidate(PEOPLE, "县直单位共有公职律师277名", "277名", "名"), "277"),
        (_candidate(PEOPLE, "277名", "277", "名"), "277"),
        (_candidate(RATE, "出庭率达到97.78％", "97.78", "％"), "97.78"),
        (_candidate(CASES, "全县审结行政案件704件，新收", "704", "件"), "704"),
    ],
)
def test_whole_number_quoted_once_is_verified(verifier, candidate, printed):
    found = verifier.check(candidate)

    assert isinstance(found, Verified)
    assert (found.block, found.item.id) == (3, candidate.item)
    assert TEXT[slice(*found.number)] == printed


@pytest.mark.parametrize(
    ("name", "candidate", "why"),
    [
        (
            "invented number",
            _candidate(PEOPLE, "共有公职律师277名", "300", "名"),
            Refusal.VALUE_OUTSIDE,
        ),
        (
            "invented number in an invented quote",
            _candidate(PEOPLE, "共有公职律师300名", "300", "名"),
            Refusal.QUOTE_ABSENT,
        ),
        (
            "altered digit",
            _candidate(PEOPLE, "共有公职律师278名", "278", "名"),
            Refusal.QUOTE_ABSENT,
        ),
        (
            "70 of 704",
            _candidate(CASES, "全县审结行政案件704件", "70", "件"),
            Refusal.NOT_WHOLE,
        ),
        (
            "77 of 277",
            _candidate(PEOPLE, "共有公职律师277名", "77", "名"),
            Refusal.NOT_WHOLE,
        ),
        (
            "77 of 277 with a quote that begins inside the number",
            _candidate(PEOPLE, "77名，顾问团队", "77", "名"),
            Refusal.NOT_WHOLE,
        ),
        (
            "97 of 97.78",
            _candidate(RATE, "出庭率达到97.78%", "97", "%"),
            Refusal.NOT_WHOLE,
        ),
        (
            "78 behind the point",
            _candidate(RATE, "出庭率达到97.78%", "78", "%"),
            Refusal.NOT_WHOLE,
        ),
        (
            "number cut by the end of the quote",
            _candidate(CASES, "全县审结行政案件70", "70", "件"),
            Refusal.NOT_WHOLE,
        ),
        (
            "digit of 704 with a whole 4 behind the quote",
            _candidate(PEOPLE, "全县审结行政案件704件", "4", "名"),
            Refusal.NOT_WHOLE,
        ),
        (
            "unit of a whole 4 before the quote",
            _candidate(PEOPLE, "全年化解4件", "4", "名"),
            Refusal.UNIT_DIFFERS,
        ),
        (
            "wrong unit",
            _candidate(PEOPLE, "共有公职律师277名", "277", "人"),
            Refusal.UNIT_DIFFERS,
        ),
        (
            "no unit",
            _candidate(PEOPLE, "共有公职律师277名", "277", ""),
            Refusal.UNIT_DIFFERS,
        ),
        (
            "unit of another kind than the item",
            _candidate(RATE, "共有公职律师277名", "277", "名"),
            Refusal.UNIT_CLASS,
        ),
        (
            "unknown item",
            _candidate("no-such-item", "共有公职律师277名", "277", "名"),
            Refusal.UNKNOWN_ITEM,
        ),
        (
            "block that was not sent",
            _candidate(PEOPLE, "共有公职律师277名", "277", "名", block=4),
            Refusal.UNKNOWN_BLOCK,
        ),
        (
            "quote of another block",
            _candidate(PEOPLE, "共有公职律师277名", "277", "名", block=8),
            Refusal.QUOTE_ABSENT,
        ),
        (
            "quote repeated in its block",
            _candidate(CASES, "4件", "4", "件"),
            Refusal.QUOTE_REPEATED,
        ),
        (
            "quote repeated in two blocks and no block told",
            _candidate(CASES, "全县审结行政案件704件", "704", "件", block=None),
            Refusal.QUOTE_REPEATED,
        ),
        (
            "same value twice in the quote",
            _candidate(CASES, "化解4件、退回4件", "4", "件"),
            Refusal.VALUE_REPEATED,
        ),
        (
            "quote of blanks",
            _candidate(CASES, " \u3000\u200b", "4", "件"),
            Refusal.QUOTE_ABSENT,
        ),
        (
            "value of blanks",
            _candidate(CASES, "全县审结行政案件704件", " ", "件"),
            Refusal.VALUE_OUTSIDE,
        ),
        (
            "value that is only its unit",
            _candidate(CASES, "全县审结行政案件704件", "件", "件"),
            Refusal.VALUE_OUTSIDE,
        ),
        (
            "converted value",
            _candidate("public-lawyer-count", "培训执法人员1.2万人次", "12000", "人次", block=8),
            Refusal.VALUE_OUTSIDE,
        ),
        (
            "value without its 万",
            _candidate("public-lawyer-count", "培训执法人员1.2万人次", "1.2", "人次", block=8),
            Refusal.NOT_WHOLE,
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else "",
)
def test_hostile_proposal_is_refused(verifier, name, candidate, why):
    found = verifier.check(candidate)

    assert found is why, name


def test_number_that_is_no_figure_is_refused(items):
    block = SentBlock(0, "依据《条例》第35条，2024年召开第十四届三次会议，热线电话12345。")
    verifier = Verifier([block], items.values())

    found = [
        verifier.check(_candidate(CASES, quote, value, unit, block=0))
        for quote, value, unit in (("第35条", "35", "条"), ("2024年", "2024", "年"))
    ]

    assert found == [Refusal.NOT_WHOLE, Refusal.NOT_WHOLE]


def test_words_that_rule_an_item_out_refuse_its_proposal(items):
    # 民事 in the clause rules out every item of administrative cases.
    block = SentBlock(0, "全县审结民事案件704件。全县审结案件811件。")
    verifier = Verifier([block], items.values())

    civil = verifier.check(_candidate(CASES, "审结民事案件704件", "704", "件", block=0))
    plain = verifier.check(_candidate(CASES, "审结案件811件", "811", "件", block=0))

    assert civil is Refusal.RULED_OUT
    assert isinstance(plain, Verified)


def test_number_is_cut_from_the_source_and_not_from_the_proposal(items):
    printed = f"县直单位共有公职律师 {WIDE} 名。"
    verifier = Verifier([SentBlock(0, printed)], items.values())

    found = verifier.check(_candidate(PEOPLE, "共有公职律师277名", "277", "名", block=0))

    assert isinstance(found, Verified)
    assert printed[slice(*found.number)] == WIDE


def test_every_refusal_has_a_case_here_or_in_the_consulting_tests():
    tabled = {
        mark.args[1][index][2]
        for mark in test_hostile_proposal_is_refused.pytestmark
        for index in range(len(mark.args[1]))
    }
    elsewhere = {Refusal.RULED_OUT, Refusal.RULE_DIFFERS, Refusal.SELF_CONTRADICTS}

    assert tabled | elsewhere == set(Refusal)


PIECES = sorted(
    {
        run[first:last]
        for run in ("704", "190", "277", "4", "97.78")
        for first in range(len(run))
        for last in range(first + 1, len(run) + 1)
    }
)


@given(
    span=st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, len(TEXT))),
    value=st.sampled_from(PIECES),
    unit=st.sampled_from(("件", "名", "%")),
    item=st.sampled_from((CASES, PEOPLE, RATE)),
)
@example(span=(0, len(TEXT)), value="277", unit="名", item=PEOPLE)
def test_whatever_is_quoted_only_whole_numbers_get_through(items, span, value, unit, item):
    quote = TEXT[span[0] : sum(span)]

    found = Verifier(BLOCKS, items.values()).check(_candidate(item, quote, value, unit))

    if isinstance(found, Verified):
        assert TEXT[slice(*found.number)] == value
        assert value in {"704", "190", "277", "4", "97.78"}
        assert TEXT[found.number[1] :].startswith(unit)
        assert TEXT.count(quote) == 1


def test_what_the_rules_link_passes_the_same_gate(items):
    # The four numbers have names the dictionary knows; each stands in a clause of its own.
    text = (
        "全县审结一审行政诉讼案件704件，一审行政诉讼败诉率4.97%。"
        "应由行政机关负责人出庭的案件45件，行政机关负责人出庭应诉率97.78%。"
    )
    block = SentBlock(5, text)
    proposed = RuleProposer().propose([block], list(items.values()))
    verifier = Verifier([block], items.values())

    found = [verifier.check(one) for one in proposed]

    assert [one.value_text for one in proposed] == ["704", "4.97", "45", "97.78"]
    assert all(isinstance(one, Verified) for one in found)
    assert [one.item.item for one in found if isinstance(one, Verified)] == [
        "first-instance-loss-rate",
        "first-instance-loss-rate",
        "head-appearance-rate",
        "head-appearance-rate",
    ]


def test_long_quotes_that_overlap_themselves_count_as_repeated(items):
    text = "审结案件7件、" * 570
    verifier = Verifier([SentBlock(0, text)], items.values())

    found = {
        verifier.check(_candidate(CASES, "审结案件7件、" * length, "7", "件", block=0))
        for length in (1, 2, 50, 100)
    }

    assert found == {Refusal.QUOTE_REPEATED}
