"""复算: every line once more, by formulas anyone can follow and change."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from assessor import messages
from assessor.city.workbook.colours import BAD, mark_where
from assessor.city.workbook.constants import (
    BLOCKED,
    OUTCOME_KEY,
    REASON_KEY,
    Constants,
    PolicyCells,
)
from assessor.city.workbook.formulas import (
    Inputs,
    Reported,
    Rules,
    filled,
    inputs_of,
    is_ratio,
    stated_items,
)
from assessor.city.workbook.sheet import (
    A3,
    Book,
    Column,
    Fragment,
    blank,
    day,
    formula,
    number,
    text,
)
from assessor.city.workbook.sums import Span, Sums, rounded
from assessor.city.workbook.words import KINDS
from schemas.outcome import Outcome, PolicyAction, Reason
from schemas.result import Assessment, IndicatorScore, PartScore

TITLE = "复算"
_VETOED = "否决"
_LEAVES = messages.ACTIONS[PolicyAction.RESCALE]
_FLOOR = messages.ACTIONS[PolicyAction.FLOOR]
_PROGRESS = messages.ACTIONS[PolicyAction.PROGRESS]
_JUDGED = tuple(
    messages.OUTCOMES[one] for one in (Outcome.MET, Outcome.PARTLY_MET, Outcome.NOT_MET)
)
_COLUMNS = (
    Column("单位", 16),
    Column("编号", 8),
    Column("指标（分项）", 30),
    Column("计分规则", 10),
    Column("结论", 9),
    Column("原因", 22),
    Column("否决", 7),
    Column("报出值", 14),
    Column("分子", 9),
    Column("分母", 9),
    Column("对照值", 12),
    Column("零分点", 9),
    Column("参数一", 8),
    Column("参数二", 8),
    Column("参数三", 8),
    Column("参数四", 8),
    Column("规则得分率", 10),
    Column("处理", 11),
    Column("计分得分率", 10),
    Column("原分值", 9),
    Column("计入", 6),
    Column("整步", 8),
    Column("余数", 11),
    Column("满分", 9),
    Column("复算得分", 10),
    Column("印出得分", 10),
    Column("差", 8),
)
_NOTES = (
    "浅黄色为输入（报出值、目标、参数、结论、原因），其余都是公式，改动输入，得分随之变化。",
    "结论与原因由系统判定，作为输入给出；各规则的公式见“复算参数”。",
    "不计入的分项把分值按原分值比例让给其余分项：先取到最小单位（整步），余下的依余数从大到小逐一分配，余数相同的在前者先得。",
    "由分子分母算出的值在此重新相除；直接填报的值按结果文件中的四位小数取用。",
)


class _Line(NamedTuple):
    """One part with everything its row needs."""

    result: Assessment
    one: IndicatorScore
    part: PartScore
    inputs: Inputs
    is_given: bool
    """The rule is not known: the printed share is taken."""
    cells: PolicyCells
    span: Span


class Recalculation:
    """The three sheets of the recalculation, filled one assessment at a time."""

    def __init__(self, book: Book, rules: Rules, outside: int) -> None:
        """Open the sheets; `outside` is how many outside scores are blended in."""
        self._styles, self._rules = book.styles, rules
        self._parts = book.sheet(TITLE, _COLUMNS)
        self._sums = Sums(book, self._parts.name, outside)
        self._constants = Constants(book, rules)
        self._parts.open("复算：由报出值用公式重新算出每项得分", *_NOTES)
        self._parts.head(freeze=3, height=34)
        self._parts.frame.page_setup.paperSize = A3

    def add(self, result: Assessment) -> None:
        """Append one entity's rows to every sheet."""
        cells, first = self._constants.policy(result.rules), self._parts.rows + 1
        count = sum(len(one.parts) for one in result.indicators)
        span = Span(first, first + count - 1, self._sums.sheet.rows + 1)
        for one in result.indicators:
            stated = stated_items(one)
            for part in one.parts:
                rule = self._rules.of_part.get(part.code)
                said = Reported(part, result.period.end, stated.get(part.code, 0))
                inputs = inputs_of(rule, said)
                is_given = rule is None or rule.kind != part.kind
                line = _Line(result, one, part, inputs, is_given, cells, span)
                self._parts.add(self._cells(line))
        self._sums.add(result, span, self._constants.bands(result.rules))

    def _cells(self, line: _Line) -> list[Fragment]:
        styles, row, part = self._styles, self._parts.rows + 1, line.part
        ratio = is_ratio(part) and not line.is_given
        empty = blank(styles.text)
        parameters = [number(value, styles.given) for value in line.inputs.parameters]
        return [
            text(line.result.entity.name, styles.line, is_fitted=False),
            text(part.code, styles.text),
            text(line.one.label if len(line.one.parts) == 1 else part.label, styles.text),
            text(KINDS["given" if line.is_given else part.kind], styles.short),
            text(messages.OUTCOMES[part.outcome], styles.given_text),
            text(messages.REASONS[part.reason], styles.given_text),
            text(line.one.vetoed_by, styles.given_text),
            self._input(line.inputs.value, row),
            number(part.numerator, styles.given) if ratio else empty,
            number(part.denominator, styles.given) if ratio else empty,
            self._input(line.inputs.against, row),
            self._input(line.inputs.zero_at, row),
            *parameters,
            *[empty] * (4 - len(parameters)),
            *self._scoring(line, row),
        ]

    def _scoring(self, line: _Line, row: int) -> list[Fragment]:
        styles, part, result = self._styles, line.part, line.result
        return [
            formula(_rule_share(line, row), styles.share),
            formula(_action(row, line.cells), styles.short),
            formula(f"Q{row}" if line.is_given else _share(line, row), styles.share),
            number(part.nominal_points, styles.given),
            formula(f'IF(R{row}="{_LEAVES}",0,1)', styles.whole),
            formula(_steps(line, row), styles.whole),
            formula(_remainder(line, row), styles.whole),
            formula(_full_points(line, row), styles.points),
            formula(rounded(f"X{row}*S{row}", result.rules), styles.points),
            number(part.points, styles.points),
            formula(f"ROUND(Y{row}-Z{row},9)", styles.plain),
        ]

    def _input(self, value: Decimal | date | str | None, row: int) -> Fragment:
        if value is None:
            return blank(self._styles.text)
        if isinstance(value, str):
            return formula(filled(value, row), self._styles.plain)
        if isinstance(value, date):
            return day(value, self._styles.given_day)
        return number(value, self._styles.given)

    def finish(self) -> None:
        """Write what the columns mean and colour the checks."""
        self._constants.finish()
        self._sums.finish()
        test = f'AND(AA{self._parts.head_row + 1}<>"",AA{self._parts.head_row + 1}<>0)'
        mark_where(self._parts, self._parts.column("AA"), test, BAD)


