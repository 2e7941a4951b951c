"""Lists: what to mend, which rules applied, what the data are worth, who is late."""

from __future__ import annotations

from assessor import formats, messages
from assessor.city.workbook.colours import AHEAD, ASKED, BAD, DOUBTFUL, draw_bars, mark_words
from assessor.city.workbook.sheet import (
    A3,
    Book,
    Column,
    Fragment,
    Styles,
    blank,
    day,
    number,
    text,
)
from assessor.city.workbook.standing import entity_order
from assessor.city.workbook.words import LATE, QUESTIONS, STATUSES, WAITING, WHOLE_RUN
from assessor.view import tables
from schemas.issue import Severity
from schemas.manifest import Manifest
from schemas.result import Assessment, IndicatorScore, PartScore, TargetInForce

GAP_COLUMNS = (
    Column("序号", 6),
    Column("指标", 22),
    Column("发现的问题", 34),
    Column("依据条款", 28),
    Column("可增分", 9),
    Column("整改建议", 52),
    Column("责任单位", 20),
    Column("期限", 11),
    Column("复核", 11),
)
_NAMED = 3


class Gaps:
    """整改清单 of all entities."""

    def __init__(self, book: Book, manifest: Manifest) -> None:
        """Open the sheet."""
        self._styles = book.styles
        self.sheet = book.sheet("整改清单", (Column("单位", 18), *GAP_COLUMNS))
        self.sheet.open(
            f"{manifest.title}整改清单",
            "可增分为该项单独整改到位后总分的增加值；“期限”“复核”两栏由督办单位填写。"
            "依据栏的编号见“规则与目标”。",
        )
        self.sheet.head(freeze=3)

    def add(self, result: Assessment) -> None:
        """Append an entity's gaps, most points to gain first."""
        for cells in gap_cells(result, self._styles):
            self.sheet.add([text(result.entity.name, self._styles.strong), *cells])

    def finish(self) -> None:
        """Draw bars of what can be gained."""
        if self.sheet.rows > self.sheet.head_row:
            draw_bars(self.sheet, self.sheet.column("F"), "E3B5AF")


def gap_cells(result: Assessment, styles: Styles) -> list[list[Fragment]]:
    """Return the rows of an entity's 整改清单: the texts of the report's table."""
    by_code = {one.code: one for one in result.indicators}
    return [
        [
            number(int(gap.number), styles.whole),
            text(f"{gap.code} {gap.label}", styles.text),
            text(gap.finding, styles.text),
            text(gap.basis, styles.text),
            number(by_code[gap.code].points_to_gain, styles.points),
            text(gap.remedy, styles.text),
            text(gap.owner, styles.text),
            blank(styles.text),
            blank(styles.text),
        ]
        for gap in tables.gaps(result)
    ]


class RulesAndTargets:
    """规则与目标: every rule once, and every target it was held against."""

    def __init__(self, book: Book, manifest: Manifest) -> None:
        """Open the sheet."""
        self._styles, self._manifest = book.styles, manifest
        self._found: dict[tuple[str, str, str, str], tuple[IndicatorScore, PartScore, list[str]]]
        self._found = {}
        columns = (
            Column("编号", 8),
            Column("指标", 24),
            Column("分项", 18),
            Column("分值", 8),
            Column("计分规则", 46),
            Column("目标", 16),
            Column("目标编号", 11),
            Column("条款", 18),
            Column("规划或基准", 30),
            Column("文件", 34),
            Column("来源", 12),
            Column("效力", 14),
            Column("到期", 20),
            Column("适用单位", 24),
        )
        self.sheet = book.sheet("规则与目标", columns)
        self.sheet.frame.page_setup.paperSize = A3
        self.sheet.open(
            f"{manifest.title}规则与目标",
            "分值为再分配之前的分值。同一指标对不同单位适用不同目标的，各列一行。",
        )
        self.sheet.head(freeze=2)

    def add(self, result: Assessment) -> None:
        """Note which targets an entity was held against."""
        for one in result.indicators:
            for part in one.parts:
                target = part.target
                identity = ("", "", "") if target is None else _identity(target)
                entry = self._found.setdefault((part.code, *identity), (one, part, []))
                entry[2].append(result.entity.name)

    def finish(self) -> None:
        """Write the rows in order of the indicators."""
        styles, scored = self._styles, len(entity_order(self._manifest))
        places = {code: place for place, (code, _, _) in enumerate(self._manifest.indicators)}
        order = sorted(
            self._found.values(),
            key=lambda found: (
                places.get(found[0].code, len(places)),
                found[0].parts.index(found[1]),
            ),
        )
        for one, part, names in order:
            label = "" if len(one.parts) == 1 else part.label
            self.sheet.add(
                [
                    text(part.code, styles.text),
                    text(one.label, styles.text),
                    text(label, styles.text),
                    number(part.nominal_points, styles.points),
                    text(part.rule, styles.text),
                    *(text(words, styles.text) for words in _target_words(part.target)),
                    text("" if self._manifest.is_anonymous else _who(names, scored), styles.text),
                ]
            )


