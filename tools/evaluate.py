"""Measure the reading: sentences of our own, and the two real reports when ../shared is there.

`python tools/evaluate.py sentences FILE...` prints precision and recall of figures and links and
every miss; `python tools/evaluate.py gold` does so for the hand-checked reports.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from assessor.reading.figures import Facts, find_figures
from assessor.reading.lexicon import Lexicon, shipped_lexicon
from assessor.reading.sections import Roles
from schemas.reading import Block, BlockKind, Figure, ReadDocument, SectionRole
from scoring.yaml_strict import parse_yaml

YEAR = 2024


class Score(NamedTuple):
    """Counts of one comparison."""

    right: int
    found: int
    wanted: int

    def line(self, name: str) -> str:
        """Return precision and recall as text."""
        precision = self.right / self.found if self.found else 1
        recall = self.right / self.wanted if self.wanted else 1
        counts = f"({self.right}/{self.found}/{self.wanted})"
        return f"{name}　精确率 {precision:.4f}　召回率 {recall:.4f}　{counts}"


def document_of(text: str, file: str = "sentence") -> ReadDocument:
    """Return a document of one paragraph."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    block = Block(index=0, kind=BlockKind.PARAGRAPH, start=0, end=len(text))
    return ReadDocument(text=text + "\n", sha256=digest, format="txt", file=file, blocks=(block,))


def figures_of(text: str, lexicon: Lexicon, year: int = YEAR) -> tuple[Figure, ...]:
    """Return the figures of one paragraph of results."""
    roles = Roles((), (SectionRole.RESULTS,), ("",))
    return find_figures(document_of(text), roles, lexicon, Facts(year, None, False), {}).figures


def evaluate_sentences(path: Path, lexicon: Lexicon, *, show: bool = True) -> dict[str, Score]:
    """Compare a file of sentences with what is read in them."""
    rows: Any = parse_yaml(path.read_text(encoding="utf-8")).value
    rows = rows["sentences"] if isinstance(rows, dict) else rows
    counts: Counter[str] = Counter()
    for row in rows:
        found = list(figures_of(row["text"], lexicon, _year_of(row["text"])))
        for want in row["expect"]:
            counts["wanted"] += 1
            hit = next((f for f in found if _same_number(f, want)), None)
            label = _wanted_label(want, lexicon)
            counts["links_wanted"] += label is not None
            if hit is None:
                _say(show, "数字漏", want, None, row["text"])
                continue
            found.remove(hit)
            counts["right"] += 1
            status = want.get("status", "achieved")
            counts["status_right"] += hit.status.value == status
            if hit.status.value != status:
                _say(show, f"性质 {hit.status.value}≠{status}", want, hit, row["text"])
            got = lexicon.label(hit.item) if hit.item else None
            counts["links_found"] += got is not None
            if got == label and got is not None:
                counts["links_right"] += 1
            elif got != label:
                _say(show, f"对应 {got}≠{label}", want, hit, row["text"])
        counts["extra"] += len(found)
        for figure in found:
            _say(show, "数字多", {}, figure, row["text"])
            counts["links_found"] += figure.item is not None
    return {
        "数字": Score(counts["right"], counts["right"] + counts["extra"], counts["wanted"]),
        "性质": Score(counts["status_right"], counts["right"], counts["right"]),
        "对应": Score(counts["links_right"], counts["links_found"], counts["links_wanted"]),
    }


def _year_of(text: str) -> int:
    """Return the first year a sentence names: the report it might stand in is of that year."""
    years = re.findall(r"20[0-3]\d(?=年)", text)
    return int(years[0]) if years else YEAR


def _same_number(figure: Figure, want: dict[str, Any]) -> bool:
    number = re.sub(r"[,余多第]", "", str(want["number"]))
    printed = re.sub(r"[,余多第]", "", figure.number_text)
    if number in (printed, printed.rstrip("万亿")):
        return True
    try:
        return figure.value == Decimal(number)
    except ArithmeticError:
        return False


def _wanted_label(want: dict[str, Any], lexicon: Lexicon) -> str | None:
    if want.get("label"):
        return str(want["label"])
    return lexicon.label(want["entry"]) if want.get("entry") else None


def _say(show: bool, what: str, want: dict[str, Any], figure: Figure | None, text: str) -> None:
    if show:
        number = want.get("number") if want else figure and f"{figure.number_text}{figure.unit}"
        print(f"  [{what}] {number}: {text[:110]}")


def main() -> None:
    """Run the command line."""
    if sys.argv[1:2] == ["sentences"]:
        lexicon = shipped_lexicon()
        for name in sys.argv[2:]:
            for what, score in evaluate_sentences(Path(name), lexicon).items():
                print(score.line(f"{Path(name).name} {what}"))
        return
    raise SystemExit(__doc__)


if __name__ == "__main__":
    main()
