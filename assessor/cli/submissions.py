"""Commands on submissions: score, report, check, template."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assessor.cli import options as opt
from assessor.cli.chinese import ChineseCommand
from assessor.cli.choosing import RuleOptions, day_of, reviews_of, rulebook_of, ruler_of
from assessor.cli.contract import BLOCKED, DONE, UNREADABLE, command, emit, say

if TYPE_CHECKING:
    from assessor.assessing import FileResult, ScoreRun
    from scoring import Rulebook, Ruler


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    app.command("score", cls=ChineseCommand)(command(score))
    app.command("report", cls=ChineseCommand)(command(report))
    app.command("check", cls=ChineseCommand)(command(check))
    app.command("template", cls=ChineseCommand)(command(template))


def score(  # noqa: PLR0913 - options of the command
    files: opt.Files,
    framework: opt.Framework = "house-59",
    weights: opt.Weights = "house",
    targets: opt.Targets = None,
    policy: opt.Policy = None,
    blend: opt.Blend = "report-only",
    review: opt.Reviews = None,
    rules: opt.Rules = None,
    as_of: opt.AsOf = None,
    printed: opt.Printed = opt.Format.TEXT,
    out: opt.Folder = None,
) -> int:
    """评分：读取填报文件，逐项评分，输出得分、等次和差距。"""
    from assessor.render import result_json  # noqa: PLC0415 - --help must not wait
    from assessor.store import write_text  # noqa: PLC0415
    from assessor.texts import assessment_text  # noqa: PLC0415

    chosen = RuleOptions(framework, weights, targets, policy, blend, rules)
    ruler = ruler_of(chosen)
    run = _run(files, ruler, review, as_of)
    for result in run.results:
        if result.assessment is not None and out is not None:
            write_text(out / f"{_stem(result)}.json", result_json(result.assessment))
    if printed is opt.Format.JSON:
        emit(run.model_dump_json(indent=2, by_alias=True))
    else:
        done = [r.assessment for r in run.results if r.assessment is not None]
        if done:
            emit("\n\n".join(assessment_text(one) for one in done))
    return _told(run, ruler.rulebook, len(files))


def report(  # noqa: PLR0913 - options of the command
    files: opt.Files,
    out: Annotated[Path, typer.Option("-o", "--out", metavar="目录", help="输出目录")] = Path(
        "out"
    ),
    framework: opt.Framework = "house-59",
    weights: opt.Weights = "house",
    targets: opt.Targets = None,
    policy: opt.Policy = None,
    blend: opt.Blend = "report-only",
    review: opt.Reviews = None,
    rules: opt.Rules = None,
    as_of: opt.AsOf = None,
) -> int:
    """生成评分单：每份填报文件各出 PDF、网页和 JSON。"""
    from assessor.render import render_html, render_pdf, result_json  # noqa: PLC0415
    from assessor.store import write_bytes, write_text  # noqa: PLC0415

    chosen = RuleOptions(framework, weights, targets, policy, blend, rules)
    ruler = ruler_of(chosen)
    run = _run(files, ruler, review, as_of)
    for result in run.results:
        if result.assessment is None:
            continue
        stem = _stem(result)
        pdf = render_pdf(result.assessment)
        write_text(out / f"{stem}.json", result_json(result.assessment))
        write_text(out / f"{stem}.html", render_html(result.assessment))
        write_bytes(out / f"{stem}.pdf", pdf.content)
        if pdf.missing:
            say(
                f"【提醒】{stem}：本机字体缺少这些字，PDF 中显示为方框：{'、'.join(pdf.missing)}；"
                "安装字体后重新生成（见 assessor doctor）"
            )
        emit(str(out / f"{stem}.pdf"))
    return _told(run, ruler.rulebook, len(files))


def check(files: opt.Files, rules: opt.Rules = None, language: opt.Language = opt.Lang.ZH) -> int:
    """检查填报文件：一次列出所有问题，不评分。"""
    from assessor.intake import read_submission  # noqa: PLC0415 - --help must not wait
    from assessor.messages import issue_sentence  # noqa: PLC0415
    from schemas.errors import SubmissionUnreadable  # noqa: PLC0415

    book, worst = rulebook_of(rules), DONE
    for path in files:
        try:
            found = read_submission(path, book)
        except SubmissionUnreadable as error:
            say(str(error))
            worst = max(worst, UNREADABLE if len(files) == 1 else BLOCKED)
            continue
        for issue in found.issues:
            item = book.items.get(issue.location.item)
            label = item.label if item is not None else ""
            emit(issue_sentence(issue, label, "en" if language is opt.Lang.EN else "zh"))
        if found.submission is None:
            worst = max(worst, BLOCKED)
        say(
            f"{found.file}：{len(found.issues)} 个问题"
            + ("，须改正后才能评分" if found.submission is None else "，可以评分")
        )
    return worst


def template(
    out: Annotated[
        Path, typer.Option("-o", "--out", metavar="文件", help="填报表，如 填报表.xlsx")
    ],
    framework: opt.Framework = "house-59",
    rules: opt.Rules = None,
) -> int:
    """生成填报表（Excel），填好后可直接评分。"""
    from assessor.template import write_template  # noqa: PLC0415 - --help must not wait

    if out.suffix.lower() != ".xlsx":
        raise typer.BadParameter(f"“{out}”应以 .xlsx 结尾", param_hint="-o")
    book = rulebook_of(rules)
    write_template(book.framework(framework), book, out)
    emit(str(out))
    return DONE


def _run(files: list[Path], ruler: Ruler, review: list[Path] | None, as_of: str | None) -> ScoreRun:
    from assessor.assessing import assess_files  # noqa: PLC0415 - --help must not wait

    day = day_of(as_of, "--as-of")
    return assess_files(files, ruler, as_of=day, reviews=reviews_of(review, ruler))


def _stem(result: FileResult) -> str:
    from assessor.naming import result_stem  # noqa: PLC0415 - --help must not wait

    assert result.assessment is not None  # noqa: S101 - asked only for scored files
    return result_stem(result.assessment)


def _told(run: ScoreRun, book: Rulebook, n_files: int) -> int:
    """Print every finding to stderr and return the exit code."""
    from assessor.messages import issue_sentence  # noqa: PLC0415 - --help must not wait
    from schemas.issue import Severity  # noqa: PLC0415

    labels = {item.id: item.label for item in book.items.values()}
    for issue in run.review_issues:
        say(issue_sentence(issue))
    for result in run.results:
        if result.unreadable:
            say(f"{result.file}：{result.unreadable}")
        for issue in result.issues:
            say(issue_sentence(issue, labels.get(issue.location.item, "")))
    if any(result.unreadable for result in run.results) and n_files == 1:
        return UNREADABLE
    wrong_review = any(one.severity is Severity.ERROR for one in run.review_issues)
    return BLOCKED if wrong_review or any(r.is_blocked for r in run.results) else DONE
