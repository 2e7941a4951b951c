"""Files to assessments: every file gets an answer, a wrong file never stops the others."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from assessor.intake import read_submission
from assessor.intake.guard import shown_name
from assessor.intake.reviews import ReviewIntake, is_about, unmatched_issue
from schemas.base import Model
from schemas.errors import SubmissionUnreadable
from schemas.issue import Issue, IssueCode, Location, Severity
from schemas.result import Assessment
from schemas.submission import Review, Submission
from scoring import Ruler, assess
from scoring.checks import severities


class FileResult(Model):
    """What became of one file."""

    file: str
    assessment: Assessment | None = None
    """Null when an error blocks it."""
    issues: tuple[Issue, ...] = ()
    unreadable: str = ""
    """Why the file could not be read at all, and what to do."""

    @property
    def is_blocked(self) -> bool:
        """Whether the file got no assessment."""
        return self.assessment is None


class ScoreRun(Model):
    """What `assessor score --format json` prints."""

    schema_name: str = "score-run/1"
    results: tuple[FileResult, ...]
    review_issues: tuple[Issue, ...] = ()


class _Read(NamedTuple):
    file: str
    submission: Submission | None
    issues: tuple[Issue, ...]
    unreadable: str = ""


def assess_files(
    paths: Iterable[Path],
    ruler: Ruler,
    *,
    as_of: date | None = None,
    reviews: Iterable[ReviewIntake] = (),
) -> ScoreRun:
    """Read, check and score files.

    Args:
        paths: submission files; two of one entity and year block each other.
        ruler: the rules, the same for all.
        as_of: assessment day; default is the last day of each period.
        reviews: reviewers' entries; each must be about one of the submissions.
    """
    book, known = ruler.rulebook, list(reviews)
    read = _without_duplicates([_read(path, ruler) for path in paths], ruler)
    results = tuple(_assessed(one, ruler, as_of, known) for one in read)
    about = [one.submission for one in read if one.submission is not None]
    review_issues = [issue for one in known for issue in one.issues]
    review_issues += [
        unmatched_issue(one, book)
        for one in known
        if one.review is not None and not any(is_about(one.review, each) for each in about)
    ]
    return ScoreRun(results=results, review_issues=tuple(review_issues))


def _read(path: Path, ruler: Ruler) -> _Read:
    try:
        found = read_submission(path, ruler.rulebook)
    except SubmissionUnreadable as error:
        return _Read(shown_name(path), None, (), error.reason)
    return _Read(found.file, found.submission, found.issues)


def _without_duplicates(read: list[_Read], ruler: Ruler) -> list[_Read]:
    """Block every file whose entity and year another file claims too."""
    owners: dict[tuple[object, ...], list[_Read]] = {}
    for one in read:
        if one.submission is not None:
            key = (one.submission.entity.name, one.submission.period.end.year)
            owners.setdefault(key, []).append(one)
    doubled = {id(one): each for each in owners.values() if len(each) > 1 for one in each}
    return [_blocked(one, doubled[id(one)], ruler) if id(one) in doubled else one for one in read]


def _blocked(one: _Read, rivals: list[_Read], ruler: Ruler) -> _Read:
    assert one.submission is not None  # noqa: S101 - only read files have rivals
    issue = Issue(
        code=IssueCode.ENTITY_DUPLICATED,
        severity=severities(ruler.rulebook)[IssueCode.ENTITY_DUPLICATED],
        location=Location(file=one.file, place="entity"),
        found=f"{one.submission.entity.name} {one.submission.period.end.year}："
        + "、".join(rival.file for rival in rivals),
    )
    return _Read(one.file, None, (*one.issues, issue))


def _assessed(
    one: _Read, ruler: Ruler, as_of: date | None, reviews: list[ReviewIntake]
) -> FileResult:
    if one.submission is None or any(i.severity is Severity.ERROR for i in one.issues):
        return FileResult(file=one.file, issues=one.issues, unreadable=one.unreadable)
    review = review_of(one.submission, reviews)
    result = assess(one.submission, ruler, as_of=as_of, review=review, issues=one.issues)
    return FileResult(file=one.file, assessment=result, issues=one.issues)


def review_of(submission: Submission, reviews: list[ReviewIntake]) -> Review | None:
    """Return all entries about a submission as one review."""
    mine = [r.review for r in reviews if r.review is not None and is_about(r.review, submission)]
    if not mine:
        return None
    entries = tuple(entry for review in mine for entry in review.entries)
    return mine[0].model_copy(update={"entries": entries})
