"""The compliance checks themselves, one small function each."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Literal, NamedTuple

from assessor.reading.sections import Roles, first_shortcoming
from schemas.base import Level
from schemas.reading import Figure, FigureStatus, Reading, SectionRole

Result = Literal["pass", "fail", "doubtful", "cannot_tell"]
_SHORT, _LONG, _FEW = 2000, 10000, 10
_GENERIC = re.compile(r"还?不够|有待|需(?:要)?进一步|不平衡|不充分|差距")
_CONCRETE = re.compile(r"\d|率|乡镇|街道|部门|领域|两高一低|[一-龥]{2,6}(?:局|镇|乡|街道)")
_ACTS = re.compile(r"主持|部署|听取|批示|研究|召开|带头|讲法|述法|督办|会议|学法|\d次")
_CHECKABLE = re.compile(r"\d|《|完成|建成|出台|制定|实现|达到|组织.{0,8}(?:次|场)")


class Regime(NamedTuple):
    """Reporting duties for one reporting year; days are MM-DD of the next year, exclusive."""

    year: int
    report_before: str
    publish_before: str
    basis: str

    def day(self, month_day: str) -> date:
        """Return the first day that is late."""
        month, day = month_day.split("-")
        return date(self.year + 1, int(month), int(day))


class Report(NamedTuple):
    """What the checks look at."""

    reading: Reading
    roles: Roles
    regime: Regime | None
    needs: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """Return the document's text."""
        return self.reading.document.text

    def of_role(self, role: SectionRole) -> list[tuple[int, int]]:
        """Return the spans of the blocks of a role."""
        return [
            (block.start, block.end)
            for block in self.reading.document.blocks
            if self.roles.of_block[block.index] is role
        ]

    def achieved(self) -> list[Figure]:
        """Return this year's figures."""
        return [f for f in self.reading.figures if f.status is FigureStatus.ACHIEVED]


class Found(NamedTuple):
    """What a check found."""

    result: Result
    reason: str
    span: tuple[int, int] | None = None


def _search(report: Report, pattern: str, start: int = 0) -> tuple[int, int] | None:
    match = re.compile(pattern).search(report.text, start)
    return None if match is None else match.span()


def _title(report: Report) -> Found:
    title = report.reading.document.title
    span = _place(report, title)
    if not title:
        return Found("cannot_tell", "没有找到标题")
    year = re.search(r"20\d\d|二[〇○零]", title)
    if re.search(r"法治政府建设", title) and year and re.search(r"报告|总结|情况", title):
        return Found("pass", "标题写明法治政府建设、年度和文种", span)
    return Found("fail", f"标题“{title[:40]}”缺少“法治政府建设”、年度或文种", span)


def _place(report: Report, words: str) -> tuple[int, int] | None:
    start = report.text.find(words) if words else -1
    return None if start < 0 else (start, start + len(words))


def _subject(report: Report) -> Found:
    document = report.reading.document
    span = _place(report, document.title)
    if not document.entity:
        return Found("cannot_tell", "认不出报告主体", span)
    alone = re.search(r"司法局", document.title) and document.level is Level.DEPARTMENT
    if alone and re.search(r"全[市县区]|[市县区]法治政府建设", document.title):
        return Found("doubtful", "以司法行政部门名义代表一级政府报告", span)
    return Found("pass", f"报告主体为{document.entity}", span)


def _year(report: Report) -> Found:
    document = report.reading.document
    if document.period is None:
        return Found("cannot_tell", "认不出报告年度")
    year = document.period.end.year
    if str(year) in document.title or "二" in document.title:
        return Found("pass", f"报告年度为{year}年", _place(report, document.title))
    return Found("doubtful", f"标题没有写年度，按内容推定为{year}年")


def _published(report: Report) -> Found:
    day = report.reading.document.publish_date
    if day is None or report.regime is None:
        return Found("cannot_tell", "文件中没有公开日期")
    limit = report.regime.day(report.regime.publish_before)
    if day < limit:
        return Found("pass", f"{day}公开，早于{limit}")
    return Found("fail", f"{day}公开，未在{limit}前公开")


def _reported(report: Report) -> Found:
    signed = report.reading.document.signed_date
    if signed is None or report.regime is None:
        return Found("cannot_tell", "没有落款日期，无法判断何时报告")
    limit = report.regime.day(report.regime.report_before)
    if signed < limit:
        return Found("pass", f"落款{signed}，早于{limit}（以落款代替报送日期）")
    return Found("doubtful", f"落款{signed}，不早于{limit}，请核对报送日期")


def _signature(report: Report) -> Found:
    if report.reading.document.signed_date is None:
        return Found("fail", "文末没有署名日期")
    return Found("pass", f"落款日期{report.reading.document.signed_date}")


