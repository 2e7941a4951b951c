"""A reviewer's entries from a YAML or JSON file, matched to one entity and year."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from assessor.intake.forms import cleaned, report_form
from assessor.intake.guard import decode, read_bytes, shown_name
from assessor.intake.text_files import read_json, read_yaml
from schemas.errors import SubmissionUnreadable
from schemas.framework import Framework, Scheme
from schemas.issue import Issue, IssueCode, Location
from schemas.rules import items_of
from schemas.submission import Review, ReviewEntry, Submission
from scoring.checks import severities
from scoring.rulebook import Rulebook


class ReviewIntake(NamedTuple):
    """A review file read: the review unless it is malformed, and every issue found."""

    file: str
    review: Review | None
    issues: tuple[Issue, ...]


def read_review(path: Path, book: Rulebook, framework: Framework, scheme: Scheme) -> ReviewIntake:
    """Read a review file and check its codes against the rules.

    Raises:
        SubmissionUnreadable: when the file is not YAML or JSON of the right shape.
    """
    name = shown_name(path)
    text = decode(read_bytes(path), name)
    suffix, grave = path.suffix.lower(), severities(book)
    if suffix == ".json":
        draft = read_json(text, name, grave)
    elif suffix in (".yaml", ".yml"):
        draft = read_yaml(text, name, grave)
    else:
        raise SubmissionUnreadable(name, "type", "评审意见应为 .yaml 或 .json 文件")
    try:
        review = Review.model_validate(cleaned(draft, draft.value))
    except ValidationError as error:
        report_form(draft, error)
        return ReviewIntake(name, None, tuple(draft.issues))
    known = _known_codes(framework, scheme)
    for index, entry in enumerate(review.entries):
        if entry.code not in known[entry.kind]:
            allowed = "、".join(sorted(known[entry.kind])) or "（无）"
            draft.report(
                IssueCode.REVIEW_UNKNOWN_CODE,
                ("entries", index, "code"),
                found=entry.code,
                allowed=allowed[:200],
            )
        if _lacks_score(entry):
            draft.report(
                IssueCode.FIELD_MISSING, ("entries", index), found="score", allowed="0～100"
            )
    blocked = draft.is_blocked
    return ReviewIntake(name, None if blocked else review, tuple(draft.issues))


def is_about(review: Review, submission: Submission) -> bool:
    """Return whether a review is about a submission: same name, same period."""
    return review.entity == submission.entity.name and review.period == submission.period


def unmatched_issue(one: ReviewIntake, book: Rulebook) -> Issue:
    """Return the issue of a review that fits none of the submissions."""
    review = one.review
    found = "" if review is None else f"{review.entity} {review.period.end.year}"
    return Issue(
        code=IssueCode.REVIEW_OTHER_ENTITY,
        severity=severities(book)[IssueCode.REVIEW_OTHER_ENTITY],
        location=Location(file=one.file, place="entity"),
        found=found,
    )


def _known_codes(framework: Framework, scheme: Scheme) -> dict[str, set[str]]:
    items: dict[str, set[str]] = {"expert": set(), "other": set()}
    for node in framework.nodes:
        for part in node.scored_parts if node.is_indicator else ():
            key = "expert" if part.rule.kind == "expert" else "other"
            items[key].update(items_of(part.rule))
    return {
        "veto": {veto.code for veto in scheme.vetoes},
        "bonus": {bonus.code for bonus in scheme.bonuses},
        "confirm_claim": items["other"],
        "expert_score": items["expert"],
        "outside_score": {
            part.id for blend in scheme.blends for part in blend.parts if part.id != "report"
        },
    }


def _lacks_score(entry: ReviewEntry) -> bool:
    return entry.kind in ("expert_score", "outside_score") and entry.score is None
