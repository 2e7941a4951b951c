"""Every sentence a user reads, in Chinese and English. Codes come from `schemas`."""

from __future__ import annotations

import errno
import re
from typing import Literal, NamedTuple

from schemas.base import Level, Provenance
from schemas.issue import Issue, IssueCode, Severity
from schemas.outcome import Outcome, PolicyAction, Reason
from schemas.target import DueBasis, Force

Language = Literal["zh", "en"]


class Saying(NamedTuple):
    """What is wrong and what to do, in both languages."""

    zh: str
    zh_next: str
    en: str
    en_next: str


_I = IssueCode
ISSUES: dict[IssueCode, Saying] = {
    _I.FILE_UNREADABLE: Saying(
        "文件无法读取",
        "按提示更换或修复文件后重新提交",
        "the file cannot be read",
        "replace or repair the file as described",
    ),
    _I.FIELD_UNKNOWN: Saying(
        "有不认识的字段",
        "核对字段名，可用 assessor schema 查看格式",
        "unknown field",
        "check the name; `assessor schema` prints the format",
    ),
    _I.FIELD_MISSING: Saying(
        "缺少必填内容", "补填后重新提交", "a required field is missing", "fill it in"
    ),
    _I.FIELD_INVALID: Saying(
        "内容不合格式", "按允许的格式改正", "the field is not in the allowed form", "correct it"
    ),
    _I.VALUE_NOT_NUMBER: Saying(
        "应为数值，填的不是数值",
        "填阿拉伯数字；没有数据请留空（留空即未披露）",
        "a number was expected",
        "write digits, or leave blank if there is no figure",
    ),
    _I.VALUE_NOT_YES_NO: Saying(
        "应填是或否",
        "填“是”或“否”，不清楚请留空",
        "yes or no was expected",
        "write 是 or 否, or leave blank",
    ),
    _I.VALUE_NOT_DAY: Saying(
        "应为日期", "写成 2025-03-15 的形式", "a date was expected", "write it as 2025-03-15"
    ),
    _I.VALUE_NOT_TIER: Saying(
        "佐证层级应为 0 至 3",
        "0 未提及、1 仅表态、2 有制度或举措、3 有数据或可核验事实",
        "an evidence level of 0 to 3 was expected",
        "0 not mentioned, 1 asserted, 2 measure, 3 figure or fact",
    ),
    _I.VALUE_NOT_WHOLE: Saying(
        "计数应为整数", "填整数", "a count must be a whole number", "write a whole number"
    ),
    _I.VALUE_OUT_OF_RANGE: Saying(
        "超出可能的范围",
        "核对数值与计量单位",
        "outside the possible range",
        "check the figure and its unit",
    ),
    _I.VALUE_NOT_CALCULATED: Saying(
        "公式没有计算结果",
        "用 WPS 或 Excel 打开并保存一次，或改填数值",
        "the formula has no stored result",
        "open and save it in WPS or Excel, or type the value",
    ),
    _I.VALUE_CELL_ERROR: Saying(
        "单元格是错误值",
        "修正公式或改填数值",
        "the cell holds an error value",
        "mend the formula or type the value",
    ),
    _I.VALUE_CONTROL_CHARACTER: Saying(
        "含有不可见的控制字符，已去除",
        "核对去除后的内容",
        "control characters were removed",
        "check what is left",
    ),
    _I.VALUE_FORMULA_TEXT: Saying(
        "是以公式符号开头的文字，未作为数值采用",
        "改填数值",
        "text that looks like a formula",
        "type the value",
    ),
    _I.VALUE_CONVERTED: Saying(
        "已按规则换算或视为未填",
        "核对采用的值",
        "converted or taken as blank by rule",
        "check the value used",
    ),
    _I.PERCENT_AMBIGUOUS: Saying(
        "百分数写法不明：不知是小数还是百分数",
        "写成带百分号的文字（如 97.78%），或同时填分子分母",
        "ambiguous percentage: fraction or percent?",
        "write it with a percent sign, or give numerator and denominator",
    ),
    _I.UNIT_MISMATCH: Saying(
        "计量单位与要求不一致",
        "换算成要求的单位",
        "the unit is not the one asked for",
        "convert it",
    ),
    _I.ITEM_UNKNOWN: Saying(
        "没有这个填报项",
        "核对编号；可用 assessor explain 查看",
        "no such item",
        "check the id; `assessor explain` lists them",
    ),
    _I.ITEM_DUPLICATED: Saying(
        "同一填报项填了两次", "只保留一条", "the item is answered twice", "keep one"
    ),
    _I.NUMERATOR_EXCEEDS: Saying(
        "分子大于分母",
        "核对口径是否一致",
        "the numerator exceeds the denominator",
        "check that both count the same thing",
    ),
    _I.RATIO_INCOMPLETE: Saying(
        "只有分子或只有分母，无法算出比率",
        "补齐另一项",
        "only half of the ratio is given",
        "give the other half",
    ),
    _I.RATIO_NOT_WHOLE: Saying(
        "按所报精度，比率乘以分母得不到整数件数",
        "核对比率、分母或补报分子",
        "at the stated precision the rate gives no whole numerator",
        "check the rate and the denominator",
    ),
    _I.RATIO_MISMATCH: Saying(
        "比率与分子分母不符",
        "核对三个数",
        "rate, numerator and denominator disagree",
        "check all three",
    ),
    _I.PARTS_SUM: Saying(
        "分项之和不等于总数",
        "核对分项与总数",
        "the parts do not add up to the whole",
        "check parts and whole",
    ),
    _I.CUMULATIVE_BELOW_YEARLY: Saying(
        "应当较大的数反而较小",
        "核对两项口径（累计与当年、全体与其中）",
        "a figure that includes another is smaller than it",
        "check what both count",
    ),
    _I.YEAR_MISMATCH: Saying(
        "日期与报告年度不符",
        "核对日期或报告年度",
        "the date does not fit the reporting year",
        "check date and year",
    ),
    _I.EVIDENCE_MISSING: Saying(
        "缺少必要的佐证",
        "补充佐证摘录、文件名称或网址",
        "required evidence is missing",
        "add a quote, a document or an address",
    ),
    _I.APPROXIMATE: Saying(
        "数值是约数", "请补报准确数", "the figure is approximate", "report the exact figure"
    ),
    _I.NOT_APPLICABLE_WITHOUT_CAUSE: Saying(
        "标为不适用但没有理由",
        "写明不适用的理由",
        "marked not applicable without a cause",
        "give the cause",
    ),
    _I.ENTITY_DUPLICATED: Saying(
        "同一单位同一年度提交了多份",
        "只保留一份",
        "the entity filed twice for the year",
        "keep one file",
    ),
    _I.REVIEW_OTHER_ENTITY: Saying(
        "评审意见不是针对这个单位或年度",
        "核对单位名称与期间",
        "the review is about another entity or year",
        "check name and period",
    ),
    _I.REVIEW_UNKNOWN_CODE: Saying(
        "评审意见中的编号不存在", "核对编号", "the review names an unknown code", "check the code"
    ),
    _I.TEMPLATE_OTHER: Saying(
        "不是本指标体系的填报表",
        "用 assessor template 重新生成填报表",
        "the workbook belongs to another template",
        "make a new one with `assessor template`",
    ),
    _I.TEMPLATE_CHANGED: Saying(
        "填报表的固定内容被改动",
        "恢复原样或重新生成填报表",
        "a fixed part of the workbook changed",
        "restore it or make a new one",
    ),
    _I.DOCUMENT_DAMAGED: Saying(
        "文件有损坏的字符，相关段落须复核",
        "请单位重新提供文件",
        "damaged characters; the paragraphs concerned go to review",
        "ask the unit for a sound file",
    ),
    _I.DOCUMENT_MISLABELLED: Saying(
        "文件内容与扩展名不符，按内容读取",
        "核对文件来源",
        "content and extension disagree; read by content",
        "check where the file comes from",
    ),
    _I.DOCUMENT_MARKED: Saying(
        "文件带有修订、隐藏或删除线内容，相关数据须复核",
        "请单位提供定稿",
        "tracked, hidden or struck text; its figures go to review",
        "ask for the final version",
    ),
    _I.DOCUMENT_LAYOUT: Saying(
        "版面特殊，读取的次序可能有误",
        "对照原件核对读出的文字",
        "an unusual layout; the order of reading may be wrong",
        "compare the text with the original",
    ),
    _I.DOCUMENT_TRADITIONAL: Saying(
        "正文是繁体字，按对应的简体字读取，引文照录原文",
        "抽查读出的数据",
        "in traditional characters; read as the simplified ones, quoted as printed",
        "check some of the figures",
    ),
    _I.REPORT_IS_PLAN: Saying(
        "这是规划、方案、纲要、要点一类文件，不是年度报告；其中数字都是目标，不能据此评分",
        "核对是否交错了文件，请提交该单位的年度报告",
        "a plan, not a yearly report; its figures are targets and never scored",
        "check whether the right file was sent",
    ),
    _I.REPORT_IS_OTHER: Saying(
        "既不像年度报告，也不像规划方案；其中数字不作为完成数，不计分",
        "核对是否交错了文件；确是报告的，请补上写明文种的标题",
        "neither a report nor a plan; none of its figures is taken as achieved",
        "check whether the right file was sent; give a report a title that says so",
    ),
    _I.REPORT_UNIDENTIFIED: Saying(
        "认不出单位名称、层级或报告年度",
        "在填报表中写明，或核对报告标题",
        "unit, level or year cannot be told",
        "give them in a form, or check the title",
    ),
    _I.VALUES_DIFFER: Saying(
        "报告前后对同一事项给出不同数值",
        "核对后由复核人确定采用哪个",
        "the report gives different values for one item",
        "decide which one holds",
    ),
    _I.FORM_CONTRADICTS: Saying(
        "填报值与公开报告不一致，暂按填报值计分",
        "核对两处的依据，由复核人确定采用哪个",
        "the form and the published report disagree; the form's value is scored for now",
        "check what both rest on and decide which one holds",
    ),
    _I.FORM_AGREES: Saying(
        "填报与报告一致，两处互为佐证",
        "无须处理",
        "form and report agree",
        "nothing to do",
    ),
    _I.FORM_OTHER_UNIT: Saying(
        "填报表与报告写的不是同一个单位",
        "核对是否交错了文件；要合在一起评分，须用 --entity 写明单位名称",
        "form and report name different units",
        "check the files; to score them together name the unit with --entity",
    ),
    _I.FORM_OTHER_YEAR: Saying(
        "填报表与报告写的不是同一年度",
        "核对是否交错了文件；要合在一起评分，须用 --year 写明报告年度",
        "form and report are of different years",
        "check the files; to score them together name the year with --year",
    ),
    _I.MODEL_INCOMPLETE: Saying(
        "语言模型没有完整作答，缺的部分只按规则阅读",
        "检查模型服务后可以重读",
        "the language model did not answer in full; the rest was read by rules alone",
        "check the service and read again",
    ),
    _I.MODEL_REFUSED: Saying(
        "语言模型的建议未通过核验，没有采用",
        "不影响评分，供复核参考",
        "a proposal of the language model failed verification and was dropped",
        "nothing is scored by it; for the reviewer's information",
    ),
    _I.HIDDEN_ROW: Saying(
        "填报行被隐藏，仍按其内容采用",
        "取消隐藏并核对",
        "a row is hidden; it is still read",
        "unhide and check it",
    ),
}

