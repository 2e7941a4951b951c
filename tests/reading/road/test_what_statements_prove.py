"""A statement counts for what its own clause says: done, denied, demanded or promised."""

from __future__ import annotations

import pytest

from assessor.reading.drafting import draft_submission
from assessor.reading.linking.similar import Choice
from schemas.submission import EvidenceLevel
from scoring import shipped_rulebook

HEAD = "云栖县2024年法治政府建设年度报告\n一、主要工作\n各项工作有序推进，全年任务基本完成。\n"
SHORT = "二、存在的不足\n个别乡镇执法力量薄弱，培训覆盖面窄，有待加强。\n"
CAUSES = "三、原因分析\n主要原因是编制不足，业务骨干流动较快，培训经费偏少。\n"
FIRST = "四、主要负责人履行第一责任人职责情况\n县长每季度听取汇报，带头学法，批示督办重点案件。\n"
NEXT = "五、2025年工作安排\n6月底前出台执法监督办法，完成执法人员轮训。\n"


def said(reading, item):
    return [(one.polarity, one.evidence_level) for one in reading.statements if one.item == item]


def answer(reading, item):
    drafted = draft_submission(reading, shipped_rulebook()).submission
    return next((one for one in drafted.answers if one.item == item), None)


@pytest.mark.parametrize(
    ("sentence", "item"),
    [
        ("公布重大行政决策目录不及时。", "decision-catalogue-published"),
        ("未制定不予处罚事项清单。", "no-penalty-list"),
        ("尚无行政执法指导案例发布。", "enforcement-guiding-case"),
        ("执法指导案例编制工作启动较晚，尚未发布。", "enforcement-guiding-case"),
        ("行政执法指导案例，年内没有发布。", "enforcement-guiding-case"),
        ("取消了行政执法指导案例发布制度。", "enforcement-guiding-case"),
        ("原定的防汛应急演练因汛情推迟。", "emergency-drill"),
        ("执法全过程记录制度还没有全面推行。", "enforcement-recording"),
        ("县应急预案体系不健全。", "emergency-plan"),
        ("各镇应急预案修订工作推进缓慢。", "emergency-plan"),
        ("裁量权基准制度缺失。", "discretion-benchmark"),
        ("存在裁量权基准公布不到位的问题。", "discretion-benchmark"),
        ("没有公布裁量权基准的部门还有3个。", "discretion-benchmark"),
        ("社会应急力量数据库建设亟需加快。", "emergency-force-database"),
        ("免罚清单制定工作仍属空白。", "no-penalty-list"),
        ("法治政府建设尚未纳入年度绩效考核。", "performance-assessment-included"),
        ("县长、各副县长年底均未述法。", "leaders-law-report"),
        ("未向县人大常委会报告法治政府建设情况。", "congress-report"),
        ("规范性文件均未公开。", "document-publication-rate"),
    ],
)
def test_denied_or_wanting_matter_is_negative_and_never_scores(read, sentence, item):
    reading = read(HEAD + sentence + "\n")
    found = answer(reading, item)

    assert {polarity for polarity, _ in said(reading, item)} == {"negative"}
    assert found is None or found.value is None


@pytest.mark.parametrize(
    ("sentence", "item"),
    [
        ("要求各部门公布不予处罚事项清单。", "no-penalty-list"),
        ("印发通知，要求各镇各部门对标对表，限期公布免罚清单。", "no-penalty-list"),
        ("督促23个执法部门公布裁量权基准。", "discretion-benchmark"),
        ("推动建立社会应急力量数据库。", "emergency-force-database"),
        ("正在编制不予处罚事项清单。", "no-penalty-list"),
        ("计划开展应急演练10次。", "emergency-drill"),
        ("拟于明年公布裁量权基准12项。", "discretion-benchmark"),
        ("免罚清单将于下月公布。", "no-penalty-list"),
        ("力争年内建成社会应急力量数据库。", "emergency-force-database"),
        ("明年将向县人大常委会专题报告法治政府建设情况。", "congress-report"),
        ("规范性文件均应当向社会公开。", "document-publication-rate"),
        ("要求规范性文件全部向社会公开。", "document-publication-rate"),
    ],
)
def test_demanded_or_promised_matter_is_planned_and_never_scores(read, sentence, item):
    reading = read(HEAD + sentence + "\n")

    assert {polarity for polarity, _ in said(reading, item)} == {"planned"}
    assert answer(reading, item) is None


