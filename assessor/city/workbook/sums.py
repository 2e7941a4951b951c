"""复算汇总: the total of every entity from its recalculated lines."""

from __future__ import annotations

from typing import NamedTuple

from openpyxl.utils import get_column_letter

from assessor import messages
from assessor.city.workbook.colours import BAD, GOOD, mark_words
from assessor.city.workbook.constants import BLOCKED, BandCells
from assessor.city.workbook.sheet import Book, Column, Fragment, formula, number, text
from assessor.city.workbook.words import KINDS
from schemas.result import Assessment, UsedRules

TITLE = "复算汇总"
SAME, OTHER = "相符", "不符"
_COLUMNS = (
    Column("单位", 22),
    Column("性质", 12),
    Column("满分", 9),
    Column("计入的原分值", 11),
    Column("余下的最小单位", 10),
    Column("印出指标得分", 11),
    Column("复算指标得分", 11),
    Column("加分", 8),
    Column("报告权重%", 9),
)
_OUTSIDE = (Column("外部成绩", 14), Column("权重%", 8), Column("成绩", 9))
_LAST = (
    Column("复算总分", 12),
    Column("印出总分", 12),
    Column("差", 8),
    Column("核对", 8),
    Column("复算等次", 10),
    Column("仅按分数的等次", 10),
)


class Span(NamedTuple):
    """Rows of one entity's lines, and its own row among the sums."""

    first: int
    last: int
    row: int

    @property
    def full_mark(self) -> str:
        """Address of the full mark."""
        return f"'{TITLE}'!$C${self.row}"

    @property
    def counted(self) -> str:
        """Address of the points, before re-spreading, of the lines that count."""
        return f"'{TITLE}'!$D${self.row}"

    @property
    def left(self) -> str:
        """Address of the number of smallest units left over."""
        return f"'{TITLE}'!$E${self.row}"


def rounded(expression: str, used: UsedRules) -> str:
    """Round an expression by the scheme's places and mode.

    Inner rounding to eleven places takes the dust of binary arithmetic off a true half.
    """
    exact, scale = f"ROUND({expression},11)", 10**used.rounding_places
    plain = f"ROUND({exact},{used.rounding_places})"
    if used.rounding_mode == "half_up":
        return plain
    halves = f"{exact}*{scale}"
    return f"IF(ABS({halves}-INT({halves})-0.5)<0.0000001,2*ROUND({halves}/2,0)/{scale},{plain})"


class Sums:
    """The sheet of totals."""

    def __init__(self, book: Book, lines: str, outside: int) -> None:
        """Open the sheet; `lines` is the name of the sheet with the lines."""
        self._styles, self._lines, self._outside = book.styles, lines, outside
        columns = (*_COLUMNS, *_OUTSIDE * outside, *_LAST)
        first = len(_COLUMNS) + len(_OUTSIDE) * outside
        names = [get_column_letter(first + n) for n in range(1, 5)]
        self._total, self._printed, self._gap, self._check = names
        self.sheet = book.sheet(TITLE, columns)
        self.sheet.open(
            "复算汇总：复算总分与印出总分核对",
            "“差”为零即相符。等次只按分数，不含披露率与否决的限制。",
        )
        self.sheet.head(height=34)

    def add(self, result: Assessment, span: Span, bands: BandCells) -> None:
        """Append an entity's row."""
        styles, totals, used, row = self._styles, result.totals, result.rules, span.row
        report = next((share for share in totals.blend if share.id == "report"), None)
        total, printed = f"{self._total}{row}", f"{self._printed}{row}"
        self.sheet.add(
            [
                text(result.entity.name, styles.text),
                text(messages.MODES[result.mode], styles.short),
                number(totals.full_mark, styles.given),
                formula(f"SUMPRODUCT({self._of('T', span)},{self._of('U', span)})", styles.points),
                formula(
                    f"ROUND(C{row}*{10**used.rounding_places},0)-SUM({self._of('V', span)})",
                    styles.whole,
                ),
                number(totals.indicator_points, styles.points),
                formula(f"ROUND(SUM({self._of('Y', span)}),{used.rounding_places})", styles.points),
                number(totals.bonus_points, styles.given),
                number(None if report is None else report.weight, styles.given),
                *self._outside_scores(result),
                formula(self._total_of(result, span), styles.points),
                text(BLOCKED, styles.short)
                if totals.total_points is None
                else number(totals.total_points, styles.points),
                formula(
                    f"IF(COUNT({total},{printed})=2,ROUND({total}-{printed},9),"
                    f"IF({total}={printed},0,1))",
                    styles.plain,
                ),
                formula(f'IF({self._gap}{row}=0,"{SAME}","{OTHER}")', styles.short),
                formula(
                    f'IF(COUNT({total})=0,"",LOOKUP(ROUND({total}*100/C{row},9),'
                    f"{bands.minimums},{bands.grades}))",
                    styles.short,
                ),
                text(result.grade.by_points, styles.short),
            ]
        )

    def _of(self, letter: str, span: Span) -> str:
        return f"{self._lines}!${letter}${span.first}:${letter}${span.last}"

    def _outside_scores(self, result: Assessment) -> list[Fragment]:
        styles, found = self._styles, []
        for share in result.totals.blend:
            if share.id != "report":
                found += [
                    text(share.label, styles.given_text),
                    number(share.weight, styles.given),
                    number(share.score, styles.given),
                ]
        return found

    def _total_of(self, result: Assessment, span: Span) -> str:
        """Return the total: blocked, the report alone, or the sum of the ingredients."""
        own, used, row = f"(G{span.row}+H{span.row})", result.rules, span.row
        whole = f"ROUND({own},{used.rounding_places})"
        if self._outside:
            shares = [rounded(f"{own}*I{row}/100", used)]
            scores = []
            for place in range(self._outside):
                weight, score = (get_column_letter(11 + 3 * place + n) for n in range(2))
                shares.append(rounded(f"{score}{row}*{weight}{row}/100", used))
                scores.append(f"{score}{row}")
            whole = f"IF(COUNT({','.join(scores)})<{self._outside},{whole},{'+'.join(shares)})"
        blocked = f'COUNTIF({self._of("R", span)},"{BLOCKED}")>0'
        nothing = (
            f'COUNTIFS({self._of("U", span)},1,{self._of("D", span)},"<>{KINDS["disclosure"]}")=0'
        )
        return f'IF(OR({blocked},{nothing}),"{BLOCKED}",{whole})'

    def finish(self) -> None:
        """Colour the checks."""
        for words, paint in ((SAME, GOOD), (OTHER, BAD)):
            mark_words(self.sheet, self.sheet.column(self._check), words, paint)