SEVERITIES = {
    Severity.ERROR: ("错误", "error"),
    Severity.WARNING: ("提醒", "warning"),
    Severity.NOTE: ("说明", "note"),
}

OUTCOMES: dict[Outcome, str] = {
    Outcome.MET: "达标",
    Outcome.PARTLY_MET: "部分达标",
    Outcome.NOT_MET: "未达标",
    Outcome.NOT_REPORTED: "未披露",
    Outcome.NOT_ASSESSABLE: "无法判定",
    Outcome.NOT_APPLICABLE: "不适用",
    Outcome.NOT_DUE: "未到期",
    Outcome.PENDING_REVIEW: "待评审",
}

SYMBOLS: dict[Outcome, str] = {
    Outcome.MET: "√",
    Outcome.PARTLY_MET: "△",
    Outcome.NOT_MET: "×",
    Outcome.NOT_REPORTED: "○",
    Outcome.NOT_ASSESSABLE: "？",
    Outcome.NOT_APPLICABLE: "—",
    Outcome.NOT_DUE: "→",
    Outcome.PENDING_REVIEW: "…",
}

REASONS: dict[Reason, str] = {
    Reason.TARGET_REACHED: "达到目标",
    Reason.SHORT_OF_TARGET: "低于目标",
    Reason.BEYOND_LIMIT: "超过上限",
    Reason.STRICT_BOUND: "恰为上限值，而目标要求低于该值",
    Reason.BEFORE_DEADLINE: "目标尚未到期，按进度计分",
    Reason.SILENT: "报告未披露",
    Reason.STATEMENT_ONLY: "只有表述，没有数据或明确结论",
    Reason.ADMITTED_WEAKNESS: "未披露数据，且报告自认存在不足",
    Reason.NO_DENOMINATOR: "只有件数，没有分母",
    Reason.NO_PREVIOUS: "没有上年数，无法比较",
    Reason.NO_BENCHMARK: "没有同类基准值",
    Reason.NO_TARGET: "没有适用的目标",
    Reason.NOT_EQUIVALENT: "所报数据口径不同，不能代替",
    Reason.CLAIM_UNCONFIRMED: "只有表述，复核确认前打折计分",
    Reason.LEVEL: "不适用于该层级",
    Reason.DECLARED: "单位申明不适用",
    Reason.AWAITING_EXPERT: "等待评审人评定",
    Reason.CHECKLIST: "逐项核对",
    Reason.TIER: "按佐证层级",
    Reason.DEDUCTED: "按件扣分",
    Reason.IMPROVED: "较上年改善",
    Reason.UNCHANGED: "与上年持平",
    Reason.WORSENED: "较上年变差",
    Reason.ON_TIME: "按时",
    Reason.LATE: "逾期",
    Reason.COUNTED: "按数量计分",
    Reason.EXPERT: "评审评定",
    Reason.COMPOSITE: "见各分项",
}

