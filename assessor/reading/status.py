"""Is a figure a result, a promise, last year's, a change or a rank; whose is it, of which year."""

from __future__ import annotations

import re
from typing import NamedTuple

from schemas.base import Level
from schemas.reading import FigureStatus, SectionRole

CHANGE_VERBS = (
    "增长|增加|增多|增大|上升|上涨|攀升|跃升|提高|提升|扩大|翻番|下降|下滑|减少|降低|缩减|压减|压降|压缩|精简"
    "|回落|回升|缩短"
)
"""Verbs that say a quantity has changed."""
_CHANGE_BEFORE = re.compile(
    rf"(?:{CHANGE_VERBS}|前移|后移|进位"
    r"|[高低]于|增|降|多|少|[比较][^,。;]{1,12}[高低])(?:了|出|约|近|超|达|幅度?为|率为?|逾|超过)?"
    r"(?:上年|去年|上一年)?(?:同期)?$"
    r"|(?:增幅|降幅|涨幅|(?:增长|上升|提升|提高|下降|降低|减少)幅度)(?:分别)?(?:为|是|达到?|约|近|超过?)*$"
)
TIMES_LAST_YEAR = re.compile(r"(?:上年|去年|上一年度?|20\d\d年)(?:同期|全年)?的(?:约|近)?$")
"""达到上一年的4.4倍."""
_SIZE = re.compile(r"(?:增幅|降幅|涨幅|幅度)(?:分别)?(?:为|是|达到?|约|近|超过?)*$")
"""The word that says a size is told, not a level."""
_LIST_BEFORE = re.compile(r"(?:[0-9][0-9.,]*(?:%|个百分点|倍)?(?:、|和|与|及|以及|,))+$")
"""The numbers of a list before its later ones: 分别增长12.5%、."""
_LEVEL_BEFORE = re.compile(r"(?:到|至|为|达到|达)(?:了|约|近|超)?$")
COMPARED = re.compile(
    r"同比|环比|(?:较|比|与|[高低]于)(?:20\d\d年|上年|去年|上一?年度?|前一年|同期|往年)"
)
_COMPARED_WITH = re.compile(
    r"(?:较|比|与|同|[高低]于)(?:20\d\d年|上年|去年|上一年度?)(?:同期)?的[^,。;0-9]{0,8}$"
)
"""The number is what this year's is held against: 与2023年的5162人次基本持平."""
_PREVIOUS = re.compile(
    r"(?:上年度?|去年|上一年度?|前一年)(?:同期|全年)?(?:的|为|是|共|仅)?[^,，。;；0-9]{0,6}$"
)
_FROM_TO = re.compile(
    r"^[^,，。;；0-9]{0,6}(?:减少?|降低?|下降|增加?|增长|提高|提升|上升|压缩|压减|缩短|缩减|精简|扩大"
    r"|扩展|拓展)(?:到|至|为)"
)
_FROM = re.compile(r"(?:由|从)(?:原来的?|原先的?|上年的?|去年的?|20\d\d年的?)?[^,，。;；0-9]{0,8}$")
_PLANNED = re.compile(
    r"下一?步|(?<!转)(?<!转入)(?<!转至)(?<!转到)(?<!留待)(?<!留至)下一?年度?(?!办理|继续)|明年|来年|今后|打算|预计|(?<![草模虚对])拟(?=[于在新建开组举安召实取下制推对将改扩增引投完聘])"
    r"|(?<![度法查作较比按照原])计划(?=[于在到用通新制建完开组安举召实出修培审取下选])"
    r"|^计划(?![数任表书要目中经已的性单安内外总管])"
    r"|(?:我(?:市|县|区|局|镇|街道|省|州|旗|乡|院|委|办|厅|站|中心|大队|支队)|年)将"
    r"|年要|要(?:确保|力争|继续|进一步)|将(?:要|会)?(?:新建|新增|组织|开展|建成|建设|完成|启动|举办|安排|推动"
    r"|推进|打造|实现|出台|修订|制定|编制|聘请|培养|力争|继续|进一步|深入|加大|加快|加强|强化|持续|全面|坚持"
    r"|着力|围绕|按照|争取|达到|保持)"
)
_TARGET = re.compile(
    r"力争|争取|目标(?:任务|值)?(?:为|是|要求|达到)|年度目标|(?:要求|须|应当|必须|应(?=[在于不达按]))[^,，。;；]{0,12}"
    r"(?:达到?|不少于|不低于|不得)|(?:至少|不少于|不低于)[^,，。;；0-9]{0,4}$|不(?:得)?(?:高于|超过|多于)$"
    r"|(?:确保|保证)[^,，。;；0-9]{0,24}(?:达到?|实现|为|在|不低于)$|原则上|每年(?:不少于|至少)|任务数"
)
_AHEAD = re.compile(
    r"下一?步|明年|来年|今后|打算|年将|年要|年计划|年拟|拟(?=[取下新])"
    r"|(?<![度法查作较比按照原])计划(?=[新制建完开组安举召提培评清取下选])"
)
"""Words early in a sentence that make all of it a plan."""
_UNDER_WAY = re.compile(r"正在?(?:按程序|按规定|有序|加快)?(?:推进|制定|起草|办理|履行|编制)")
_STRIVE = re.compile(r"力争|争取")
_ENSURED = re.compile(r"确保|保证|努力")
_YEARS = re.compile(r"(20[0-3]\d)年")
_NOT_OWN_YEAR = re.compile(
    r"《[^》]*》|\([^()]*\)|20[0-3]\d年度(?=[^,，。]{0,16}(?:目录|计划|清单|要点|报告))"
    r"|(?:较|比|与|[高低]于)20[0-3]\d年"
)
"""Years that name a document or are compared with."""
_SINCE = re.compile(r"(?:自?20[0-3]\d年[^,，。;；]{0,10}以来|五年来|三年来|近年来|历年|累计)")
_SPAN = re.compile(r"20[0-3]\d(?:年(?:\d{1,2}月)?)?(?:至|到|[-—~])20[0-3]\d年?")
_NATION = r"全国(?:平均|范围|各地|各级|法院|共)"
_HIGHER = (
    (Level.PROVINCE, re.compile(_NATION)),
    (Level.CITY, re.compile(_NATION + r"|全省(?!第|首|唯一|前|率先)|省(?:内|本级)")),
    (
        Level.COUNTY,
        re.compile(_NATION + r"|全[省市州](?!第|首|唯一|前|率先|法治|先进)|市本级|省本级"),
    ),
    (
        Level.TOWNSHIP,
        re.compile(_NATION + r"|全[省市县区](?!第|首|唯一|前|率先|法治|先进)|[市县区]本级"),
    ),
)
"""Words that speak of a body above the unit; ranks and honours among peers do not."""
_SCOPES = re.compile(
    r"全[市县区省州旗镇乡局系]统?|[市县区省州旗]本级|市级|县级|区级|镇级|省级|国家级|街道级|各级|各(?:镇|乡|街道|部门|县|区)"
    r"|本(?:局|机关|单位|市|县|区|级)|我(?:局|市|县|区|镇|街道)|法院|检察院|公安"
)
_DEPARTMENT = re.compile(
    r"(?:^|[,;:(])(?:其中,?)?[^\W\d]{0,4}?(?:公安|税务|市场监管|市场监督管理|市监|住建|住房和城乡建设|交通运输|交通|教育"
    r"|人社|人力资源和社会保障|自然资源|规划和自然资源|综合执法|综合行政执法|城管|城市管理|生态环境|环保|农业农村"
    r"|卫生健康|卫健|应急管理|应急|文旅|文化和旅游|民政|财政|水利|水务|商务|发改|审计|医保|林业|消防救援|科技|经信|工信)"
    r"(?:局|委|厅|分局|大队|支队|部门|系统)"
)
"""One department as the one that acts; those that act for the whole government are left out."""
_COURT = re.compile(r"(?:^|[,;:(])[^\W\d]{0,8}?(?:人民)?(?:法院|检察院|检察机关|监察机关|纪委监委)")
_TOWARDS = re.compile(r"收到|接到|接收|向|与|同|和|由|经|被|回复|办理|配合|邀请|联合|落实|府院|据")
_OWN = re.compile(
    r"行政机关|政府|[我本全](?:省|市|县|区|州|旗|镇|乡|街道|局)|各级|各部门|各地|负责人|复议机构|复议机关"
)
"""A subject that takes over from the court or department named before."""
_ONE_PLACE = re.compile(r"其中,?[^\W\d]{2,4}(?:镇|乡|街道|县|区)(?![级直域内])")
_EACH = re.compile(r"分别(?![为是达])[^,、;。0-9]{2,12}$")
"""两家单位分别聘请法律顾问8名: so many each, unless a list of numbers follows."""


