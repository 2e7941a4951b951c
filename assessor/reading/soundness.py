"""One figure that cannot stand never stops the report: it is left out, and said so."""

from __future__ import annotations

from typing import NamedTuple

from schemas.issue import Issue, IssueCode, Severity
from schemas.submission import Submission
from scoring.checks import check_submission
from scoring.rulebook import Rulebook

_OF_THE_WHOLE = frozenset((IssueCode.YEAR_MISMATCH,))
"""Errors that put the document in doubt, not one figure."""


class Sound(NamedTuple):
    """A submission without the answers that cannot stand."""

    submission: Submission
    issues: tuple[Issue, ...]
    """Why each of them was left out."""


def sound(submission: Submission, book: Rulebook, file: str) -> Sound:
    """Leave out every answer drawn from a report that an error would block."""
    issues: list[Issue] = []
    while True:
        wrong = [
            one
            for one in check_submission(submission, book, file)
            if one.severity is Severity.ERROR and one.code not in _OF_THE_WHOLE
        ]
        if not wrong:
            return Sound(submission, tuple(issues))
        issues += [placed(one, submission, Severity.WARNING) for one in wrong]
        items = {item for one in wrong for item in (one.location.item, *_partners(one, book))}
        kept = tuple(one for one in submission.answers if one.item not in items)
        submission = submission.model_copy(update={"answers": kept})


def _partners(issue: Issue, book: Rulebook) -> tuple[str, ...]:
    """Return what an item was held against: of two that exclude each other neither counts."""
    if issue.code is not IssueCode.CUMULATIVE_BELOW_YEARLY:
        return ()
    item = issue.location.item
    return tuple(pair.smaller for pair in book.checks.at_least if pair.larger == item)


def placed(issue: Issue, submission: Submission, severity: Severity | None = None) -> Issue:
    """Return a finding about a drafted answer with the place in the report it was read at."""
    answer = next((a for a in submission.answers if a.item == issue.location.item), None)
    place = answer.evidence[0].locator if answer is not None and answer.evidence else ""
    location = issue.location.model_copy(update={"place": place or issue.location.place})
    found = issue.found
    if answer is not None and answer.evidence and answer.evidence[0].quote and severity is not None:
        found = f"{issue.found}（{answer.evidence[0].quote[:60]}），不采用"
    return issue.model_copy(
        update={"location": location, "severity": severity or issue.severity, "found": found}
    )