ACTIONS: dict[PolicyAction, str] = {
    PolicyAction.ZERO: "计零分",
    PolicyAction.RESCALE: "不计入总分",
    PolicyAction.FLOOR: "计保底分",
    PolicyAction.BLOCK: "不出总分",
    PolicyAction.PROGRESS: "按进度计分",
}

PROVENANCES: dict[Provenance, str] = {
    Provenance.OFFICIAL: "官方文件",
    Provenance.PUBLISHED: "公开资料",
    Provenance.RECALLED: "凭记忆、待核",
    Provenance.HOUSE: "本产品自拟",
}

LEVELS: dict[Level, str] = {
    Level.PROVINCE: "省级",
    Level.CITY: "市级",
    Level.COUNTY: "县级",
    Level.TOWNSHIP: "乡镇级",
    Level.DEPARTMENT: "部门",
}

MODES = {"binding": "约束性考核", "reference": "参照评估"}
MODE_REASONS = {
    "region": "《{plan}》不约束本地区",
    "level": "《{plan}》不约束本层级",
    "period": "报告年度不在《{plan}》的规划期内",
    "no_plan": "没有约束本单位的规划，只用参考基准",
}
FORCES = {Force.BINDING: "约束性", Force.ASPIRATIONAL: "力争性"}
DUE_BASES = {
    DueBasis.STATED: "条款写明",
    DueBasis.ASSUMED_PLAN_END: "条款未写年份，按规划期末推定",
    DueBasis.YEARLY: "每年",
    DueBasis.ONGOING: "持续有效",
}
STANDINGS = {
    "own": "本级规划",
    "superior": "上级规划",
    "benchmark": "参考基准",
    "reference": "参照",
}
ROUNDINGS = {"half_up": "四舍五入", "half_even": "四舍六入五成双"}


