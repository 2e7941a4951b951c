"""The whole road for one unit: published report and filled form to assessment and pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from assessor.assessing import review_of
from assessor.intake import Intake, read_submission
from assessor.intake.reviews import ReviewIntake, is_about, unmatched_issue
from assessor.naming import result_stem
from assessor.reading.drafting import Drafted, Known, answer_of, draft_submission
from assessor.reading.merging import merge
from assessor.reading.pairing import differences
from assessor.reading.printing import as_printed, place_of
from assessor.reading.proposals import Proposer
from assessor.reading.reader import read_report
from assessor.reading.soundness import placed
from assessor.reading.using import Uses, report_of, uses_of
from assessor.render import render_html, render_mark, render_pdf, result_json
from assessor.store import write_bytes, write_text
from schemas.issue import Issue, Severity
from schemas.reading import Reading
from schemas.result import Assessment, WaitingLine
from schemas.submission import Answer, Review, Submission
from scoring import Ruler, assess
from scoring.checks import check_submission


class Appraisal(NamedTuple):
    """What became of one unit's papers."""

    assessment: Assessment | None
    submission: Submission | None
    reading: Reading | None
    issues: tuple[Issue, ...]
    missing_glyphs: tuple[str, ...] = ()
    review: Review | None = None
    """The reviewers' entries that were used."""
    uses: Uses | None = None
    """What became of each figure and statement of the report."""


def appraise(  # noqa: PLR0913 - everything one unit can bring
    ruler: Ruler,
    *,
    report: Path | None = None,
    form: Path | None = None,
    known: Known | None = None,
    as_of: date | None = None,
    reviews: Iterable[ReviewIntake] = (),
    in_process: bool = False,
    proposer: Proposer | None = None,
    ocr: bool = False,
) -> Appraisal:
    """Score one unit from its report, its form, or both.

    Raises:
        SubmissionUnreadable: when a file cannot be read at all.
    """
    book = ruler.rulebook
    filled = None if form is None else read_submission(form, book)
    issues: list[Issue] = [] if filled is None else list(filled.issues)
    reading, drafted = None, None
    if report is not None:
        reading = read_report(
            report,
            book,
            framework=ruler.framework.id,
            in_process=in_process,
            proposer=proposer,
            ocr=ocr,
        )
        drafted = draft_submission(reading, book, _known(known, filled and filled.submission))
        issues += drafted.issues
        apart = differences(filled, reading, known or Known(), book)
        issues += apart
        if any(issue.severity is Severity.ERROR for issue in apart):
            return Appraisal(None, None, reading, tuple(issues))
    submission = None if filled is None else filled.submission
    if filled is not None and submission is None:
        return Appraisal(None, None, reading, tuple(issues))
    if drafted is not None and drafted.submission is not None:
        file = "" if report is None else report.name
        submission, more = _joined(filled, drafted.submission, ruler, known or Known(), file)
        issues += more
    if submission is None or any(issue.severity is Severity.ERROR for issue in issues):
        return Appraisal(None, submission, reading, tuple(issues))
    return _scored(
        submission, ruler, issues, as_of=as_of, reviews=list(reviews), read=(drafted, reading)
    )


def _scored(  # noqa: PLR0913 - a submission and all it is judged by
    submission: Submission,
    ruler: Ruler,
    issues: list[Issue],
    *,
    as_of: date | None,
    reviews: list[ReviewIntake],
    read: tuple[Drafted | None, Reading | None],
) -> Appraisal:
    """Score a sound submission, with what its report leaves to a person."""
    drafted, reading = read
    issues += [
        unmatched_issue(one, ruler.rulebook)
        for one in reviews
        if one.review is not None and not is_about(one.review, submission)
    ]
    review = review_of(submission, reviews)
    waiting: tuple[WaitingLine, ...] = ()
    if drafted is not None and reading is not None and drafted.waiting:
        plain = assess(submission, ruler, as_of=as_of, review=review)
        waiting = tuple(_waiting(drafted, reading, submission, ruler, plain, as_of))
    result = assess(submission, ruler, as_of=as_of, review=review, issues=issues, waiting=waiting)
    uses = None
    if reading is not None:
        uses = uses_of(reading, result, _items(ruler, result))
        result = result.model_copy(update={"report": report_of(reading, uses)})
    return Appraisal(result, submission, reading, tuple(issues), review=review, uses=uses)


