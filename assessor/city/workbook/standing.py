"""说明, 排名 and 图表: who stands where."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.utils import get_column_letter

from assessor import formats, messages
from assessor.city.workbook.colours import draw_bars, light
from assessor.city.workbook.sheet import (
    Book,
    Column,
    Fragment,
    Sheet,
    Styles,
    blank,
    number,
    text,
)
from assessor.city.workbook.words import SHEETS
from schemas.base import Provenance
from schemas.city import Mode, Ranking, RankInterval, RankLine
from schemas.manifest import Manifest

MODES: tuple[Mode, Mode] = ("binding", "reference")
_COLUMNS = (
    Column("性质", 12),
    Column("名次", 6),
    Column("单位", 18),
    Column("层级", 7),
    Column("总分", 11),
    Column("等次", 8),
    Column("下限", 10),
    Column("上限", 10),
    Column("并列单位", 14),
    Column("距上一名差分", 10),
    Column("区间内最好名次", 8),
    Column("区间内最差名次", 8),
    Column("不可区分单位数", 9),
    Column("不可区分的单位（最近的几个）", 26),
    Column("权重扰动名次5%", 9),
    Column("权重扰动名次50%", 9),
    Column("权重扰动名次95%", 9),
    Column("等次概率", 26),
)
_FEW, _NAME_LIMIT, _WIDEST = 16, 9, 30
"""Bars that bear their number, characters of a name, and centimetres of a chart."""
_FIRST_ROW, _BLANKS, _PRINTED_ROWS = 3, 9, 52
"""First row under the headings of 图表, empty columns between its two tables, rows printed."""
_CHART_ROW, _CHART_ROWS = 18, 17
"""Row of the first chart of totals, and rows it covers."""
_COLOURS = {"binding": "1F3A5F", "reference": "7A93B2"}


def write_guide(book: Book, manifest: Manifest) -> None:
    """Write what the workbook is and which rules made it."""
    styles = book.styles
    sheet = book.sheet("说明", (Column("", 22), Column("", 100)))
    edition = "（隐名版）" if manifest.is_anonymous else ""
    sheet.open(f"{manifest.title}法治政府建设年度报告评估结果{edition}")
    for label, words in _facts(manifest):
        sheet.add([text(label, styles.strong), text(words, styles.text)])
    sheet.add([])
    sheet.add([text("工作表", styles.head), text("内容", styles.head)])
    for title, words in SHEETS:
        sheet.add([text(title, styles.strong), text(words, styles.text)])


def _facts(manifest: Manifest) -> list[tuple[str, str]]:
    rules, known = manifest.rules, messages.PROVENANCES
    facts = []
    if manifest.period is not None:
        period = manifest.period
        facts.append(("报告期间", f"{period.start.isoformat()} 至 {period.end.isoformat()}"))
    if rules is not None:
        framework = f"{rules.framework_label}（{rules.edition}版）"
        weights, way = known[rules.weight_provenance], messages.ROUNDINGS[rules.rounding_mode]
        facts += [
            ("指标体系", f"{framework}［{known[rules.framework_provenance]}］"),
            ("权重", f"{rules.weight_label}［{weights}］{rules.weight_note}"),
            ("评分方案", f"{rules.scheme_label}［{known[rules.scheme_provenance]}］"),
            *(
                (f"未披露的处理（{messages.MODES[one.mode]}）", one.policy_label)
                for one in manifest.modes
            ),
            ("综合方式", rules.blend_label),
            ("取整", f"每项得分{way}到小数点后{rules.rounding_places}位，总分为各项得分之和"),
            ("标尺（规则指纹）", rules.ruler),
        ]
        if Provenance.HOUSE in (rules.weight_provenance, rules.scheme_provenance):
            facts.append(("提示", f"注明“{known[Provenance.HOUSE]}”的权重与等次线不是官方规定。"))
    facts.append(("软件版本", manifest.engine))
    facts.append(
        (
            "数据来源",
            "各表的数均取自本次评估的清单（manifest.json）与各单位评估结果（JSON）；“复算”三表为公式。",
        )
    )
    return facts


def write_ranking(book: Book, manifest: Manifest) -> None:
    """Write the ranking, and the charts drawn from it."""
    styles = book.styles
    sheet = book.sheet("排名", _COLUMNS)
    ranking = manifest.ranking
    sheet.open(f"{manifest.title}排名", *_ranking_notes(manifest))
    sheet.head(freeze=3, height=48)
    if ranking is not None:
        for mode, lines in zip(MODES, (ranking.binding, ranking.reference), strict=True):
            intervals = _intervals(manifest, mode)
            for line in lines:
                sheet.add(_line(styles, mode, line, intervals.get(line.entity)))
        _without_total(sheet, styles, ranking)
        _colour(sheet, manifest)
    _charts(book, manifest)


def _ranking_notes(manifest: Manifest) -> list[str]:
    if manifest.ranking is None:
        return ["没有可排名的单位。"]
    tolerance = format(manifest.ranking.tie_tolerance, "f")
    notes = [
        f"约束性考核与参照评估分开排名；总分相差不超过 {tolerance} 分的并列，其后名次跳过。",
        "下限、上限为未披露内容全按零分、全按满分时的总分；区间重叠的单位不可区分先后。",
    ]
    notes += [
        f"{messages.MODES[one.mode]}：权重扰动 {one.replications} 次"
        f"（全域 {one.n_simplex} 次，±{format(one.noise_percent, 'f')}% {one.n_noise} 次），"
        "列出名次的 5%、50%、95% 分位。"
        for one in manifest.uncertainty
    ]
    return notes


def _intervals(manifest: Manifest, mode: Mode) -> dict[str, RankInterval]:
    return {
        line.entity: line for one in manifest.uncertainty if one.mode == mode for line in one.lines
    }


def _line(
    styles: Styles, mode: Mode, line: RankLine, interval: RankInterval | None
) -> list[Fragment]:
    quantiles = (None,) * 3 if interval is None else (interval.low, interval.median, interval.high)
    chances = "" if interval is None else "，".join(
        f"{one.grade} {format(one.probability, 'f')}" for one in interval.grades if one.probability
    )  # fmt: skip
    return [
        text(messages.MODES[mode], styles.short),
        number(line.rank, styles.whole),
        text(line.entity, styles.strong),
        text(messages.LEVELS[line.level], styles.short),
        number(line.total_points, styles.points),
        text(line.grade, styles.short),
        number(line.low_points, styles.points),
        number(line.high_points, styles.points),
        text("、".join(line.tied_with), styles.text),
        number(line.points_to_next_rank, styles.points),
        number(line.best_rank, styles.whole),
        number(line.worst_rank, styles.whole),
        number(line.n_not_separable, styles.whole),
        text("、".join(line.not_separable_from), styles.text),
        *(number(one, styles.whole) for one in quantiles),
        text(chances, styles.text),
    ]


def _without_total(sheet: Sheet, styles: Styles, ranking: Ranking) -> None:
    for line in ranking.without_total:
        sheet.add(
            [
                text(messages.MODES[line.mode], styles.short),
                text("—", styles.short),
                text(line.entity, styles.strong),
                text(messages.LEVELS[line.level], styles.short),
                text("无总分", styles.short),
                blank(styles.text),
                number(line.low_points, styles.points),
                number(line.high_points, styles.points),
                *[blank(styles.text)] * (len(_COLUMNS) - 8),
            ]
        )


def _colour(sheet: Sheet, manifest: Manifest) -> None:
    """Mark totals by traffic lights at the grades' bounds, and counts by bars."""
    if manifest.rules is None or sheet.rows == sheet.head_row:
        return
    full = sum(points for _, _, points in manifest.indicators)
    bounds = sorted(minimum for _, minimum in manifest.rules.bands)
    if len(bounds) >= 3:
        marks = [bound * full / 100 for bound in (bounds[1], bounds[-2])]
        light(sheet, sheet.column("E"), marks)
    draw_bars(sheet, sheet.column("M"), "B4C3D6")


