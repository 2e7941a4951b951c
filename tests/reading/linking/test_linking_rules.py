"""The rules that give a number its name, one by one, with a dictionary of a few entries."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("举办培训5期。", [("5", "courses", "before")]),
        ("举办5期培训。", [("5", "courses", "after")]),
        ("培训,全年共计5期。", [("5", "courses", "before")]),
        ("培训情况良好,粮食36吨。", [("36", "", "")]),
        ("受理案件1,816件。", [("1,816", "cases", "before")]),
        ("建成村(居)站6个。", [("6", "offices", "before")]),
    ],
)
def test_name_stands_before_behind_or_in_the_clause_before(link, text, links):
    assert link(text) == links


def test_unit_is_a_gate(link):
    assert link("举办培训5件。") == [("5", "", "")]


def test_noun_behind_a_number_goes_before_the_clause_in_front(link):
    assert link("召开培训,3名执法人员到场。") == [("3", "staff", "after")]


def test_forbidden_word_in_the_clause_rules_an_entry_out(link):
    assert link("检查3次,联合检查4次。") == [("3", "checked", "before"), ("4", "", "")]


def test_needed_word_must_stand_before_the_number(link):
    assert link("改革试点3个。") == [("3", "scoped", "before")]
    assert link("试点3个,服务改革。") == [("3", "", "")]


def test_bare_verb_belongs_to_the_nearest_subject(link):
    assert link("苹果丰收。采摘5件,梨采摘6件。") == [
        ("5", "apple-picks", "before"),
        ("6", "pear-picks", "before"),
    ]


def test_noun_is_carried_over_a_list(link):
    assert link("建成示范村2个、省级3个、市级4个。") == [
        ("2", "villages", "before"),
        ("3", "villages", "elided"),
        ("4", "villages", "elided"),
    ]


def test_noun_is_not_carried_to_another_unit_or_another_noun(link):
    assert link("建成示范村2个、公园3个、道路4公里。")[1:] == [("3", "", ""), ("4", "", "")]


def test_list_member_that_shares_a_word_keeps_the_name(link):
    assert link("建成示范村2个、重点示范镇3个。")[1] == ("3", "villages", "elided")


def test_own_part_of_a_greater_bodys_figure_keeps_the_name(link):
    assert link("全省建成示范村260个,其中我市6个。")[1] == ("6", "villages", "elided")


def test_part_is_named_by_the_whole_even_behind_a_change(link):
    found = link("受理案件60件,同比增长20%,其中公安类12件,占20%,民政类6件。")

    assert [entry for _, entry, _ in found] == ["cases"] * 5
    assert [how for _, _, how in found] == ["before", "change", "elided", "share", "elided"]


@pytest.mark.parametrize("between", ["、", ",", ",共计", ",参加"])
def test_people_behind_an_event_are_those_who_came(link, between):
    assert link(f"举办培训5期{between}260人次。")[1] == ("260", "learners", "elided")


def test_name_that_fits_no_unit_serves_the_next_bare_number(link):
    assert link("接访36批、96人次。")[-1] == ("96", "visits", "elided")


def test_end_of_a_list_speaks_of_all_its_members(link):
    assert link("2个集体、5人获省级表彰。")[0] == ("2", "groups", "after")


def test_noun_behind_the_number_of_divisions_is_seen(link):
    assert link("26名执法人员分2批到岗。")[0][1] == "staff"


def test_part_of_those_named_is_not_those_named(link):
    assert link("62名执法人员中58人持证。") == [
        ("62", "staff", "after"),
        ("58", "holders", "after"),
    ]


def test_average_is_no_total(link):
    assert link("示范村,每村建有示范村不少于3个。")[-1] == ("3", "", "")


def test_name_far_off_speaks_of_something_else(link):
    near = "检查城乡各类经营场所36次。"
    far = "检查城乡各类经营场所和重点项目以及工业园区道路36次。"

    assert link(near) == [("36", "checked", "before")]
    assert link(far) == [("36", "", "")]


def test_attribute_may_stand_far_from_its_number(link):
    text = "继续有效的县政府以及县政府办公室名义印发文件36件。"

    assert link(text) == [("36", "kept", "before")]


@pytest.mark.parametrize(
    "text",
    ["持证率、合格率分别为98%、95%。", "持证率和合格率分别达到98%和95%。"],
)
def test_respectively_pairs_in_order(link, text):
    assert link(text) == [("98", "rate-one", "respectively"), ("95", "rate-two", "respectively")]


def test_respectively_pairs_different_units(link):
    found = link("培训、接访分别开展32场、560人次。")

    assert [entry for _, entry, _ in found] == ["courses", "visits"]


def test_unknown_member_of_a_pair_shifts_nobody(link):
    assert link("到岗率、合格率分别为98%、95%。") == [
        ("98", "", ""),
        ("95", "rate-two", "respectively"),
    ]


@pytest.mark.parametrize("text", ["受理案件60件,同比增长20%。", "受理案件60件,较上年增加9件。"])
def test_change_speaks_of_the_quantity_before_it(link, text):
    assert link(text)[1][1:] == ("cases", "change")


def test_change_of_something_unknown_is_given_no_name(link):
    assert link("受理案件60件,粮食产量增长20%。")[1] == ("20", "", "")


def test_name_that_is_a_change_keeps_its_size(link):
    assert link("审批时限压缩62%。") == [("62", "speed", "before")]


def test_share_of_something_named_in_its_clause_is_not_the_count_before(link):
    assert link("受理案件60件,综合窗口占比87%。")[1] == ("87", "", "")


def test_rank_belongs_to_a_rate_only(link):
    assert link("持证率98%,居全市第3名。")[1] == ("3", "rate-one", "rank")
    assert link("受理案件60件,居全市第3名。")[1] == ("3", "", "")


def test_part_of_a_rate_alone_is_dropped(link):
    assert link("应持62人。") == [("62", "", "")]
    assert link("应持62人,持证58人。")[0] == ("62", "due", "before")


def test_two_parts_of_one_role_do_not_keep_each_other(link):
    assert link("应持62人,应持36人。") == [("62", "", ""), ("36", "", "")]
