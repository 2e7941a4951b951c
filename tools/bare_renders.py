"""Draw pages with WeasyPrint alone, for comparison: the HTML of a batch, nothing around it.

`python tools/bare_renders.py OUT 0 2` draws every second scorecard of a batch's output folder,
from the first on, and the city's 通报 with the last share; it prints one JSON line
{"scorecards": [[wall, cpu], …], "city": [[wall, cpu]]} in seconds. The HTML strings, stylesheets
and options are those of the product; result JSON, attachment, files and everything else are left
out. The process is warm: a page is drawn before the clock runs. `--held` holds the garbage
collector back as the workers of a batch do, else it runs as Python ships it.
"""

from __future__ import annotations

import argparse
import gc
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import weasyprint

from assessor.city.rendering import bare_city_html
from assessor.render import PAPER_CSS, bare_html
from assessor.resources import template_root
from schemas.manifest import Manifest
from schemas.result import Assessment

VARIANT = "pdf/ua-1"


class Took(NamedTuple):
    """What a render took, in seconds."""

    wall: float
    cpu: float


class Bare(NamedTuple):
    """The bare renders, one for each page file."""

    scorecards: list[Took]
    city: list[Took]


def drawer(*names: str) -> Callable[[str], Took]:
    """Return what draws a page with some of our stylesheets and tells what it took."""
    sheets = [weasyprint.CSS(filename=str(template_root() / name)) for name in names]

    def draw(html: str) -> Took:
        begin, cpu = time.perf_counter(), time.process_time()
        document = weasyprint.HTML(string=html).render(stylesheets=sheets, pdf_variant=VARIANT)
        document.write_pdf(pdf_variant=VARIANT, pdf_tags=True)
        return Took(time.perf_counter() - begin, time.process_time() - cpu)

    return draw


def pages_of(out: Path) -> list[Path]:
    """Return the result of every unit of a batch, in order of the names."""
    return sorted(path.with_suffix(".json") for path in out.glob("*/*.pdf"))


def share(out: Path, first: int, step: int, *, is_held: bool) -> Bare:
    """Draw a share of the pages of a batch."""
    scorecard, notice = drawer(PAPER_CSS), drawer(PAPER_CSS, "city/city.css")
    results = pages_of(out)
    htmls = [_scorecard_html(path) for path in results[first::step]]
    scorecard(_scorecard_html(results[0]))
    gc.collect()
    if is_held:
        gc.freeze()
        gc.set_threshold(100_000)
    scorecards = [scorecard(html) for html in htmls]
    if first + 1 < step:
        return Bare(scorecards, [])
    manifest = Manifest.model_validate_json((out / "manifest.json").read_bytes())
    return Bare(scorecards, [notice(bare_city_html(manifest))])


def _scorecard_html(path: Path) -> str:
    return bare_html(Assessment.model_validate_json(path.read_bytes()))


def bare_renders(out: Path, jobs: int, *, is_held: bool = False) -> Bare:
    """Draw all pages of a batch in as many processes at once as drew them in the batch."""
    words: list[Any] = [sys.executable, __file__, out]
    more = ["--held"] if is_held else []
    running = [
        subprocess.Popen([*words, str(first), str(jobs), *more], stdout=subprocess.PIPE)
        for first in range(jobs)
    ]
    shares = [json.loads(one.communicate()[0]) for one in running]
    return Bare(
        [Took(*one) for share in shares for one in share["scorecards"]],
        [Took(*one) for share in shares for one in share["city"]],
    )


def main() -> None:
    """Draw a share from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("first", type=int)
    parser.add_argument("step", type=int)
    parser.add_argument("--held", action="store_true")
    given = parser.parse_args()
    found = share(given.out, given.first, given.step, is_held=given.held)
    print(json.dumps(found._asdict()))


if __name__ == "__main__":
    main()
