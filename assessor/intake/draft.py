"""A submission as typed: plain values, and the place each of them stands at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assessor.intake.cells import clean_text
from schemas.issue import Issue, IssueCode, Location, Severity

Path = tuple[str | int, ...]


@dataclass
class Draft:
    """What a file holds before it is a `Submission`; issues are collected on the way."""

    file: str
    value: dict[str, object]
    places: dict[Path, str]
    severities: dict[IssueCode, Severity]
    issues: list[Issue] = field(default_factory=list)
    is_plain: bool = False
    """Whether it is known that no text holds a control character."""

    lines: Mapping[Path, int] = field(default_factory=dict)
    """Lines of a text file; other files give places instead."""

    def place(self, path: Path) -> str:
        """Return the place of a path (`表!F12`, `第7行`), or of its nearest ancestor."""
        while path and not self._known(path):
            path = path[:-1]
        return self._known(path)

    def _known(self, path: Path) -> str:
        if path in self.places:
            return self.places[path]
        return f"第{self.lines[path]}行" if path in self.lines else ""

    def report(
        self, code: IssueCode, path: Path, *, item: str = "", found: str = "", allowed: str = ""
    ) -> None:
        """Add an issue at a path."""
        self.issues.append(
            Issue(
                code=code,
                severity=self.severities[code],
                location=Location(file=self.file, place=clean_text(self.place(path))[0], item=item),
                found=clean_text(found)[0][:200],
                allowed=allowed,
            )
        )

    def is_reported(self, path: Path) -> bool:
        """Whether something was already said about exactly this path."""
        place = self._known(path)
        return bool(place) and any(one.location.place == place for one in self.issues)

    @property
    def is_blocked(self) -> bool:
        """Whether any issue forbids scoring."""
        return any(issue.severity is Severity.ERROR for issue in self.issues)
