"""The same manifest gives the same bytes: twice, in another process, zone and hash order."""

from __future__ import annotations

import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from assessor.city.rendering import manifest_json, render_city_html, render_city_pdf
from schemas.manifest import FileHash, Timing

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
_SCRIPT = """
import sys
from pathlib import Path
from assessor.city.rendering import render_city_pdf
from schemas.manifest import Manifest
manifest = Manifest.model_validate_json(Path(sys.argv[1]).read_text(encoding="utf-8"))
Path(sys.argv[2]).write_bytes(render_city_pdf(manifest).content)
"""


def test_wall_times_and_hashes_of_outputs_change_no_byte(manifests, pdfs):
    """A page drawn again from the manifest on disk, which lists the page, is the same page."""
    manifest = manifests("one")
    later = manifest.model_copy(
        update={
            "timings": (Timing(step="score", seconds=Decimal("99.999")),),
            "outputs": (FileHash(name="通报.pdf", role="pdf", sha256="12" * 32),),
        }
    )

    assert render_city_pdf(later).content == pdfs("one").content
    assert render_city_html(later) == render_city_html(manifest)


def test_other_process_zone_and_hash_seed_give_the_same_pdf(tmp_path, manifests, pdfs):
    source, target = tmp_path / "manifest.json", tmp_path / "city.pdf"
    source.write_text(manifest_json(manifests("one")), encoding="utf-8")
    subprocess.run(
        [sys.executable, "-c", _SCRIPT, str(source), str(target)],
        check=True,
        cwd=ROOT,
        env=os.environ
        | {"TZ": "America/Los_Angeles", "PYTHONHASHSEED": "4242", "LC_ALL": "C", "PYTHONUTF8": "1"},
    )

    assert target.read_bytes() == pdfs("one").content
