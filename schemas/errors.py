"""Why we cannot go on. Wrong data in a submission is an Issue, never an exception.

AssessorError
  RuleFileError            rule files are wrong; carries every fault with file:line
  UnknownRule              a framework, weight set, target set or item that does not exist
  NoValueInForce           a target has no value on a day
  SubmissionUnreadable     an input file cannot be read as a submission
  RenderError              a page cannot be drawn faithfully (missing glyph, missing resource)
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class AssessorError(Exception):
    """Base of every error this product raises on purpose."""


class RuleFault(NamedTuple):
    """One fault in a rule file."""

    file: str
    line: int
    code: str
    """Stable fault code, e.g. `unknown-reference`."""
    message: str

    def __str__(self) -> str:
        """Print as `file:line: [code] message`."""
        return f"{self.file}:{self.line}: [{self.code}] {self.message}"


class RuleFileError(AssessorError):
    """Rule files are wrong; `faults` lists all of them."""

    def __init__(self, faults: tuple[RuleFault, ...]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


class UnknownRule(AssessorError):
    """A named rule does not exist; the message lists what does."""


class NoValueInForce(AssessorError):
    """A target has no value on a day; it never falls back to another day."""

    def __init__(self, target_id: str, day: date, nearest: tuple[date, ...]) -> None:
        self.target_id, self.day, self.nearest = target_id, day, nearest
        known = "、".join(d.isoformat() for d in nearest) or "无"
        super().__init__(f"目标 {target_id} 在 {day} 没有生效值（已知生效日：{known}）")


class SubmissionUnreadable(AssessorError):
    """An input file cannot be read; `reason` says what was found and what to do."""

    def __init__(self, path: str, code: str, reason: str) -> None:
        self.path, self.code, self.reason = path, code, reason
        super().__init__(f"{path}：{reason}")


class RenderError(AssessorError):
    """A page cannot be drawn faithfully."""
