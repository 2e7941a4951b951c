"""The 25 traps of the real reports, one test each, from text to figures; own sentences."""

from __future__ import annotations

from assessor.reading.drafting import draft_submission
from schemas.reading import Bound


def test_trap_01_plan_against_result(read):
    found = read(
        "执法人员持证率达到91.3%。\n\n二、2025年工作思路\n\n执法人员持证率达到97.6%，培训8期。"
    )

    assert found.figure("91.3").status.value == "achieved"
    assert found.figure("97.6").status.value == "planned"
    assert found.figure("8").status.value == "planned"
    assert found.accepted() == ["certificate-holding-rate"]


def test_trap_02_historical_or_foreign_context(read):
    found = read(
        "2019年，全县行政机关负责人出庭应诉率为71%。"
        "2018年6月1日至2019年5月31日，审结一审行政诉讼案件88件。"
    )

    assert found.figure("71").status.value == "previous_year"
    assert found.accepted() == []


def test_trap_03_ordinals(read):
    found = read("县政府第35次常务会议听取汇报，推荐第二批、第十三届先进，常务会议学法9次。")

    assert found.numbers() == ["9次"]


def test_trap_04_names_with_digits(read):
    found = read(
        "深化“531X”工程和“最多90天”改革，依托政务服务2.0、“141”体系，24小时开放，"
        "“12·4”期间落实三项制度，举办普法活动16场。"
    )

    assert found.numbers() == ["16场"]


def test_trap_05_document_titles_and_years(read):
    found = read(
        "落实《法治社会建设规划（2021—2025年）》和云政发\u30142021\u30159号，"
        "印发《2024年度工作要点》，聘请法治监督员12名。"
    )

    assert found.numbers() == ["12名"]


def test_trap_06_ranks(read):
    found = read("一审行政诉讼败诉率为6%，列全省第二低，是全市唯一。执法人员持证率居全市第3位。")

    assert found.figure("6").status.value == "achieved"
    assert found.figure("3").status.value == "rank"
    assert found.accepted() == ["first-instance-loss-rate"]


def test_trap_07_hedges(read):
    found = read("解答咨询近2300余次，发放资料4000余份，培训近160人次，惠及约500户，超70场。")

    assert found.figure("2300").bound is Bound.APPROX
    assert "opposite_hedges" in found.figure("2300").flags
    assert found.figure("4000").bound is Bound.AT_LEAST
    assert found.figure("160").bound is Bound.AT_MOST
    assert found.figure("500").bound is Bound.APPROX
    assert found.figure("70").bound is Bound.AT_LEAST


def test_trap_08_scaling(read):
    found = read("办理公证1398万余件，罚没款1.2亿元，受理诉求4000余件次。")

    assert found.figure("1398万").value == 13_980_000
    assert found.figure("1.2亿").value == 120_000_000
    assert found.figure("4000").unit == "件次"


def test_trap_09_ratio_triples(read):
    found = read("组织行政执法证考试，参考495人，通过426人，通过率为86%。执法证持证率为91%。")

    assert found.figure("86").item_label == "执法资格考试通过率"
    assert found.figure("91").feeds == "certificate-holding-rate"
    assert found.accepted() == ["certificate-holding-rate"]


def test_trap_10_look_alike_rates(read):
    found = read(
        "行政复议案件纠错率为5.1%，行政规范性文件备案审查纠错率为2.2%。"
        "行政机关负责人出庭率为97%，行政机关主要负责人出庭率为17%。"
        "执法人员信息完善率为99%，执法证持证率为91%。"
    )

    assert [one.feeds for one in found.reading.figures] == [
        "reconsideration-correction-rate",
        "document-correction-rate",
        "head-appearance-rate",
        "principal-appearance-rate",
        None,
        "certificate-holding-rate",
    ]


def test_trap_11_one_value_for_several_indicators(read):
    found = read("行政规范性文件合法性审核和备案100%覆盖。")
    figure = found.figure("100")

    assert (figure.item, *figure.also) == ("document-review-rate", "document-filing-rate")


def test_trap_12_one_noun_for_several_values(read):
    found = read("累计建成国家级民主法治村2个、省级27个、市级90个。")

    assert [one.feeds for one in found.reading.figures] == [
        "national-model-villages",
        "provincial-model-villages",
        None,
    ]
    assert found.labels() == ["民主法治示范村(社区)数"] * 3


def test_trap_13_same_value_for_different_facts(read):
    found = read("聘请法治监督员33名。全县公职律师33名。评查执法案卷33份。")

    assert found.labels() == ["法治监督员人数", "公职律师人数", "案卷评查份数"]