def _identity(target: TargetInForce) -> tuple[str, str, str]:
    return (target.plan, target.id, f"{target.words}|{target.standing}")


def _target_words(target: TargetInForce | None) -> tuple[str, ...]:
    if target is None:
        return ("",) * 8
    force = messages.STANDINGS[target.standing]
    if target.standing != "benchmark":
        force += f"，{messages.FORCES[target.force]}"
    due = messages.DUE_BASES[target.due_basis]
    if target.due is not None:
        due = f"{target.due.isoformat()}（{due}）"
    return (
        target.words,
        target.id,
        target.clause,
        target.plan_label,
        target.source_title,
        messages.PROVENANCES[target.provenance],
        force,
        due,
    )


def _who(names: list[str], scored: int) -> str:
    if len(names) == scored:
        return "全部"
    return "、".join(names[:_NAMED]) + ("等" if len(names) > _NAMED else "")


def write_quality(book: Book, manifest: Manifest) -> None:
    """Write how much stands behind each total."""
    styles = book.styles
    columns = (
        Column("单位", 22),
        Column("性质", 12),
        Column("指标披露率", 12),
        Column("核心指标披露率", 12),
        Column("有据分值占比", 12),
        Column("数据问题", 9),
        Column("待复核", 9),
        Column("得分下限", 11),
        Column("得分上限", 11),
        Column("总分", 11),
        Column("等次是否确定", 12),
    )
    sheet = book.sheet("数据质量", columns)
    sheet.open(
        f"{manifest.title}数据质量",
        "下限、上限为未披露内容全按零分、全按满分时的总分；两者等次不同的，等次不确定。",
    )
    sheet.head(freeze=1)
    by_name = {one.entity: one for one in manifest.entities}
    for name in entity_order(manifest):
        one = by_name[name]
        rates = (one.disclosure_rate, one.core_disclosure_rate, one.evidenced_share)
        sheet.add(
            [
                text(one.entity, styles.strong),
                text("" if one.mode is None else messages.MODES[one.mode], styles.short),
                *(number(rate, styles.percent) for rate in rates),
                number(one.n_issues, styles.whole),
                number(one.n_waiting, styles.whole),
                number(one.low_points, styles.points),
                number(one.high_points, styles.points),
                number(one.total_points, styles.points),
                text("确定" if one.is_certain else "不确定", styles.short),
            ]
        )
    if sheet.rows > sheet.head_row:
        for letter in "CDE":
            draw_bars(sheet, sheet.column(letter), "9CB8D8", 100)
        mark_words(sheet, sheet.column("K"), "不确定", DOUBTFUL)