_OS_REASONS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EEXIST: "已有同名文件",
    errno.ENOENT: "路径不存在",
    errno.ENOTDIR: "路径中有一段不是目录",
    errno.EISDIR: "是目录，不是文件",
    errno.ENOSPC: "磁盘已满",
    errno.EROFS: "磁盘只读",
    errno.ENAMETOOLONG: "名称过长",
    errno.ELOOP: "链接循环",
}


def os_reason(error: OSError) -> str:
    """Say in Chinese why the system refused a file."""
    return _OS_REASONS.get(error.errno or 0, error.strerror or str(error))


SECTION_ROLES = {
    "results": "举措与成效",
    "shortcomings": "不足",
    "causes": "原因",
    "first_responsible": "第一责任人",
    "next_year": "下一年安排",
    "other": "其他",
}
DOCUMENT_KINDS = {"report": "年度报告", "plan": "规划或方案", "other": "其他文件"}
FIGURE_STATUSES = {
    "achieved": "已完成",
    "planned": "计划",
    "target": "目标",
    "previous_year": "往年",
    "change": "增减",
    "rank": "位次",
}
FIGURE_USES = {
    "scored": "已计分",
    "uncounted": "已采用，不计入总分",
    "linked": "已识别，未用于计分",
    "waiting": "待复核",
    "past": "往年、增减或位次",
    "plan": "计划或目标",
    "loose": "未对应填报项",
}
STATEMENT_USES = {
    "scored": "已计分",
    "uncounted": "已采用，不计入总分",
    "unused": "同项另有依据",
    "negative": "否定或自认不足",
    "planned": "计划",
}
POLARITIES = {"positive": "肯定", "negative": "否定", "planned": "计划"}
EVIDENCE_CLASSES = {
    "accepted": "自动采用",
    "review": "待复核",
    "previous": "上年数",
    "statement": "表述",
    "claim": "表述待证",
    "weakness": "自认不足",
}
COMPLIANCE = {"pass": "通过", "fail": "不通过", "doubtful": "存疑", "cannot_tell": "无法判定"}