@pytest.mark.parametrize(
    ("sentence", "item"),
    [
        ("公布裁量权基准45项，未公布的一律不得作为执法依据。", "discretion-benchmark"),
        ("按照上级要求，公布裁量权基准45项。", "discretion-benchmark"),
        ("按照国务院要求公布裁量权基准45项。", "discretion-benchmark"),
        ("针对应急预案不完善问题，修订应急预案12件。", "emergency-plan"),
        ("制定应急预案20件，计划明年再修订10件。", "emergency-plan"),
        ("应当评估的6项重大决策全部开展风险评估。", "decision-risk-assessment"),
    ],
)
def test_rule_remedy_or_later_plan_does_not_undo_what_was_done(read, sentence, item):
    reading = read(HEAD + sentence + "\n")

    assert {polarity for polarity, _ in said(reading, item)} == {"positive"}
    assert answer(reading, item).value is True


@pytest.mark.parametrize(
    "sentence",
    ["对未及时公布裁量权基准的5个部门发出督办单。", "切实解决裁量权基准公布不及时问题。"],
)
def test_acting_on_a_lack_is_no_proof_that_it_was_mended(read, sentence):
    reading = read(HEAD + sentence + "\n")

    assert said(reading, "discretion-benchmark") == [("positive", EvidenceLevel.V1)]
    assert answer(reading, "discretion-benchmark").value is None


def test_list_made_but_not_published_is_told_apart(read):
    reading = read(HEAD + "年度重大行政决策目录虽已编制，但未向社会公布。\n")

    assert said(reading, "decision-catalogue-made") == [("positive", EvidenceLevel.V2)]
    assert said(reading, "decision-catalogue-published") == [("negative", EvidenceLevel.V2)]


def test_rest_of_a_paragraph_that_turns_is_no_result(read):
    body = "工作虽有进展，但仍存在一些问题。应急演练只有10次。\n"
    plan = "下一步，我县要办好两件事。公布不予处罚清单12项。\n"
    reading = read(HEAD + body + "二、依法行政\n" + plan)

    assert said(reading, "emergency-drill") == [("negative", EvidenceLevel.V3)]
    assert [polarity for polarity, _ in said(reading, "no-penalty-list")] == ["planned"]


def test_doubly_denied_matter_is_no_zero(read):
    assert read(HEAD + "不是没有行政合同败诉案件。\n").figures == ()
    assert [one.value for one in read(HEAD + "没有行政合同败诉案件。\n").figures] == [0]


@pytest.mark.parametrize(
    ("sentence", "item", "level"),
    [
        ("强化政务公开，做到投诉举报反馈率100%。", "government-openness", "V1"),
        ("对2023年6月1日至2024年5月31日的执法案卷开展评查。", "enforcement-supervision", "V2"),
        ("8月12日，县长主持召开法治政府建设推进会。", "first-responsible-person", "V2"),
        ("印发年度要点，落实执法公示制度。", "enforcement-publicity", "V1"),
        ("全面落实三项制度，公示执法信息2300条。", "enforcement-recording", "V1"),
        ("加强行政执法监督，聘请特邀监督员20名。", "enforcement-supervision", "V1"),
        ("开展行政执法监督12次。", "enforcement-supervision", "V3"),
        ("县政府主要负责人对法治工作批示5次。", "first-responsible-person", "V3"),
        ("主动公开政府信息650条。", "government-openness", "V3"),
        ("取消证明材料26项。", "proof-clearance", "V3"),
    ],
)
def test_only_a_figure_of_the_matter_itself_proves_it(read, sentence, item, level):
    assert [one.value for _, one in said(read(HEAD + sentence + "\n"), item)] == [level]


@pytest.mark.parametrize(
    "sentence",
    [
        "10月24日召开联席会议，从事法制审核、内部监督的人员140余人参加。",
        "全面开展规范性文件法制审核，审核规范性文件20件。",
        "重大行政决策法制审核意见全部采纳，共12条。",
    ],
)
def test_legality_review_of_something_else_is_not_that_of_enforcement(read, sentence):
    assert said(read(HEAD + sentence + "\n"), "enforcement-legality-review") == []


@pytest.mark.parametrize(
    ("sentence", "item"),
    [
        ("法治政府建设纳入年度综合考核，占6分。", "performance-assessment-included"),
        ("县委书记、县长在年度述职中均书面述法。", "leaders-law-report"),
        ("实行述职述德述廉述法一体考核的干部评价机制。", "leaders-law-report"),
        ("总体应急预案1件、专项应急预案24件在用。", "emergency-plan"),
    ],
)
def test_plain_fact_is_a_yes(read, sentence, item):
    assert answer(read(HEAD + sentence + "\n"), item).value is True


