"""Measure the reading: sentences of our own, and the two real reports when ../shared is there.

`python tools/evaluate.py sentences FILE...` prints precision and recall of figures and links and
every miss; `python tools/evaluate.py gold` does so for the hand-checked reports.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from assessor.reading.figures import Facts, find_figures
from assessor.reading.lexicon import Lexicon, shipped_lexicon
from assessor.reading.reader import read_report
from assessor.reading.sections import Roles
from schemas.reading import Block, BlockKind, Figure, ReadDocument, Reading, SectionRole
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
        read = figures_of(row["text"], lexicon, _year_of(row["text"]))
        found = [figure for figure in read if "zero" not in figure.flags]
        for want in row["expect"]:
            counts["wanted"] += 1
            hit = next((f for f in found if _same_number(f, want)), None)
            label = wanted_label(want, row, lexicon)
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
            got = _base(hit.item_label) if hit.item else None
            counts["links_found"] += got is not None
            is_defended = got in want.get("also", ())
            if got is not None and (got == label or is_defended):
                counts["links_right"] += 1
                counts["links_wanted"] += label is None
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


def _base(label: str) -> str:
    """Return a printed name without the suffix of a change; the suffix of a share stays."""
    return re.sub(r"·同比(?:增幅|降幅|增量)$", "", label)


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


def wanted_label(want: dict[str, Any], row: dict[str, Any], lexicon: Lexicon) -> str | None:
    """Return the name a figure should be given; a part of a rate on its own is given none."""
    if want.get("label"):
        return str(want["label"])
    entry = lexicon.entry(want["entry"]) if want.get("entry") else None
    if entry is None or entry.distractor:
        return None
    mates = [lexicon.entry(other["entry"]) for other in row["expect"] if other.get("entry")]
    if entry.paired and not any(
        mate.item == entry.item and mate.role != entry.role for mate in mates
    ):
        return None
    return entry.label


def _say(show: bool, what: str, want: dict[str, Any], figure: Figure | None, text: str) -> None:
    if show:
        number = want.get("number") if want else figure and f"{figure.number_text}{figure.unit}"
        print(f"  [{what}] {number}: {text[:110]}")


REPORTS = {"002": "002-jiaxing-report-2021.txt", "004": "004-xinchang-report-2019.txt"}
PLANS = (
    "000-jiashan-outline-2021-2025.txt",
    "001-huzhou-plan-14th.txt",
    "003-district-scheme.txt",
)


class GoldResult(NamedTuple):
    """How the reading of the real documents compares with the hand-checked rows."""

    figures: Score
    links: Score
    misses: tuple[str, ...]
    wrongly_achieved: tuple[str, ...]
    """Figures of the plans taken as achieved, and gold rows of other kinds that were scored."""


def evaluate_gold(shared: Path, links: Path) -> GoldResult:
    """Compare the two real reports with the gold rows, and look for achieved figures in plans."""
    expected: Any = parse_yaml(links.read_text(encoding="utf-8")).value
    counts: Counter[str] = Counter()
    misses: list[str] = []
    for report, name in REPORTS.items():
        reading = read_report(shared / "sources" / name)
        rows = _gold_rows(shared / "gold" / f"{report}.jsonl")
        taken: dict[int, str] = {}
        for row in rows:
            index = _gold_figure(reading, row, taken)
            counts["wanted"] += 1
            if index is None:
                misses.append(f"{report} {row['#']} {row['phrase']}")
                continue
            taken[index] = row["#"]
            counts["right"] += 1
        counts["found"] += sum("zero" not in figure.flags for figure in reading.figures)
        wanted = expected[report]
        counts["links_wanted"] += len(wanted)
        for index, figure in enumerate(reading.figures):
            feeds = figure.feeds if figure.status.value == "achieved" else None
            if feeds is None or _is_gold_zero(figure, shared / "gold" / f"{report}.jsonl"):
                continue
            counts["links_found"] += 1
            if wanted.get(taken.get(index, "")) == feeds:
                counts["links_right"] += 1
            else:
                misses.append(f"{report} {feeds}: {figure.quote}")
    return GoldResult(
        Score(counts["right"], counts["found"], counts["wanted"]),
        Score(counts["links_right"], counts["links_found"], counts["links_wanted"]),
        tuple(misses),
        tuple(_achieved_in_plans(shared)),
    )


def _gold_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows that are figures of a report: dates, labels and names left out."""
    no_figure = ("日期", "版本", "名称", "次序", "小时", "-", "领域")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        row
        for row in rows
        if row["kind"] == "figure"
        and row["unit"] not in no_figure
        and re.match(r"[~≥]?\d", row["value"])
        and "per" not in row["value"]
        and "唯一" not in row["value"]
    ]


def _is_gold_zero(figure: Figure, path: Path) -> bool:
    """Return whether a zero statement is one of the gold statements that mean 0."""
    if "zero" not in figure.flags:
        return False
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return any("(=0)" in row.get("polarity", "") and row["phrase"] in figure.quote for row in rows)


def _gold_figure(reading: Reading, row: dict[str, str], taken: dict[int, str]) -> int | None:
    """Return the figure that stands in a row's phrase with its value and bound."""
    start = reading.document.text.find(row["phrase"])
    number = re.match(r"[~≥]?([\d.]+)", row["value"])
    if start < 0 or number is None:
        return None
    end = start + len(row["phrase"])
    bound = "approx" if row["value"].startswith("~") else "exact"
    bound = "at_least" if "+" in row["value"].rstrip("+1") + row["value"][-1:] else bound
    for index, figure in enumerate(reading.figures):
        inside = start - 3 <= figure.number_start and figure.number_end <= end + 3
        same = figure.value == Decimal(number.group(1))
        if index not in taken and inside and same:
            return index if bound in ("exact", figure.bound.value) else None
    return None


def _achieved_in_plans(shared: Path) -> Iterator[str]:
    for name in PLANS:
        for figure in read_report(shared / "sources" / name).figures:
            if figure.status.value == "achieved" or figure.confidence.value == "accepted":
                yield f"{name}: {figure.quote}"


def main() -> None:
    """Run the command line."""
    if sys.argv[1:2] == ["sentences"]:
        lexicon = shipped_lexicon()
        for name in sys.argv[2:]:
            for what, score in evaluate_sentences(Path(name), lexicon).items():
                print(score.line(f"{Path(name).name} {what}"))
        return
    if sys.argv[1:2] == ["gold"]:
        root = Path(__file__).resolve().parent.parent
        found = evaluate_gold(root.parent / "shared", root / "tests/reading/gold/links.yaml")
        print(found.figures.line("数字"))
        print(found.links.line("对应计分项"))
        print("\n".join(("未符合：", *found.misses, "规划中误作完成：", *found.wrongly_achieved)))
        return
    raise SystemExit(__doc__)


if __name__ == "__main__":
    main()