def _rule_share(line: _Line, row: int) -> str:
    share = filled(line.inputs.share, row)
    if line.part.reason is Reason.CLAIM_UNCONFIRMED and not line.is_given:
        return f"({share})*{line.cells.claim}/100"
    return share


def _action(row: int, cells: PolicyCells) -> str:
    """Look up what is done with the outcome; a row for the reason goes first."""
    judged = ",".join(f'E{row}="{one}"' for one in _JUDGED)
    by_outcome = f'IFERROR(VLOOKUP("{OUTCOME_KEY}"&E{row},{cells.table},2,FALSE),"{BLOCKED}")'
    by_reason = f'IFERROR(VLOOKUP("{REASON_KEY}"&F{row},{cells.table},2,FALSE),{by_outcome})'
    return f'IF(G{row}<>"","{_VETOED}",IF(OR({judged}),"",{by_reason}))'


def _share(line: _Line, row: int) -> str:
    """Return the share after the policy; items of a checklist nobody disclosed follow it too."""
    cells, own = line.cells, f"Q{row}"
    if line.part.kind == "checklist" and line.inputs.parameters:
        own = (
            f'IF({cells.silent}="{_LEAVES}",H{row}/M{row},'
            f'IF({cells.silent}="{_FLOOR}",Q{row}+(1-M{row}/K{row})*{cells.floor}/100,Q{row}))'
        )
    return f'IF(OR(R{row}="",R{row}="{_PROGRESS}"),{own},IF(R{row}="{_FLOOR}",{cells.floor}/100,0))'


def _steps(line: _Line, row: int) -> str:
    """Return the whole smallest units that fall to the part in proportion to its points."""
    own, counted = _units(line, row)
    return f"IF(U{row}=1,INT({own}/{counted}),0)"


def _remainder(line: _Line, row: int) -> str:
    own, counted = _units(line, row)
    return f"IF(U{row}=1,{own}-V{row}*{counted},-1)"


def _units(line: _Line, row: int) -> tuple[str, str]:
    """Return full mark times own points, and the points that count, in smallest units."""
    scale, span = 10**line.result.rules.rounding_places, line.span
    own = f"ROUND({span.full_mark}*{scale},0)*ROUND(T{row}*{scale},0)"
    return own, f"ROUND({span.counted}*{scale},0)"


def _full_points(line: _Line, row: int) -> str:
    """Give one more unit to the largest remainders, as many as are left over."""
    span, scale = line.span, 10**line.result.rules.rounding_places
    place = (
        f'COUNTIF(W${span.first}:W${span.last},">"&W{row})+COUNTIF(W${span.first}:W{row},W{row})'
    )
    return f"(V{row}+IF(AND(U{row}=1,{place}<={span.left}),1,0))/{scale}"