def _items(ruler: Ruler, result: Assessment) -> dict[str, tuple[str, ...]]:
    """Return the items each scored part asks for."""
    plan = ruler.plan(result.entity, result.period.end, result.as_of)
    return {part.code: part.items for part in plan.parts}


def write_outputs(found: Appraisal, out: Path) -> list[Path]:
    """Write PDF, HTML, JSON and the marked report of an appraisal; return their paths."""
    result = found.assessment
    assert result is not None  # noqa: S101 - callers ask only after scoring
    stem = result_stem(result)
    paths = [out / f"{stem}{suffix}" for suffix in (".json", ".html", ".pdf")]
    write_text(paths[0], result_json(result))
    write_text(paths[1], render_html(result))
    write_bytes(paths[2], render_pdf(result).content)
    if found.reading is not None:
        paths.append(out / f"{stem}-阅读核对.html")
        labels = {one.location.item: one.location.label for one in result.issues}
        write_text(paths[-1], render_mark(found.reading, found.uses, labels))
    return paths


def _known(known: Known | None, form: Submission | None) -> Known:
    """Return what is known of the unit: the user's word, else the form's."""
    given = known or Known()
    if form is None:
        return given
    return Known(
        given.entity or form.entity.name,
        given.level or form.entity.level,
        given.regions or form.entity.regions,
        given.year or form.period.end.year,
    )


def _joined(
    filled: Intake | None, report: Submission, ruler: Ruler, known: Known, file: str
) -> tuple[Submission, list[Issue]]:
    book = ruler.rulebook
    if filled is None or filled.submission is None:
        return report, [placed(one, report) for one in check_submission(report, book, file)]
    merged = merge(filled.submission, report, book, filled.file, filled.places)
    told: dict[str, object] = {}
    if known.settles and known.entity:
        told["entity"] = report.entity
    if known.settles and known.year is not None:
        told["period"] = report.period
    return merged.submission.model_copy(update=told), list(merged.issues)


def _waiting(  # noqa: PLR0913 - a draft and all it is judged by
    drafted: Drafted,
    reading: Reading,
    submission: Submission,
    ruler: Ruler,
    plain: Assessment,
    as_of: date | None,
) -> Iterator[WaitingLine]:
    """Yield each waiting figure of a scored item with what accepting it alone would do."""
    answered = {a.item for a in submission.answers if a.value is not None}
    plan = ruler.plan(submission.entity, submission.period.end, plain.as_of)
    scored = {item for part in plan.parts for item in part.items}
    for figure in drafted.waiting:
        if figure.feeds not in scored or figure.feeds in answered:
            continue
        changed = _with(submission, answer_of(figure, reading))
        total = assess(changed, ruler, as_of=as_of).totals.total_points
        before = plain.totals.total_points
        yield WaitingLine(
            item=str(figure.feeds),
            label=ruler.rulebook.items[str(figure.feeds)].label,
            indicators=figure.indicators,
            quote=figure.quote,
            place=place_of(figure.block, figure.page),
            value=as_printed(figure, reading.document.text),
            reason=figure.reason,
            total_if_accepted=total,
            change=None if total is None or before is None else Decimal(total - before),
        )


def _with(submission: Submission, answer: Answer) -> Submission:
    kept = [one for one in submission.answers if one.item != answer.item]
    previous = next((one for one in submission.answers if one.item == answer.item), None)
    if previous is not None:
        fields = {
            name: value
            for name, value in answer
            if name in ("value", "numerator", "denominator") and value is not None
        }
        answer = previous.model_copy(update=fields)
    return submission.model_copy(update={"answers": (*kept, answer)})
