"""Whose figure it is: the unit's own, a part's, a court's or that of a body beside or above it."""

from __future__ import annotations

import re
from functools import cache

from assessor.reading.context import Context, Owner
from assessor.reading.finding import finditer
from schemas.base import Level

_RANKS = {
    Level.PROVINCE: 4,
    Level.CITY: 3,
    Level.COUNTY: 2,
    Level.TOWNSHIP: 1,
}
_SUFFIX_RANKS = {"省": 4, "市": 3, "州": 3, "盟": 3, "县": 2, "区": 2, "旗": 2, "镇": 1, "乡": 1}
_HONOURS = "(?!第|首|唯一|前|率先|法治|先进|领先|示范|通报|推广|表彰|范围内首)"
_NATION = re.compile(r"全国(?:平均|范围|各地|各级|法院|共)|全国[^,。;]{0,12}率")
_WHOLE = re.compile(
    rf"(?:全|我|本)([省市州盟县区旗镇乡])(?![级直]){_HONOURS}|([省市县区])本级|省内"
)
"""全市, 我省, 市本级: the unit itself, or a body above or below it."""
_WHOLE_FIRST = re.compile("[全我本省市县区]")
_LEVEL_BODY = re.compile(
    r"(省|市|县|区|镇|乡)级(?=行政机关|部门|单位|政府|机关|行政执法|行政复议|法院|财政)"
)
_PLACE = re.compile(
    r"(?:^|[,;:。(、]|其中,?|邻近的?|邻县|而|但|以)"
    r"(?!推进|推动|组织|指导|督促|开展|建立|完善|实现|落实|加强|加大|深化|健全|打造|构建|覆盖|深入|强化|全面|积极"
    r"|持续|坚持|依托|通过|围绕|聚焦|结合|依法|联合|协调|协助|帮助|支持|要求|率先|累计|共有|现有|已有|目前|截至"
    r"|其他|相关|有关|基层|部分|个别|重点|所有|统筹|选取|确定|授予|评选|获评|入选|成为|位居|走访|分别|先后|其中"
    r"|涉及|覆盖|面向|针对|下放|赋予|授权|委托|邀请|选派|派驻|培育|创建|建成|新建|命名|推荐|申报|服务|包括|含|及|每)"
    r"(?P<name>(?:(?![全各我本该每某两个多辖地所社小园景校城县市区乡镇街村省州部在对为以与和由向从到将把被等的了]))[^\W\d_]{2,4}?)"
    r"(?P<kind>省|自治区|自治州|市|州|县|区|旗|镇|乡|街道)(?![级直委内外域间属辖长域政办级街镇乡县]|[人政]大|层面|范围)"
)
"""A place by its name as the subject of a clause."""
_SCOPES = re.compile(
    rf"全[市县区省州旗镇乡局系]统?{_HONOURS}|[市县区省州旗]本级"
    r"|(?:市|县|区|镇|省|国家|街道)级(?=行政机关|部门|单位|政府|机关|行政执法|行政复议|法院|财政)"
    r"|各级|各(?:镇|乡|街道|部门|县|区)|本(?:局|机关|单位|市|县|区|级)|我(?:局|市|县|区|镇|街道)"
    r"|法院|检察院|公安(?=机关|局|分局|部门|系统|领域)"
)
_SCOPE_FIRST = re.compile("[全市县区省州旗镇国街各本我法检公]")
_PAIRED = re.compile(
    r"((?:全[国省市州县区镇乡][、和与及,]){1,4}全[省市州县区镇乡])[^。;0-9]{0,40}分别(?:为|是|达到?)?(?P<told>[^。;]*)$"
)
_NUMBER = re.compile(r"\d[\d.,]*")
_KINDS = (
    r"公安|税务|市场监管|市场监督管理|市监|住建|住房和城乡建设|交通运输|交通|教育"
    r"|人社|人力资源和社会保障|自然资源|规划和自然资源|综合执法|综合行政执法|城管|城市管理|生态环境|环保|农业农村"
    r"|卫生健康|卫健|应急管理|应急|文旅|文化和旅游|民政|财政|水利|水务|商务|发改|审计|医保|林业|消防救援|科技|经信|工信"
)
_DEPARTMENT = re.compile(
    rf"(?:^|[,;:(、])(?:其中,?)?[^\W\d]{{0,4}}?(?:{_KINDS})"
    r"(?:行政)?(?:执法)?(?:局|委|厅|分局|大队|支队|部门|系统|机关|领域|条线)"
    r"|(?:^|[,;:(])(?:其中,?)?我[局委厅办院队]"
)
"""One department as the one that acts; those that act for the whole government are left out."""
_DEPARTMENT_WORD = re.compile(rf"{_KINDS}|我[局委厅办院队]")
"""What every such text holds."""
_COURT = re.compile(r"(?:^|[,;:(])[^\W\d]{0,8}?(?:人民)?(?:法院|检察院|检察机关|监察机关|纪委监委)")
_TOWARDS = re.compile(r"收到|接到|接收|向|与|同|和|由|经|被|回复|办理|配合|邀请|联合|落实|府院|据")
_OWN = re.compile(
    r"行政机关|政府|[我本全](?:省|市|县|区|州|旗|镇|乡|街道|局)|各级|各部门|各地|负责人|复议机构|复议机关"
)
"""A subject that takes over from the court named before."""
_OWN_APART = re.compile(
    r"[,;:][^,;:]{0,6}(?:政府|[我本全](?:省|市|县|区|州|旗|镇|乡|街道)|各级|各部门|各地|复议机构|复议机关)"
)
"""The same in a later clause, as a department's own people are spoken of in its clause."""
_ONE_PLACE = re.compile(r"其中,?[^\W\d]{2,4}(?:镇|乡|街道|县|区)(?![级直域内])")
_SOME = re.compile(
    r"(?:部分|个别|少数|一些|试点)(?:部门|单位|乡镇|镇街|街道|镇|地区|县区|村|机关)"
    r"|其中,?(?:各)?(?:乡镇|镇街|镇\(街道\)|街道|部门(?!联合)|[县区市镇]级(?!及以|以))"
)
_NEW_PEOPLE = re.compile(r"(?:新录用|新任|新招录|新进)[^,。;]{0,6}人员")
"""Their rate is not that of all."""