def _charts(book: Book, manifest: Manifest) -> None:
    """Write the grades' counts and the totals, and draw both."""
    widths = (Column("等次", 12), Column("约束性考核", 14), Column("参照评估", 14))
    blanks = [Column("", 12)] * _BLANKS
    sheet = book.sheet("图表", (*widths, *blanks, Column("单位（简）", 22), Column("总分", 12)))
    sheet.frame.page_setup.fitToHeight = 1
    sheet.open(f"{manifest.title}总分与等次分布")
    titles = [text(column.title, book.styles.head) for column in sheet.columns]
    sheet.add([*titles[: len(widths)], *[None] * _BLANKS, *titles[-2:]])
    grades, totals = _grades(book.styles, manifest), _totals(book.styles, manifest)
    for grade, total in zip_longest(grades, [line for _, lines in totals for line in lines]):
        left = grade or [None] * len(widths)
        sheet.add([*left, *[None] * _BLANKS, *(total or [])])
    sheet.frame.print_area = f"A1:{get_column_letter(len(widths) + _BLANKS)}{_PRINTED_ROWS}"
    if manifest.grades:
        sheet.frame.add_chart(_grade_chart(sheet, len(grades)), "E2")
    row = _FIRST_ROW
    for place, (mode, lines) in enumerate(totals):
        chart = _totals_chart(sheet, mode, row, row + len(lines) - 1)
        sheet.frame.add_chart(chart, f"A{_CHART_ROW + place * _CHART_ROWS}")
        row += len(lines)