class Standing(NamedTuple):
    """What a figure may be used for."""

    status: FigureStatus
    year: int | None
    scope: str
    is_cumulative: bool
    flags: tuple[str, ...]
    """Why a person should look: `other_year`, `other_body`, `span`, `ensured`, `part`."""


class Context(NamedTuple):
    """Where a number stands; all texts are normalised and end or begin at the number."""

    before: str
    """Its clause up to the number, closed parentheses left out."""
    sentence: str
    """Its sentence up to the number."""
    after: str
    """Its clause behind number and unit."""
    unit: str
    role: SectionRole
    is_plan: bool
    """The whole document is a plan."""
    in_parenthesis: bool
    hedge: str = ""
    """Words directly before the number that bound it: 不少于, 至少."""
    is_rank: bool = False
    names_change: bool = False
    """The quantity itself is a change (审批提速率), so its size is a level."""


def standing(  # noqa: C901 - one doubt after the other
    context: Context, year: int | None, level: Level | None
) -> Standing:
    """Return the status of a figure from its words; the document's kind and section go first."""
    flags: list[str] = []
    own_year = _year_of(context)
    status = _status(context)
    if status is FigureStatus.ACHIEVED and own_year is not None and year is not None:
        if own_year < year:
            status = FigureStatus.PREVIOUS_YEAR
            if own_year != year - 1:
                flags.append("other_year")
        elif own_year > year:
            flags.append("other_year")
    if _SPAN.search(context.sentence):
        flags.append("span")
    if _ENSURED.search(context.before) and status is FigureStatus.ACHIEVED:
        flags.append("ensured")
    if _is_foreign(context, level):
        flags.append("other_body")
    if _EACH.search(context.before) and not context.after.startswith(("、", "和", ",")):
        flags.append("each")
    inside = context.in_parenthesis and re.match(r"含|其中|包括|内含", context.before)
    if inside or _is_part(context, level):
        flags.append("part")
    if context.role in (SectionRole.SHORTCOMINGS, SectionRole.CAUSES):
        flags.append("shortcoming")
    cumulative = bool(_SINCE.search(context.before))
    return Standing(status, own_year or year, _scope(context), cumulative, tuple(flags))