def is_foreign(context: Context, owner: Owner) -> bool:
    """Return whether a court or another government is spoken of."""
    if _may_be_court(context.sentence) and _acts(_COURT, _OWN, context):
        return True
    paired = _paired_scope(context)
    if paired:
        return _rank_of(paired[1:], owner) > _RANKS.get(owner.level or Level.DEPARTMENT, 9)
    before = context.before
    if owner.level is not None and _NATION.search(before):
        return True
    return _is_above(before, owner) or _is_neighbour(context, owner)


def _may_be_court(text: str) -> bool:
    return "院" in text or "察机关" in text or "纪委" in text


def is_part(context: Context, owner: Owner) -> bool:
    """Return whether only one department, place or choice of a government is spoken of."""
    before = context.before
    if _SOME.search(before) or (context.unit == "%" and _NEW_PEOPLE.search(before)):
        return True
    if owner.level is None or owner.level is Level.DEPARTMENT:
        return False
    if _ONE_PLACE.search(before):
        return True
    if _DEPARTMENT_WORD.search(context.sentence) and _acts(_DEPARTMENT, _OWN_APART, context):
        return True
    wholes = finditer(_WHOLE, _WHOLE_FIRST, before)
    return any(_is_below(one[1] or one[2], owner) for one in wholes) or any(
        _rank_of(one[1], owner) != _RANKS[owner.level] for one in _LEVEL_BODY.finditer(before)
    )


def scope_of(context: Context) -> str:
    """Return the words that say whose figure it is; empty where nothing says so."""
    paired = _paired_scope(context)
    if paired:
        return paired
    department = None
    may_be = _DEPARTMENT_WORD.search(context.before)
    for department in _DEPARTMENT.finditer(context.before) if may_be else ():  # noqa: B007
        pass
    if department is not None and not _TOWARDS.search(department.group()):
        return department.group().lstrip(",;:(、")
    for text in (context.before, _PAREN.sub("", context.sentence)):
        last = None
        for last in finditer(_SCOPES, _SCOPE_FIRST, text):  # noqa: B007 - the last match is wanted
            pass
        if last is not None:
            return last.group()
    return ""


_PAREN = re.compile(r"\([^()]{0,80}\)")


def _is_above(text: str, owner: Owner) -> bool:
    if owner.level is None:
        return False
    own = _RANKS.get(owner.level)
    for found in finditer(_WHOLE, _WHOLE_FIRST, text):
        rank = 4 if found.group() == "省内" else _rank_of(found[1] or found[2], owner)
        if own is None or rank > own:
            return True
    return False


def _is_below(suffix: str | None, owner: Owner) -> bool:
    own = _RANKS.get(owner.level) if owner.level else None
    return suffix is not None and own is not None and _rank_of(suffix, owner) < own


def _rank_of(suffix: str, owner: Owner) -> int:
    """Return the height of a body; the unit's own word stands for itself: 全市 of 义乌市."""
    own = _RANKS.get(owner.level) if owner.level else None
    if own is not None and suffix == _own_suffix(owner.name):
        return own
    return _SUFFIX_RANKS.get(suffix, 9)


@cache
def _own_suffix(name: str) -> str:
    """Return 市 of 义乌市人民政府: the last word for a place in a unit's name."""
    found = re.findall(r"[省市州盟县区旗镇乡](?!政府办|委办)", re.sub(r"人民政府.*$", "", name))
    return found[-1] if found else ""


def _is_neighbour(context: Context, owner: Owner) -> bool:
    """Return whether another place is named as the subject."""
    if not owner.name:
        return False
    last = None
    for last in _PLACE.finditer(context.before):  # noqa: B007 - the last match is wanted
        pass
    if last is None or _TOWARDS.search(last.group()):
        return False
    named = last["name"] + last["kind"]
    return named not in owner.name and last["name"] not in owner.name


def _acts(body: re.Pattern[str], taking_over: re.Pattern[str], context: Context) -> bool:
    """Return whether a body is the last subject of the sentence before the number."""
    last = None
    for last in body.finditer(context.sentence):  # noqa: B007 - the last match is wanted
        pass
    if last is None or _TOWARDS.search(last.group()):
        return False
    return not taking_over.search(context.sentence, last.end())


def _paired_scope(context: Context) -> str:
    """Return 全县 for the third number of 全省、全市、全县分别为."""
    if "分别" not in context.before:
        return ""
    found = _PAIRED.search(context.before)
    if found is None:
        return ""
    names: list[str] = re.findall(r"全[国省市州县区镇乡]", found[1])
    return names[min(len(_NUMBER.findall(found["told"])), len(names) - 1)]