def _grades(styles: Styles, manifest: Manifest) -> list[list[Fragment]]:
    counts = {(one.grade, one.mode): one.count for one in manifest.grades}
    bands = [] if manifest.rules is None else [grade for grade, _ in manifest.rules.bands]
    return [
        [
            text(grade or "未评定", styles.short),
            *(number(counts.get((grade, mode), 0), styles.whole) for mode in MODES),
        ]
        for grade in dict.fromkeys([*bands, *(one.grade for one in manifest.grades)])
    ]


def _totals(styles: Styles, manifest: Manifest) -> list[tuple[Mode, list[list[Fragment]]]]:
    """Return the totals of each list that has any; names cut so that the chart can hold them."""
    ranking = manifest.ranking
    lists = () if ranking is None else (ranking.binding, ranking.reference)
    return [
        (
            mode,
            [
                [
                    text(formats.cut(line.entity, _NAME_LIMIT), styles.line),
                    number(line.total_points, styles.points),
                ]
                for line in lines
            ],
        )
        for mode, lines in zip(MODES, lists, strict=False)
        if lines
    ]


def _plain_axes(chart: BarChart) -> None:
    # openpyxl leaves `delete` out; Excel may then hide the axes.
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.scaling.min = 0
    chart.y_axis.number_format = "0"
    light = GraphicalProperties(ln=LineProperties(solidFill="D5DBE3", w=6350))
    chart.y_axis.majorGridlines = ChartLines(spPr=light)


def _label(chart: BarChart) -> None:
    """Print the number at every bar, and nothing else."""
    chart.dataLabels = DataLabelList(
        showVal=True, showSerName=False, showCatName=False, showLegendKey=False, showPercent=False
    )


def _grade_chart(sheet: Sheet, count: int) -> BarChart:
    chart, last = BarChart(), _FIRST_ROW + count - 1
    chart.type, chart.title = "col", "等次分布（单位数）"
    chart.height, chart.width = 7, 17
    for column in (2, 3):
        data = Reference(sheet.frame, min_col=column, min_row=_FIRST_ROW - 1, max_row=last)
        chart.add_data(data, titles_from_data=True)
    chart.set_categories(Reference(sheet.frame, min_col=1, min_row=_FIRST_ROW, max_row=last))
    for series, mode in zip(chart.series, MODES, strict=True):
        series.graphicalProperties.solidFill = _COLOURS[mode]
    chart.legend.position = "b"
    _label(chart)
    _plain_axes(chart)
    return chart


def _totals_chart(sheet: Sheet, mode: Mode, first: int, last: int) -> BarChart:
    chart, count = BarChart(), last - first + 1
    chart.type, chart.title = "col", f"总分（{messages.MODES[mode]}，按名次）"
    chart.height, chart.width = 8, min(_WIDEST, 8 + 2 * count)
    names = len(sheet.columns) - 1
    chart.add_data(Reference(sheet.frame, min_col=names + 1, min_row=first, max_row=last))
    chart.set_categories(Reference(sheet.frame, min_col=names, min_row=first, max_row=last))
    chart.series[0].graphicalProperties.solidFill = _COLOURS[mode]
    chart.legend = None
    chart.gapWidth = 40
    if count <= _FEW:
        _label(chart)
    _plain_axes(chart)
    return chart


def entity_order(manifest: Manifest) -> Sequence[str]:
    """Return the scored entities in order of their ranks, those without a total last."""
    ranked: list[str] = []
    if manifest.ranking is not None:
        found = manifest.ranking
        ranked = [line.entity for line in (*found.binding, *found.reference)]
        ranked += [line.entity for line in found.without_total]
    scored = [one.entity for one in manifest.entities if one.status == "scored"]
    return list(dict.fromkeys([name for name in ranked if name in set(scored)] + scored))
