"""Numbers inside names, titles, slogans and fixed phrases."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from assessor.reading.finding import finditer
from assessor.reading.numbers.numerals import HAN


class Wrap(StrEnum):
    """What encloses a piece of text."""

    TITLE = "title"
    QUOTE = "quote"


class Zone(NamedTuple):
    """A title or a quoted name; the signs included."""

    start: int
    end: int
    wrap: Wrap


_ZONES = re.compile(
    r"(?P<title>《[^《》\n]{1,120}》|〈[^〈〉\n]{1,80}〉|<[^<>\n\d]{1,10}[^<>\n]{1,70}>)"
    r"|(?P<quote>“[^“”\n]{1,30}”|‘[^‘’\n]{1,24}’|「[^「」\n]{1,24}」|『[^『』\n]{1,24}』"
    r'|"[^"“”\n,。;]{1,16}")'
)
_OPENING = re.compile('[《〈<“‘「『"]')
_PERCENT = re.compile(r"\d{1,3}(?:\.\d{1,4})?%")
_CHAIN = re.compile(r"[+·•・×*][A-Za-z0-9一二三四五六七八九十]{1,4}")
_SERVICE = re.compile(
    r"(?:政务|便民|市民|公共|法律|法治|消费|投诉|举报|报警|阳光|人民|民生|市场|环保|统一|司法|党建)?"
    r"[^,。;、\d]{0,8}(?:热线|平台|电话|专线|服务台|指挥中心|接处?警)"
)
_SERVICES = frozenset((
    "110", "119", "120", "122", "114", "12110", "12122", "12123", "12305", "12309", "12310",
    "12313", "12315", "12316", "12317", "12318", "12319", "12320", "12321", "12328", "12329",
    "12333", "12336", "12337", "12338", "12340", "12344", "12345", "12348", "12350", "12351",
    "12355", "12356", "12358", "12361", "12365", "12366", "12367", "12368", "12369", "12371",
    "12377", "12380", "12381", "12388", "12389", "12393",
))  # fmt: skip
"""Numbers of public lines."""
_NONE_OF = re.compile(
    r"(?:无|没有?|未(?:曾|有)?(?:发生|出现|产生|收到|引发|存在|发现|造成)?(?:过)?)(?:任何)?$"
)
_SET = re.compile(
    r"[一二三四五六七八九十两\d]{1,2}(?:个(?:维护|确立|意识|自信|代表|务必|毫不|结合|善于|一律|一批|一|凡是|严禁"
    r"|百年)"
    r"|项(?:制度(?!性)|监督|规定|纪律|原则|基本|权利|权力|职责|职能|承诺|必须)"
    r"|位一体|部曲|条(?:主线|底线|红线|战线|例|防线)|次(?:[元性级]|供水|污染|分配|产业|创业|利用|开发|审议|办|选择|生)"
    r"|件(?:套|事|小事|大事)|场(?:硬仗|攻坚)|人(?:行|大)|把手|支队(?!伍))"
)
_SET_HAN = re.compile(
    r"[一二三四五六七八九两]个(?:不|必须|规定|文明|面向|转变|先行|全面|统筹|聚焦|坚持|强化|更|新|最|到位|关键|闭环|统一|融合|优先"
    r"|为主|方面|层面|维度|角度|阶段|步骤|环节|层次|重点|清零|清单|责任|同步|走在前|一)"
)
_COUNTED_HAN = re.compile(
    r"(?:建成|新?建|设立|成立|打造|创建|获评|评选|评为|命名|培育|推荐|申报|入选|选树|新增|增设|增加|增至|减少|减至|共有?|计|有|达|为"
    r"|审议|研究|解决|通过|出台|制定|印发|修订|修改|废止|清理|办理|完成|提出|听取|梳理|取消|下放|承接|发布|公布|检查|督察|督查|评查"
    r"|组织|开展|化解|整改|发现|反馈|收到|采纳|覆盖|对|全[省市县区州镇乡街]|辖区?|辖|等|其中|[省市县区乡镇村]级|涉及|分别)(?:了|过|到)?$"
)
_BODY = re.compile(
    r"个(?:月|小时|设区|区县|县|区|市|州|盟|旗|镇|乡|街道|村|社区|部门|单位|科室|司法所|派出所|站所|工作日|百分点)"
)
_MADE = re.compile(
    r"(?:出台|制定|建立|印发|修订|完善|健全|废止|梳理|新增|新建|发布|共有?|等)(?:了|起|并实施)?$"
)
_MANY = re.compile(r"[6-9六七八九十]|\d{2}")
"""More 制度 than any slogan has: they are counted."""
_COUNTS_ONE = re.compile(
    r"(?:仅有?|只有?|共计?|总计|合计|累计|各|达|至少|最少|不少于|不低于|不下|超过|均为?|新增|新建|共有)$"
)
_LISTED = frozenset("件例宗")
_NOT_LISTED = frozenset("事件套小")
_CLOSING = frozenset(("", ",", "。", ";", ")", "\n"))
_HAPPENED = re.compile(
    r"(?:发生|查处|办理|受理|立案|侦破|通报|查办|审结|办结|移送|仅有?|共)(?:了|过)?$"
)
_HELD = re.compile(
    r"(?:召开|组织|开展|举办|举行|听取|参加|接受|学法|专题|集中|邀请|培训)[^,。;、:]{1,20}$"
)
_NO_ONE = frozenset("每某任这那同哪第逐另上下前后统唯专单万进再查跑办")
_EACH_OF = re.compile(r"每(?!一)[^一,。;、]{1,6}$")

_DENYING = frozenset("无没有未曾过何生现到发在成")
_GATHERING = ("会议", "全会", "全体")
_SESSION_BODY = re.compile(
    r"(?:人大|人民代表大会|政协|政治协商会议|党代会|党代表大会|职代会)$"
    r"|届[^,。;、\d]{0,10}(?:委|委员会|人大常委会|常务委员会|代表大会|政府|工会|妇联)$|届$"
)
_RANK_BEFORE = re.compile(
    r"(?:位列|位居|名列|居于?|列|排名?在?|(?:上|跃|提)升[至到]|跃居|获得?|取得|夺得|[全本][国省市县区州]|[省市县区])"
    r"[^,。;、\d]{0,8}\Z"
)
_RANK_BEHIND = re.compile(r"(?P<word>[位名](?![名单责录称]))|(?=[低高,。;、:)])|\Z")


def zones_of(text: str) -> list[Zone]:
    """Return titles and short quoted names in order; they never overlap."""
    found = finditer(_ZONES, _OPENING, text)
    return [Zone(*one.span(), Wrap(one.lastgroup or "")) for one in found]


def is_quoted_percent(text: str, zone: Zone) -> bool:
    """Return whether a quote holds a percentage and nothing else."""
    return bool(_PERCENT.fullmatch(text, zone.start + 1, zone.end - 1))


def chain_end(text: str, end: int) -> int:
    """Return the end of a name such as 10+N or 12·4 whose first number ends at `end`, else 0."""
    position = end
    for _ in range(4):
        found = _CHAIN.match(text, position)
        if found is None:
            break
        position = found.end()
    return position if position > end else 0


def is_service_number(number: str, text: str, end: int) -> bool:
    """Return whether a number is that of a public line: 12345热线."""
    return number in _SERVICES and _SERVICE.match(text, end) is not None


def is_set_phrase(text: str, start: int, before: str) -> bool:
    """Return whether number and measure word belong to a fixed phrase: 三项制度, 两个维护."""
    if _SET_HAN.match(text, start):
        return True
    found = _SET.match(text, start)
    if found is None:
        return False
    return not ("项制度" in found.group() and (_MANY.match(text, start) or _MADE.search(before)))


def few_count(before: str, text: str, end: int) -> bool:
    """Return whether 两 to 九 before 个, 项 or 条, whose unit ends at `end`, count.

    They do behind a verb of doing or a body, before a kind of body, and at the end of a clause.
    """
    if text[end : end + 1] in _CLOSING or text.startswith("、", end):
        return True
    if _BODY.match(text, end - 1):
        return True
    return _COUNTED_HAN.search(before) is not None


def one_counts(  # noqa: PLR0911 - one return per rule
    before: str, unit: str, behind: str
) -> bool:
    """Return whether 一 before a measure word counts; most often it only introduces a thing."""
    if _COUNTS_ONE.search(before):
        return True
    if is_denied(before):
        return False
    last = before[-1:]
    if unit == "起":
        return _HAPPENED.search(before) is not None
    if unit == "倍":
        return last in "长高加增"
    if last in _NO_ONE and last:
        return False
    if unit in _LISTED:
        return behind[:1] not in _NOT_LISTED
    if _EACH_OF.search(before):
        return True
    if unit in ("次", "期", "场", "轮", "批次", "场次", "期次"):
        ends = behind[:1] in _CLOSING
        return ends and _HELD.search(before) is not None
    return False


def rank_end(text: str, start: int, end: int) -> int:
    """Return the end of a rank whose number follows 第 and ends at `end`, else 0."""
    behind = _RANK_BEHIND.match(text, end)
    if behind is None or _RANK_BEFORE.search(text, max(0, start - 20), start - 1) is None:
        return 0
    return behind.end("word") if behind["word"] else end


def is_denied(before: str) -> bool:
    """Return whether the words before 一 or 1 say that there was not even one: 无一例败诉."""
    return before[-1:] in _DENYING and _NONE_OF.search(before) is not None


def is_session(before: str, behind: str) -> bool:
    """Return whether N次 between a body and 会议 is the number of a session."""
    return behind.startswith(_GATHERING) and _SESSION_BODY.search(before) is not None


def is_han(character: str) -> bool:
    """Return whether a character can stand in a Chinese numeral."""
    return bool(character) and character in HAN