_PART_WORDS = {
    SectionRole.SHORTCOMINGS: r"(?:存在|面临)[^。\n]{0,20}(?:问题|不足|短板|差距|薄弱|困难)"
    r"|(?:还|仍)有[^。\n]{0,10}(?:差距|不足)",
    SectionRole.CAUSES: r"原因(?:是|在于|有|：|:|主要)|主要在于|究其原因|原因分析",
    SectionRole.FIRST_RESPONSIBLE: r"第一责任人",
    SectionRole.NEXT_YEAR: r"下一?步|20\d\d年[^。\n]{0,12}将|今后|工作(?:打算|思路|计划|安排)",
}


def _part(role: SectionRole, name: str) -> Callable[[Report], Found]:
    def check(report: Report) -> Found:
        spans = [span for span in report.of_role(role) if span[1] - span[0] >= 15]
        if spans:
            start, end = spans[0]
            return Found("pass", f"有{name}部分", (start, min(end, start + 80)))
        words = _PART_WORDS.get(role)
        after = first_shortcoming(report.roles) if role is SectionRole.CAUSES else 0
        start = report.reading.document.blocks[after].start if after else 0
        found = _search(report, words, start) if words else None
        if found is not None:
            return Found("pass", f"文中提到{name}，没有单列", found)
        return Found("fail", f"没有写{name}")

    return check


def _concrete(report: Report) -> Found:
    spans = report.of_role(SectionRole.SHORTCOMINGS)
    text = "".join(report.text[a:b] for a, b in spans)
    if not text:
        found = _search(report, _PART_WORDS[SectionRole.SHORTCOMINGS])
        if found is None:
            return Found("fail", "没有写不足")
        end = report.text.find("\n", found[1])
        text, spans = report.text[found[0] : end], [(found[0], end)]
    span = (spans[0][0], min(spans[0][1], spans[0][0] + 80))
    figures = len(re.findall(r"\d", text))
    if figures:
        return Found("pass", "不足部分点到了具体数据", span)
    if _CONCRETE.search(text) and len(_GENERIC.findall(text)) <= 3:
        return Found("doubtful", "不足部分有所指，但没有数据", span)
    return Found("fail", "不足部分没有点名领域、单位或数据", span)


def _first_person(report: Report) -> Found:
    spans = report.of_role(SectionRole.FIRST_RESPONSIBLE)
    text = "".join(report.text[a:b] for a, b in spans)
    if text and _ACTS.search(text) and len(text) >= 80:
        return Found("pass", "专段写明履职情况", (spans[0][0], min(spans[0][1], spans[0][0] + 80)))
    found = _search(report, r"[^。\n]{0,40}第一责任人[^。\n]{0,60}")
    if found is None:
        return Found("fail", "没有写主要负责人履行第一责任人职责")
    return Found("doubtful", "提到第一责任人，但没有专段写具体行动", found)


def _checkable(report: Report) -> Found:
    spans = report.of_role(SectionRole.NEXT_YEAR)
    text = "".join(report.text[a:b] for a, b in spans)
    if not text:
        return Found("cannot_tell", "没有下一年度安排")
    span = (spans[0][0], min(spans[0][1], spans[0][0] + 80))
    if len(re.findall(r"\d", re.sub(r"20\d\d年", "", text))) >= 2:
        return Found("pass", "安排里有可检查的数量或时间", span)
    if _CHECKABLE.search(text):
        return Found("doubtful", "安排点到文件或任务，没有数量时间", span)
    return Found("fail", "安排没有可检查的内容", span)


def _mention(pattern: str, name: str) -> Callable[[Report], Found]:
    def check(report: Report) -> Found:
        found = _search(report, pattern)
        return (
            Found("pass", f"提到{name}", found) if found else Found("doubtful", f"没有提到{name}")
        )

    return check


_CORE = {
    "head-appearance-rate": r"出庭(?:应诉)?率",
    "loss-rate": r"败诉",
    "reconsideration": r"复议[^。\n]{0,30}\d|纠错率",
    "normative-document": r"规范性文件[^。\n]{0,40}\d",
    "certificate": r"持证率|持证[^。\n]{0,12}\d|执法证[^。\n]{0,16}\d",
    "decision-catalogue": r"决策[^。\n]{0,16}(?:目录|清单)",
    "study-session": r"学法[^。\n]{0,12}\d|\d[次期场][^。\n]{0,8}学法",
}