FAULTS = {
    "unreadable": "文件读不出",
    "syntax": "YAML 语法错误",
    "duplicate-key": "同一字段写了两次",
    "alias": "不允许锚点和别名",
    "tag": "不允许类型标签",
    "key": "字段名应为文字",
    "too-deep": "嵌套过深",
    "schema": "文件种类或版本不认识",
    "field": "字段内容不合要求",
    "weight": "分值或权重应大于零",
    "missing-source": "缺少来源或条款",
    "duplicate-id": "编号重复",
    "unknown-reference": "引用了不存在的编号",
    "sum": "合计不符",
    "empty-group": "分组下没有指标",
    "cycle": "上下级关系有误",
    "wrong-side": "目标或规则方向相反",
    "unit-mismatch": "计量单位不相配",
    "date-order": "日期先后有误",
    "band-gap": "等次线有空当",
    "band-overlap": "等次线重叠",
    "policy": "处理方式不完整",
}
"""What each rule fault means; the detail behind it names fields and values as written."""


def mode_reason(code: str) -> str:
    """Say why an assessment is a reference only."""
    key, _, plan = code.partition(":")
    return MODE_REASONS[key].format(plan=plan)


_READ_AT = re.compile(r"第\d{1,5}[段页]")
"""A place in a report, not in a form."""
_FIELDS = {"value": "数值", "numerator": "分子", "denominator": "分母", "previous": "上年数"}


def place_words(place: str) -> str:
    """Return a place in words: names of fields in Chinese, cells and paragraphs as they are."""
    return _FIELDS.get(place, place)


_FOUND = {
    IssueCode.MODEL_REFUSED: "建议是",
    IssueCode.MODEL_INCOMPLETE: "情况是",
    IssueCode.REPORT_UNIDENTIFIED: "缺的是",
    IssueCode.REPORT_IS_PLAN: "标题是",
}


def particulars(issue: Issue, report: str = "") -> str:
    """Say what was found and what is allowed; in a report it was read, in a form filled in.

    Args:
        issue: the finding.
        report: file name of the published report, if there is one.
    """
    found = f"{_opening(issue, report)}{issue.found}" if issue.found else ""
    return found + (f"；要求 {issue.allowed}" if issue.allowed else "")


def _opening(issue: Issue, report: str) -> str:
    """Return the words before what was found."""
    if issue.code in _FOUND:
        return f"；{_FOUND[issue.code]} "
    if issue.code.startswith("report."):
        return "："
    is_read = bool(report) and issue.location.file == report
    if is_read or _READ_AT.match(issue.location.place):
        return "；读到的是 "
    return "；填的是 "


def issue_sentence(
    issue: Issue, label: str = "", language: Language = "zh", *, report: str = ""
) -> str:
    """Say where, what was found, what is allowed and what to do, in this order."""
    saying, place = ISSUES[issue.code], issue.location
    spot = place.place if language == "en" else place_words(place.place)
    where = "!".join(part for part in (place.file, spot) if part)
    if language == "en":
        grave, text, step = SEVERITIES[issue.severity][1], saying.en, saying.en_next
        found = f"; found {issue.found}" if issue.found else ""
        allowed = f"; allowed {issue.allowed}" if issue.allowed else ""
        name = f" {place.item}" if place.item else ""
        return f"[{grave}] {where}{name}: {text}{found}{allowed}; {step} ({issue.code})"
    grave, text, step = SEVERITIES[issue.severity][0], saying.zh, saying.zh_next
    named = label or place.label or place.item
    name = f"“{named}”" if named else ""
    said = particulars(issue, report)
    return f"【{grave}】{where} {name}{text}{said}。{step}。（{issue.code}）"
