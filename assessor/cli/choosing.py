"""From options to a rulebook, a ruler and a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

if TYPE_CHECKING:
    from assessor.intake.reviews import ReviewIntake
    from scoring import Rulebook, Ruler


class RuleOptions(NamedTuple):
    """The rule options as typed."""

    framework: str
    weights: str
    targets: Sequence[str] | None
    policy: str | None
    blend: str
    rules: Sequence[Path] | None


def rulebook_of(extra: Sequence[Path] | None) -> Rulebook:
    """Return the shipped rules, or those with the user's own files linted and added.

    Raises:
        RuleFileError: when the user's files are wrong; all faults at once.
    """
    from scoring import read_library, shipped_rulebook  # noqa: PLC0415 - --help must not wait
    from scoring.lint import checked_rulebook  # noqa: PLC0415

    if not extra:
        return shipped_rulebook()
    for path in extra:
        if not path.exists():
            raise typer.BadParameter(f"没有文件或目录 {path}", param_hint="--rules")
    return checked_rulebook(read_library(extra))


def ruler_of(options: RuleOptions) -> Ruler:
    """Return the ruler the options ask for.

    Raises:
        UnknownRule: when a name does not exist.
    """
    from scoring import Choice, make_ruler  # noqa: PLC0415 - --help must not wait

    choice = Choice(
        framework=options.framework,
        weights=options.weights,
        targets=tuple(options.targets or ()),
        policy=options.policy,
        blend=options.blend,
    )
    return make_ruler(rulebook_of(options.rules), choice)


def reviews_of(paths: Sequence[Path] | None, ruler: Ruler) -> list[ReviewIntake]:
    """Return the review files read.

    Raises:
        SubmissionUnreadable: when one cannot be read at all.
    """
    from assessor.intake.reviews import read_review  # noqa: PLC0415 - --help must not wait

    return [
        read_review(path, ruler.rulebook, ruler.framework, ruler.scheme) for path in paths or ()
    ]


def day_of(text: str | None, option: str) -> date | None:
    """Return a day typed as YYYY-MM-DD."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(
            f"“{text}”不是日期，应写成 2025-12-31", param_hint=option
        ) from None