def _status(context: Context) -> FigureStatus:
    if context.is_plan:
        return FigureStatus.TARGET
    if context.role is SectionRole.NEXT_YEAR:
        return FigureStatus.PLANNED
    if context.is_rank:
        return FigureStatus.RANK
    if not context.names_change and _is_change(context):
        return FigureStatus.CHANGE
    if _is_previous(context):
        return FigureStatus.PREVIOUS_YEAR
    return _promised(context)


def _is_previous(context: Context) -> bool:
    before = context.before
    carried = "结转" in before or "遗留" in before
    if _COMPARED_WITH.search(before):
        return True
    if _PREVIOUS.search(before) and not carried and not COMPARED.search(before[-10:]):
        return True
    return bool(_FROM.search(before) and _FROM_TO.match(context.after))


def _promised(context: Context) -> FigureStatus:
    """Return whether words make a figure a target or a plan; without any it is a result."""
    before = context.before
    if _STRIVE.search(before):
        return FigureStatus.TARGET
    if _PLANNED.search(before) or _AHEAD.search(context.sentence[-90:]):
        return FigureStatus.PLANNED
    if _UNDER_WAY.match(context.after):
        return FigureStatus.PLANNED
    if _TARGET.search(before + context.hedge) or _STRIVE.search(context.sentence[-40:]):
        return FigureStatus.TARGET
    return FigureStatus.ACHIEVED


def _is_change(context: Context) -> bool:
    before, unit = _LIST_BEFORE.sub("", context.before), context.unit
    if unit == "个百分点" or (unit == "倍" and TIMES_LAST_YEAR.search(before)):
        return True
    if not _CHANGE_BEFORE.search(before) or _LEVEL_BEFORE.search(_SIZE.sub("", before)):
        return False
    compared = COMPARED.search(before) or COMPARED.search(context.sentence[-60:])
    return unit in ("%", "倍", "‰") or bool(compared)


def _year_of(context: Context) -> int | None:
    """Return the last year named before the figure in its clause, else in its sentence."""
    for text in (context.before, context.sentence):
        found = _YEARS.findall(_NOT_OWN_YEAR.sub("", text)) if "20" in text else ()
        if found:
            return int(found[-1])
    return None


def _is_foreign(context: Context, level: Level | None) -> bool:
    """Return whether a court or a body above the unit is spoken of."""
    if _acts(_COURT, context):
        return True
    for own, pattern in _HIGHER:
        if level is own:
            return bool(pattern.search(context.before))
    return False


def _is_part(context: Context, level: Level | None) -> bool:
    """Return whether only one department or one place of a government is spoken of."""
    if level is None or level is Level.DEPARTMENT:
        return False
    return _acts(_DEPARTMENT, context) or bool(_ONE_PLACE.search(context.before))


def _acts(body: re.Pattern[str], context: Context) -> bool:
    """Return whether a body is the last subject of the sentence before the number."""
    last = None
    for last in body.finditer(context.sentence):  # noqa: B007 - the last match is wanted
        pass
    if last is None or _TOWARDS.search(last.group()):
        return False
    return not _OWN.search(context.sentence, last.end())


def _scope(context: Context) -> str:
    for text in (context.before, context.sentence):
        found = _SCOPES.findall(text)
        if found:
            return str(found[-1])
    return ""