class Problems:
    """数据问题: what is wrong, waits, or is to be asked."""

    def __init__(self, book: Book, manifest: Manifest) -> None:
        """Open the sheet with what concerns the run as a whole."""
        self._styles, self._is_anonymous = book.styles, manifest.is_anonymous
        columns = (
            Column("单位", 18),
            Column("性质", 12),
            Column("位置", 26),
            Column("填报项", 30),
            Column("内容", 80),
        )
        self.sheet = book.sheet("数据问题", columns)
        self.sheet.open(
            f"{manifest.title}数据问题、待复核数据与疑问", "疑问只供核实，不是结论，不影响得分。"
        )
        self.sheet.head(freeze=1)
        for issue in manifest.issues:
            place = "" if self._is_anonymous else issue.location.file
            severity = messages.SEVERITIES[issue.severity][0]
            said = messages.ISSUES[issue.code]
            found = f"；{issue.found}" if issue.found and not self._is_anonymous else ""
            self._row(WHOLE_RUN, severity, place, "", f"{said.zh}{found}。{said.zh_next}。")
        for one in manifest.questions:
            self._row(
                one.entity,
                QUESTIONS[one.kind],
                "",
                one.subject,
                f"{one.found}；对照：{one.compared_with}",
            )

    def add(self, result: Assessment) -> None:
        """Append an entity's findings; without places and quotes in the anonymous edition."""
        name, hidden = result.entity.name, self._is_anonymous
        for issue, view in zip(result.issues, tables.issues(result), strict=True):
            words = f"{messages.ISSUES[issue.code].zh}。" if hidden else view.text
            self._row(name, view.severity, "" if hidden else view.place, view.item, words)
        for one in tables.waiting(result):
            words = f"{one.value}；{one.reason}；采用后总分变化 {one.change}"
            if not hidden:
                words += f"。原文：{formats.quoted(one.quote)}"
            self._row(name, WAITING, "" if hidden else one.place, f"{one.label} {one.codes}", words)

    def _row(self, *texts: str) -> None:
        name, *others = texts
        styles = self._styles
        self.sheet.add([text(name, styles.strong), *(text(one, styles.text) for one in others)])

    def finish(self) -> None:
        """Colour errors and questions."""
        if self.sheet.rows == self.sheet.head_row:
            return
        mark_words(self.sheet, self.sheet.column("B"), messages.SEVERITIES[Severity.ERROR][0], BAD)
        mark_words(
            self.sheet, self.sheet.column("B"), messages.SEVERITIES[Severity.WARNING][0], DOUBTFUL
        )
        mark_words(self.sheet, self.sheet.column("B"), WAITING, AHEAD)
        for words in QUESTIONS.values():
            mark_words(self.sheet, self.sheet.column("B"), words, ASKED)


def write_filing(book: Book, manifest: Manifest) -> None:
    """Write who is missing, late or could not be scored."""
    styles = book.styles
    columns = (
        Column("单位", 22),
        Column("层级", 9),
        Column("情况", 18),
        Column("应报日", 13),
        Column("实报日", 13),
        Column("说明与下一步", 80),
    )
    sheet = book.sheet("晚报缺报", columns)
    wanting = [one for one in manifest.entities if one.status != "scored" or one.is_late]
    sheet.open(
        f"{manifest.title}晚报、缺报与未能评分的单位", *(() if wanting else ("没有这样的单位。",))
    )
    sheet.head(freeze=1)
    for one in sorted(wanting, key=lambda one: (one.status == "scored", one.entity)):
        status = [] if one.status == "scored" else [STATUSES[one.status]]
        status += [LATE] if one.is_late else []
        sheet.add(
            [
                text(one.entity, styles.strong),
                text("" if one.level is None else messages.LEVELS[one.level], styles.short),
                text("，".join(status), styles.short),
                day(one.due_on, styles.day),
                day(one.filed_on, styles.day),
                text(one.reason, styles.text),
            ]
        )
    if wanting:
        mark_words(sheet, sheet.column("C"), STATUSES["missing"], BAD)
        mark_words(sheet, sheet.column("C"), LATE, DOUBTFUL)
