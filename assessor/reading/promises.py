"""Is a figure reached, or only planned, asked for or wished: told from the words around it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assessor.reading.context import Context
from schemas.reading import FigureStatus


def _each_with(beginnings: Iterable[str], rest: str) -> str:
    """Return a way for each beginning, an open alternative behind the last.

    Branches inside a group would hide from `re` what a match can begin with.
    """
    return "".join(f"{one}{rest}|" for one in beginnings)


_PLANNED = re.compile(  # every way begins with a plain character: what cannot begin one is skipped
    r"下一?步|下(?<!转下)(?<!转入下)(?<!转至下)(?<!转到下)(?<!留待下)(?<!留至下)一?年度?(?!办理|继续)"
    r"|明年|来年|今后|打算|预计"
    r"|拟(?<![草模虚对]拟)(?=[于在新建开组举安召实取下制推对将改扩增引投完聘审核查办])"
    r"|计划(?<![度法查作较比按照原]计划)(?=[于在到用通新制建完开组安举召实出修培审取下选全年])"
    r"|计划(?<=^计划)(?![数任表书要目中经已的性单安内外总管])|原计划(?![的中内外])|年初计划(?![的中内外])"
    r"|有望|可望|或将|将达"
    r"|我(?:市|县|区|局|镇|街道|省|州|旗|乡|院|委|办|厅|站|中心|大队|支队)将|年将"
    r"|年要|要(?:确保|力争|继续|进一步)|将(?:要|会)?(?:新建|新增|组织|开展|建成|建设|完成|启动|举办|安排|推动"
    r"|推进|打造|实现|出台|修订|制定|编制|聘请|培养|力争|继续|进一步|深入|加大|加快|加强|强化|持续|全面|坚持"
    r"|着力|围绕|按照|争取|达到|保持|提升[至到]|提高[至到])"
)
_TARGET = re.compile(
    r"力争|争取|目标(?:任务|值)?(?:为|是|要求|达到|[::]|$)|年度目标|"
    + _each_with(
        ("要求", "须", "应当", "必须", "应(?=[在于不达按])"),
        r"[^,，。;；]{0,12}(?:达到?|不少于|不低于|不得)",
    )
    + _each_with(("至少", "不少于", "不低于"), r"[^,，。;；0-9]{0,4}$")
    + r"不(?:得)?(?:高于|超过|多于)$|不得(?:低于|少于)$|"
    + _each_with(("确保", "保证"), r"[^,，。;；0-9]{0,24}(?:达到?|实现|为|在|不低于)$")
    + r"原则上|每年(?:不少于|至少)|任务数"
    r"|要(?<![主需重必只首还想]要)(?:达到?|实现|保持在|控制在|完成|提升[至到]|提高[至到])[^,，。;；]{0,12}$|"
    + _each_with(
        ("任务", "考核", "指标", "省定", "市定", "规定", "约束性"),
        "指标(?:任务|要求|值)?(?:为|是|要求)",
    )
    + r"年初(?:明确|确定|提出|下达|部署)(?!的)|是否(?:达到?|实现|完成)"
)
_AHEAD = re.compile(
    r"下一?步|明年|来年|今后|打算|年将|年要|年计划|年拟|拟(?=[取下新])"
    r"|计划(?<![度法查作较比按照原]计划)(?=[新制建完开组安举召提培评清取下选])"
)
"""Words early in a sentence that make all of it a plan."""
_UNDER_WAY = re.compile(r"正在?(?:按程序|按规定|有序|加快)?(?:推进|制定|起草|办理|履行|编制)")
_STRIVE = re.compile(r"力争|争取")
_GOAL_NAMED = re.compile(r"目标(?:任务)?(?:为|是)?:")
"""In the sentence: what follows are goals."""
_UNMET = re.compile(
    r"(?:尚未|没有|没能|未能|还未|仍未|并未|未|不能|难以)(?:完全|全面|全部|真正|能){0,2}(?:达到?(?!标(?!准))|实现|满足)"
    r"[^,，。;；0-9]{0,10}$"
)
_IF = re.compile(r"(?:^|[,;:。])(?:若(?!干)|如果|假如|倘若|一旦)|到“?十[三四五六]五”?末")
_GAP = re.compile(r"^[^,，。;；]{0,10}(?:还有|尚有|仍有|存在)(?:较大|一定|不小)?(?:差距|距离)")
_GOAL_BEHIND = re.compile(
    r"^(?:以上|以下)?的[^,，。;；0-9]{0,6}?(?:目标|要求|标准|指标|底线)|^(?:以上|以下)?(?:目标|指标)"
)
_AS_GOAL = re.compile(
    r"^(?:以上|以下)?(?:为(?:目标|底线|标准)|[^,，。;；0-9]{0,6}(?:纳入|列入|列为|作为)"
    r"[^,，。;；]{0,10}(?:考核|要求|指标|目标|重点|任务|标准|底线))"
)
_SET = re.compile(
    r"按照|按|围绕|以|对照|提出|朝着|锚定|瞄准|明确|确定|设定|下达|规定|制定|为(?:实现|达到)|年初"
)
_REACHED = re.compile(r"(?<!为)(?:实现|完成|达成|兑现)|超额|圆满|如期|提前")
_RULE_BEHIND = re.compile(
    r"^(?:以上|以下|及以上)?的(?:$|单位|部门|地区|地方|乡镇|镇街|街道|予以|一律|给予|不予|可得|计|扣|加|方可|进行)"
)
"""达到98%的, 予以表扬: a rule, no result."""
_RULE_BEFORE = re.compile(r"(?:低于|高于|达到?|超过|不足|少于|不到|不达)(?:约|近)?$")
_SAID = re.compile(
    r"(?:明确|(?<![按依照据合])规定|提出|(?<![按依照据合])要求|下达|设定|约定|部署)"
    r"[^,，。;；0-9]{0,30}(?:达到?|实现|不低于|控制在|保持在|[须应为])$"
)
"""Before a rate in its clause: somebody asked for it."""
_HOPED = re.compile(
    r"(?:确保|保证|努力|推动|推进|促进|促使|督促|力促|引导|务必|倒逼)"
    r"|将[^,，。;；]{2,24}(?:提升|提高)(?:至|到)$|(?:年底前|年内|到年底|到20\d\d年(?:底|末)?)(?!共|已|累计)"
)
_ENSURED = re.compile(r"确保|保证|努力")
_ASKED_EARLIER = re.compile(
    r"(?:印发[^。;]{0,30}|(?:方案|通知|意见|办法|文件|纲要|规划|细则|制度|要点)[》”]?[^。;]{0,12})"
    r"(?:明确|规定|提出|要求)"
)
_BY_RULE = re.compile(
    r"(?:按照?|根据|对照)[^,，。;；]{1,14}(?:标准|规定|要求|目标|指标),[^,，。;；]{0,24}(?:控制|保持)在$"
)


def promised(context: Context) -> FigureStatus:
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
    if _is_rule(context) or _is_goal(context):
        return FigureStatus.TARGET
    return FigureStatus.ACHIEVED


def _is_goal(context: Context) -> bool:
    """Return whether the number is what was aimed at: 提出100%的目标, 没有达到100%."""
    before, after, is_rate = context.before, context.after, context.unit in ("%", "‰")
    if _UNMET.search(before):
        return True
    if _IF.search(context.sentence[-60:]):
        return True
    if _GAP.match(after) or (_GOAL_NAMED.search(context.sentence[-60:]) and is_rate):
        return True
    if _AS_GOAL.match(after) and is_rate:
        return True
    if _GOAL_BEHIND.match(after) and is_rate:
        return bool(_SET.search(before)) or not _REACHED.search(before)
    return is_rate and bool(_SAID.search(before))


def _is_rule(context: Context) -> bool:
    return bool(
        _RULE_BEHIND.match(context.after) and _RULE_BEFORE.search(context.before + context.hedge)
    )


def is_hoped(context: Context) -> bool:
    """Return whether a result is told in the words of a wish: 推动合格率达到100%."""
    if _ENSURED.search(context.before):
        return True
    if context.unit not in ("%", "‰"):
        return False
    earlier = context.sentence[: len(context.sentence) - len(context.before)]
    return bool(
        _HOPED.search(context.before)
        or _ASKED_EARLIER.search(earlier)
        or _BY_RULE.search(context.sentence[-60:])
    )