def _core(report: Report) -> Found:
    absent = [label for key, label in report.needs if _search(report, _CORE[key]) is None]
    total = len(report.needs)
    reason = f"{total}项核心数据披露{total - len(absent)}项"
    if not absent:
        return Found("pass", reason)
    missing = f"{reason}，缺：{'、'.join(absent)}"
    return Found("doubtful" if len(absent) <= total // 2 else "fail", missing)


def _rates(report: Report) -> Found:
    rates = [f for f in report.achieved() if f.unit == "%"]
    if not rates:
        return Found("cannot_tell", "没有比率数据")
    backed = [f for f in rates if f.group is not None]
    reason = f"{len(rates)}个比率中{len(backed)}个能与分子或分母对上"
    span = (rates[0].start, rates[0].end)
    if len(backed) == len(rates):
        return Found("pass", reason, span)
    return Found("doubtful" if backed else "fail", reason, span)


def _compared(report: Report) -> Found:
    changes = [f for f in report.reading.figures if f.status in _TREND]
    if changes:
        return Found("pass", f"{len(changes)}处有同比或上年数", (changes[0].start, changes[0].end))
    return Found("fail", "没有同比或上年数")


_TREND = (FigureStatus.CHANGE, FigureStatus.PREVIOUS_YEAR)


def _scoped(report: Report) -> Found:
    figures = report.achieved()
    if not figures:
        return Found("cannot_tell", "没有数据")
    scoped = [f for f in figures if f.scope]
    reason = f"{len(figures)}个数据中{len(scoped)}个写明范围"
    return Found("pass" if len(scoped) * 4 >= len(figures) else "doubtful", reason)


def _consistent(report: Report) -> Found:
    wrong = [
        i for i in report.reading.issues if i.code.value.startswith(("ratio.", "report.values"))
    ]
    if not wrong:
        return Found("pass", "没有发现前后矛盾的数据")
    return Found("doubtful", f"{len(wrong)}处数据对不上，见数据质量问题")


def _claims(report: Report) -> Found:
    claims = list(re.finditer(r"[^，,。;；\n]{0,24}全覆盖", report.text))
    if not claims:
        return Found("cannot_tell", "没有全覆盖表述")
    bare = [
        m
        for m in claims
        if not re.search(r"\d", report.text[max(m.start() - 40, 0) : m.end() + 40])
    ]
    reason = f"{len(claims)}处全覆盖表述，{len(claims) - len(bare)}处附近有数据"
    span = (bare or claims)[0].span()
    if not bare:
        return Found("pass", reason, span)
    return Found("doubtful" if len(bare) < len(claims) else "fail", reason, span)


def _human(report: Report) -> Found:
    del report
    return Found("cannot_tell", "须由人核查")


def _batch(report: Report) -> Found:
    del report
    return Found("cannot_tell", "须与往年报告和邻近单位报告比对（成批评估时检查）")


def _length(report: Report) -> Found:
    length, count = len(re.sub(r"\s", "", report.text)), len(report.reading.figures)
    reason = f"{length}字，{count}个数据"
    if length < _SHORT or length > _LONG or count < _FEW:
        return Found(
            "doubtful", f"{reason}，超出通常范围（{_SHORT}～{_LONG}字，数据不少于{_FEW}个）"
        )
    return Found("pass", reason)


_GROUPS = {
    "A": r"政务服务|放管服|营商环境|审批|职能",
    "B": r"规范性文件|立法|制度建设",
    "C": r"重大(?:行政)?决策|法律顾问|合法性审查",
    "D": r"行政执法|执法",
    "E": r"突发事件|应急",
    "F": r"复议|应诉|诉讼|调解|纠纷|信访",
    "G": r"监督|政务公开|信息公开|审计|建议|提案",
    "H": r"学法|培训|普法|法治意识|法治思维",
    "I": r"党的领导|组织领导|第一责任人|考核|督察",
}


def _coverage(report: Report) -> Found:
    absent = [code for code, words in _GROUPS.items() if _search(report, words) is None]
    if not absent:
        return Found("pass", "九个一级方面都写到")
    return Found("doubtful" if len(absent) <= 2 else "fail", f"没有写到：{'、'.join(absent)}")


def _findable(report: Report) -> Found:
    form = report.reading.document.format
    if form in ("html", "mht"):
        return Found("pass", "是网页文本")
    return Found("cannot_tell", "从文件看不出公开栏目和网址")


CHECKS: Mapping[str, Callable[[Report], Found]] = MappingProxyType(
    {
        "K01": _title,
        "K02": _subject,
        "K03": _year,
        "K04": _published,
        "K05": _reported,
        "K06": _signature,
        "K07": _part(SectionRole.RESULTS, "主要举措和成效"),
        "K08": _part(SectionRole.SHORTCOMINGS, "存在的不足"),
        "K09": _part(SectionRole.CAUSES, "不足的原因"),
        "K10": _concrete,
        "K11": _first_person,
        "K12": _part(SectionRole.NEXT_YEAR, "下一年度安排"),
        "K13": _checkable,
        "K14": _mention(
            r"人大(?:常委会)?[^。\n]{0,16}(?:报告|汇报)|向[^。\n]{0,10}人大", "向人大报告"
        ),
        "K15": _mention(r"常委会(?:会议)?|常务会议|党组会|党委会|党工委会", "党委或常务会议研究"),
        "K16": _core,
        "K17": _rates,
        "K18": _compared,
        "K19": _scoped,
        "K20": _consistent,
        "K21": _claims,
        "K22": _human,
        "K23": _batch,
        "K24": _length,
        "K25": _coverage,
        "K26": _findable,
    }
)
__all__ = ["CHECKS", "Found", "Regime", "Report"]
