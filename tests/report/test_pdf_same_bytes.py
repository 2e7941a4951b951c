"""The same result gives the same bytes: twice, in another process, zone and hash order."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assessor.render import ATTACHMENT, render_html, render_pdf

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "云栖县2024.yaml"


def _run(*arguments: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "assessor", *arguments],
        capture_output=True,
        encoding="utf-8",
        check=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONUTF8": "1"} | environment,
    )
    return done.stdout


def test_same_result_gives_the_same_pdf_twice(assessments, pdfs):
    assert render_pdf(assessments("core")).content == pdfs("core").content


def test_same_result_gives_the_same_browser_page_twice(assessments):
    assert render_html(assessments("core")) == render_html(assessments("core"))


def test_other_process_zone_and_hash_seed_give_the_same_pdf(tmp_path, pdfs):
    _run(
        "report", str(SAMPLE), "-o", str(tmp_path),
        TZ="America/Los_Angeles", PYTHONHASHSEED="4242", LC_ALL="C",
    )  # fmt: skip

    assert (tmp_path / f"{SAMPLE.stem}.pdf").read_bytes() == pdfs("sample").content


def test_embedded_result_is_what_the_command_prints(readers):
    printed = json.loads(_run("score", str(SAMPLE), "--format", "json", TZ="Asia/Shanghai"))
    embedded = json.loads(readers("sample").attachments[ATTACHMENT][0])

    assert printed["results"][0]["assessment"] == embedded