def test_trap_14_scope_switches_inside_a_paragraph(read):
    found = read("县本级清理规范性文件31件。全县各级审核合同62份。")

    assert found.figure("31").scope == "县本级"
    assert found.figure("62").scope == "各级"


def test_trap_15_stock_against_flow(read):
    found = read("累计建成省级民主法治村27个。新增省级民主法治村4个。")

    assert found.figure("27").is_cumulative
    assert found.figure("27").item == "provincial-model-villages"
    assert not found.figure("4").is_cumulative
    assert found.figure("4").item == "provincial-model-villages-new"


def test_trap_16_numerator_without_denominator(read, book):
    found = read("公职律师57名。应由负责人出庭的案件31件。")
    draft = draft_submission(found.reading, book)
    answers = {one.item: one for one in draft.submission.answers}

    assert found.figure("31").item is None
    assert "head-appearance-rate" not in answers
    assert "public-lawyer-coverage" not in answers


def test_trap_17_coverage_words(read, book):
    found = read("全县行政机关实现公职律师全覆盖。各单位普遍开展述法。检察建议均按期回复。")
    draft = draft_submission(found.reading, book)
    answers = {one.item: one for one in draft.submission.answers}

    assert found.reading.figures == ()
    assert answers["public-lawyer-coverage"].is_claim
    assert answers["public-lawyer-coverage"].value is None
    assert answers["judicial-suggestion-reply-rate"].is_claim


def test_trap_18_negated_or_unmet(read):
    found = read("公职律师全覆盖还未实现。加快推进乡镇合法性审查全覆盖。")
    claims = [one for one in found.reading.statements if one.is_claim]

    assert [one.polarity for one in claims if one.item == "public-lawyer-coverage"] == ["negative"]
    assert [one for one in claims if one.item == "township-review-coverage"] == []


def test_trap_19_zero_statements(read):
    found = read("全年没有发生因行政机关合同引起的诉讼或仲裁。办件量实现零的突破。")

    assert [(one.number_text, one.value, one.feeds) for one in found.reading.figures] == [
        ("没有发生", 0, "contract-lost-cases")
    ]


def test_trap_20_source_typos_and_format_loss(read):
    found = read("办结人大代表建35件。走在前茅三是提升执法证持证率至91.3%。")

    assert found.figure("35").item_label == "人大建议办理件数"
    assert found.figure("91.3").feeds == "certificate-holding-rate"


def test_trap_21_web_chrome(read_whole):
    page = (
        "<html><head><title>报告</title></head><body><div>首页 &gt; 政务公开</div>"
        "<h1>云栖县2024年法治政府建设年度报告</h1>"
        "<div>发布日期：2025-03-12 浏览次数：1563 索引号：11330624</div>"
        "<p>一、主要工作和成效</p><p>全县聘请法治监督员57名，执法证持证率为91.3%，常务会议学法9次。</p>"
        "<p>坚持依法行政，完善制度机制，扎实推进各项工作，取得了较好的成效。</p></body></html>"
    )
    found = read_whole(page)

    assert found.numbers() == ["57名", "91.3%", "9次"]
    assert str(found.reading.document.publish_date) == "2025-03-12"


def test_trap_22_full_width_and_half_width(read):
    wide = read(
        "执法证持证率为\uff19\uff11\uff0e\uff13\uff05，聘请法治监督员（特邀）\uff15\uff17名。"
    )
    narrow = read("执法证持证率为91.3%,聘请法治监督员(特邀)57名。")

    assert [one.value for one in wide.reading.figures] == [
        one.value for one in narrow.reading.figures
    ]
    assert (
        wide.accepted()
        == narrow.accepted()
        == [
            "certificate-holding-rate",
            "rule-of-law-supervisors",
        ]
    )


def test_trap_23_chinese_numerals(read):
    found = read("举办法治培训两期，开展两年一次的清理，第二次通报，五年来稳步提升。")

    assert found.numbers() == ["两期"]
    assert found.figure("两").value == 2


def test_trap_24_dates_without_a_year(read):
    found = read("8月16日，县政府常务会议学法9次。10月24日，审核规范性文件12件。")

    assert [one.year for one in found.reading.figures] == [2024, 2024]


def test_trap_25_superlatives_without_a_number(read):
    found = read("行政机关负责人出庭应诉率走在前列，败诉率全省前茅，持证率位居省市前列。")

    assert found.reading.figures == ()
