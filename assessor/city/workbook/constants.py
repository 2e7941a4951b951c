"""复算参数: what the formulas of the recalculation look up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from assessor import messages
from assessor.city.workbook.formulas import Rules
from assessor.city.workbook.sheet import Book, Column, number, text
from assessor.city.workbook.words import KINDS, MEANINGS
from schemas.outcome import Outcome, PolicyAction, Reason
from schemas.result import UsedRules

TITLE = "复算参数"
BLOCKED = messages.ACTIONS[PolicyAction.BLOCK]
OUTCOME_KEY, REASON_KEY = "结论|", "原因|"
_WIDTHS = (34, 22, 22, 40, 46)


class PolicyCells(NamedTuple):
    """Where a policy's settings stand."""

    table: str
    """Range of outcome or reason and what is done with it."""
    silent: str
    """What is done with silence."""
    floor: str
    claim: str


class BandCells(NamedTuple):
    """Where the grades stand, worst first."""

    minimums: str
    grades: str


class Constants:
    """The sheet of constants, filled as policies turn up."""

    def __init__(self, book: Book, rules: Rules) -> None:
        """Open the sheet."""
        self._rules, self._styles = rules, book.styles
        self._policies: dict[str, PolicyCells] = {}
        self._bands: BandCells | None = None
        self.sheet = book.sheet(TITLE, tuple(Column("", w) for w in _WIDTHS))
        self.sheet.open("复算参数：未得分结论的处理、等次线和各规则的公式")

    def policy(self, used: UsedRules) -> PolicyCells:
        """Return where a policy's settings stand; write them when it is new."""
        if used.policy not in self._policies:
            self._policies[used.policy] = self._write_policy(used)
        return self._policies[used.policy]

    def _write_policy(self, used: UsedRules) -> PolicyCells:
        sheet, styles = self.sheet, self._styles
        self._heading(f"未得分结论的处理：{used.policy_label}")
        first, silent = sheet.rows + 1, {}
        for code, label, action in _settings(used):
            at = sheet.add(
                [text(label, styles.text), text(messages.ACTIONS[action], styles.given_text)]
            )
            silent[code] = f"{sheet.name}!$B${at}"
        table = f"{sheet.name}!$A${first}:$B${sheet.rows}"
        policy = self._rules.policies.get(used.policy)
        floor = None if policy is None else policy.floor
        claim = None if policy is None else policy.claim_rate
        rows = (("保底得分百分比", floor), ("表述未经复核的得分百分比", claim))
        rates = [
            sheet.add([text(label, styles.text), number(value, styles.given)])
            for label, value in rows
        ]
        unknown = silent.get(Outcome.NOT_REPORTED.value, f'"{BLOCKED}"')
        return PolicyCells(
            table,
            silent.get(Reason.SILENT.value, unknown),
            *(f"{sheet.name}!$B${row}" for row in rates),
        )

    def bands(self, used: UsedRules) -> BandCells:
        """Return where the grades stand; write them once."""
        if self._bands is None:
            self._heading("等次线（满分的百分比，含本数）")
            sheet, first = self.sheet, self.sheet.rows + 1
            for grade, minimum in reversed(used.bands):
                sheet.add(
                    [number(minimum, self._styles.given), text(grade, self._styles.given_text)]
                )
            self._bands = BandCells(
                *(f"{sheet.name}!${letter}${first}:${letter}${sheet.rows}" for letter in "AB")
            )
        return self._bands

    def finish(self) -> None:
        """Write what the columns of the recalculation mean."""
        self._heading("各栏含义与公式")
        titles = ("计分规则", "报出值一栏", "对照值一栏", "零分点与参数", "规则得分率")
        self.sheet.add([text(title, self._styles.head) for title in titles])
        for kind, *meanings in MEANINGS:
            texts = (KINDS[kind], *meanings)
            self.sheet.add([text(one, self._styles.text) for one in texts])

    def _heading(self, words: str) -> None:
        self.sheet.add([])
        self.sheet.add([text(words, self._styles.strong)])


def _settings(used: UsedRules) -> Iterator[tuple[str, str, PolicyAction]]:
    """Yield code, key of the look-up and action of every row of a policy."""
    outcomes = {one.value for one in Outcome}
    for code, action in used.actions:
        if code in outcomes:
            yield code, OUTCOME_KEY + messages.OUTCOMES[Outcome(code)], action
        else:
            yield code, REASON_KEY + messages.REASONS[Reason(code)], action