@pytest.mark.parametrize(
    "sentence",
    [
        "向县人大常委会专题报告全县法治政府建设情况。",
        "县人大常委会听取和审议了县政府法治政府建设情况的报告。",
        "县政府将法治政府建设情况向县人大常委会作了书面报告。",
    ],
)
def test_report_to_the_congress_counts_once_without_a_number(read, sentence):
    found = answer(read(HEAD + sentence + "\n"), "congress-report")

    assert (found.value, found.is_approximate) == (1, True)
    assert sentence.startswith(found.evidence[0].quote)


@pytest.mark.parametrize(
    "sentence",
    ["向人大代表征求对法治政府建设的意见。", "向县人大常委会报告预算执行情况。"],
)
def test_other_dealings_with_the_congress_do_not(read, sentence):
    assert answer(read(HEAD + sentence + "\n"), "congress-report") is None


@pytest.mark.parametrize(
    ("sentence", "item"),
    [
        ("全县乡镇（街道）合法性审查机构、人员、范围、机制全覆盖。", "township-review-coverage"),
        ("乡镇合法性审查的机构、审查人员和审查机制实现全面覆盖。", "township-review-coverage"),
        ("现有规范性文件一律经县政府网站对外公布。", "document-publication-rate"),
        ("所有规范性文件都在县政府网站公布。", "document-publication-rate"),
        ("制发的规范性文件全部按时向市政府报送备案。", "document-filing-rate"),
    ],
)
def test_claim_of_all_is_found_across_a_list_or_a_means(read, sentence, item):
    found = answer(read(HEAD + sentence + "\n"), item)

    assert (found.is_claim, found.evidence_level) == (True, EvidenceLevel.V2)


def test_absent_part_of_a_report_is_a_fact_as_the_checks_say(read):
    reading = read(HEAD + SHORT + FIRST)
    checks = {one.code: one.result.value for one in reading.compliance}
    causes, next_year = (answer(reading, f"report-{name}") for name in ("causes", "next-year"))

    assert (checks["K09"], checks["K12"]) == ("fail", "fail")
    assert (causes.value, next_year.value) == (False, False)
    assert causes.evidence[0].locator == "全文"
    assert answer(reading, "report-shortcomings").value is True


def test_all_parts_are_there_and_their_quotes_show_it(read):
    reading = read(HEAD + SHORT + CAUSES + FIRST + NEXT)
    found = {
        name: answer(reading, f"report-{name}")
        for name in ("results", "shortcomings", "causes", "first-responsible", "next-year")
    }

    assert {one.value for one in found.values()} == {True}
    assert "原因" in found["causes"].evidence[0].quote


def test_quote_of_the_first_person_in_a_long_paragraph_shows_the_words(read):
    long = "县里健全制度，细化任务，" * 14
    body = f"{long}推行清单管理，县长切实履行第一责任人职责，带头学法用法。\n"
    found = answer(read(HEAD + body), "report-first-responsible")

    assert found.value is True
    assert "第一责任人" in found.evidence[0].quote


def test_first_person_named_only_in_next_years_plan_is_not_there(read):
    reading = read(HEAD + SHORT + "三、2025年工作安排\n压实主要负责人第一责任人职责，抓好普法。\n")

    assert said(reading, "report-first-responsible") == []


def test_what_the_reporting_year_itself_did_is_no_plan(read):
    reading = read(HEAD + "2024年将法治建设纳入绩效考核，占8分。\n")

    assert answer(reading, "performance-assessment-included").value is True


def test_drill_that_was_not_called_off_took_place(read):
    reading = read(HEAD + "全年没有取消应急演练，开展应急演练6次。\n")

    assert said(reading, "emergency-drill") == [("positive", EvidenceLevel.V3)]


@pytest.mark.parametrize("guess", ["", "法治宣传活动场次"])
def test_a_guess_by_wording_neither_proves_nor_disproves(read, monkeypatch, guess):
    monkeypatch.setattr(Choice, "best", lambda *_: (guess, 99))
    reading = read(HEAD + "律师服务团为企业开展法治体检161次。\n")

    assert [bool(one.item) for one in reading.figures if one.number_text == "161"] == [bool(guess)]
    assert said(reading, "business-legal-service") == [("positive", EvidenceLevel.V3)]
