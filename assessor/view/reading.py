"""What was read in the published report, and what its own checks found, as finished text."""

from __future__ import annotations

from collections import Counter

from assessor import formats, messages
from assessor.view.model import CheckView, ReadView
from schemas.reading import ComplianceResult, FigureUse
from schemas.result import Assessment, ComplianceLine, ReportRead

QUOTE_LIMIT = 60
_BAD = (ComplianceResult.FAIL, ComplianceResult.DOUBTFUL)
_SYMBOLS = {"pass": "√", "fail": "×", "doubtful": "△", "cannot_tell": "？"}


def classes(result: Assessment) -> str:
    """Say what the confidence behind a quote means; nothing when nothing was read."""
    if result.report is None:
        return ""
    return (
        "佐证后注明段落（PDF 另注页码）与可信程度：自动采用——数字与名称在同一分句、唯一、"
        "单位相符且核验通过；上年数——只作比较；表述——原文写明的制度或举措；表述待证——只有笼统表述或“全覆盖”；"
        "自认不足——出自报告的不足部分。待复核的数字不计分，列在第四部分。"
    )


def no_issues(result: Assessment) -> str:
    """Say what is to be said where no finding is listed; never that all is well when it is not."""
    if result.issues:
        return ""
    n_waiting, n_bad = _waiting(result.report), _failed(result.report)
    if not result.waiting and not n_waiting and not n_bad:
        return "未发现数据质量问题。"
    said = [f"待复核的数据{n_waiting}个"] if n_waiting else []
    said += [f"报告合规检查不通过或存疑{n_bad}项"] if n_bad else []
    return f"数据核对没有列出问题；但有{'、'.join(said)}，见下。"


def compliance_sentence(report: ReportRead) -> str:
    """Count the checks of the report by their result."""
    counts = Counter(one.result for one in report.compliance)
    said = "、".join(
        f"{messages.COMPLIANCE[one.value]}{counts[one]}项"
        for one in ComplianceResult
        if counts[one]
    )
    return f"报告合规检查{len(report.compliance)}项：{said}。" if said else ""


def report(result: Assessment) -> ReadView | None:
    """Return the reading's counts and checks; None when only a form was given."""
    read = result.report
    if read is None:
        return None
    return ReadView(
        sentences=_sentences(read, len(result.waiting)),
        checks=tuple(_check(one) for one in read.compliance),
    )


def _sentences(read: ReportRead, n_listed: int) -> tuple[str, ...]:
    figures = "；".join(f"{messages.FIGURE_USES[use.value]}{n}个" for use, n in read.figures)
    stated = "；".join(f"{messages.STATEMENT_USES[use.value]}{n}条" for use, n in read.statements)
    total = sum(n for _, n in read.figures)
    said = [f"公开报告《{read.title or read.file}》（{read.file}）中有数据{total}个"]
    said[0] += f"：{figures}。" if figures else "。"
    if stated:
        said.append(f"表述按填报项计{sum(n for _, n in read.statements)}条：{stated}。")
    others = _waiting(read) - n_listed
    if others > 0:
        said.append(f"待复核的数据中有{others}个采用与否不改变总分，未逐条列出，见“阅读核对”网页。")
    return tuple(said)


def _check(one: ComplianceLine) -> CheckView:
    quote = formats.cut(" ".join(one.quote.split()), QUOTE_LIMIT)
    return CheckView(
        css=one.result.value,
        code=one.code,
        label=one.label,
        result=f"{_SYMBOLS[one.result.value]} {messages.COMPLIANCE[one.result.value]}",
        reason=one.reason,
        quote=f"{quote}［{one.place}］" if quote and one.place else quote,
    )


def _waiting(read: ReportRead | None) -> int:
    return 0 if read is None else dict(read.figures).get(FigureUse.WAITING, 0)


def _failed(read: ReportRead | None) -> int:
    return 0 if read is None else sum(one.result in _BAD for one in read.compliance)
