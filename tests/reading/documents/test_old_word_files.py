"""Old Word, WPS and RTF files go through LibreOffice; here a stand-in plays its part."""

from __future__ import annotations

import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from assessor.reading.documents import read_document_bytes
from assessor.reading.documents.legacy import to_docx
from schemas.errors import SubmissionUnreadable

SAMPLE = Path(__file__).resolve().parents[3] / "samples" / "reports" / "新昌县2019.docx"
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le")
SCRIPT = """#!{python}
import pathlib, shutil, sys, time
arguments = sys.argv[1:]
log = pathlib.Path({log!r})
with log.open("a") as file:
    file.write(" ".join(arguments) + "\\n")
{body}
target = pathlib.Path(arguments[arguments.index("--outdir") + 1])
target.mkdir()
shutil.copy({made!r}, target / "in.docx")
"""


@pytest.fixture
def office(tmp_path, make, monkeypatch):
    """Put a stand-in for LibreOffice on the path; returns its log and a way to change it."""
    made = tmp_path / "made.docx"
    deleted = '<w:del w:id="1"><w:r><w:delText>600</w:delText></w:r></w:del>'
    inserted = '<w:ins w:id="2"><w:r><w:t>704</w:t></w:r></w:ins>'
    made.write_bytes(
        make.docx(
            f"<w:p><w:r><w:t>审结</w:t></w:r>{deleted}{inserted}<w:r><w:t>件</w:t></w:r></w:p>"
        )
    )
    log, program = tmp_path / "log", tmp_path / "bin" / "soffice"
    program.parent.mkdir()

    def write(body: str = "") -> None:
        text = SCRIPT.format(python=sys.executable, log=str(log), made=str(made), body=body)
        program.write_text(text, encoding="utf-8")
        program.chmod(program.stat().st_mode | stat.S_IEXEC)

    write()
    monkeypatch.setenv("PATH", str(program.parent))
    return log, write


@pytest.mark.slow
@pytest.mark.parametrize(
    "case",
    [
        ("报告.doc", OLD, "doc", "in.doc"),
        ("报告.wps", OLD, "wps", "in.wps"),
        ("报告.rtf", b"{\\rtf1\\ansi x}", "doc", "in.rtf"),
    ],
)
def test_t6_old_formats_are_read_through_the_converter(case, office, read, texts):
    name, content, kind, suffix = case
    intake = read(content, name)

    assert texts(intake.document) == ["审结704件"]
    assert (intake.document.format, intake.issues[0].found) == (kind, "修订")
    assert office[0].read_text(encoding="utf-8").rstrip().endswith(suffix)


@pytest.mark.slow
def test_t2_every_conversion_has_its_own_profile_and_folder(office, read):
    for _ in range(2):
        read(OLD, "报告.doc")
    lines = office[0].read_text(encoding="utf-8").splitlines()
    profiles = {line.split()[0] for line in lines}

    assert len(profiles) == 2
    assert all(one.startswith("-env:UserInstallation=file:///") for one in profiles)


@pytest.mark.slow
def test_t2_conversion_that_hangs_is_stopped(office):
    office[1]("time.sleep(30)")

    with pytest.raises(SubmissionUnreadable, match=r"转换超过 0\.2 秒"):
        to_docx(OLD, "报告.doc", ".doc", time_limit=0.2)


@pytest.mark.slow
def test_conversion_that_fails_is_refused(office, read):
    office[1]("sys.exit(1)")

    with pytest.raises(SubmissionUnreadable, match=r"转换失败（.*Writer.*；请用 WPS 或 Word"):
        read(OLD, "报告.doc")


def test_without_converter_the_message_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(SubmissionUnreadable, match=r"没有 LibreOffice.*另存为 \.docx") as refusal:
        read_document_bytes(OLD, "报告.doc")

    assert refusal.value.code == "legacy"


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed here")
@pytest.mark.parametrize("suffix", ["doc", "wps", "rtf"])
def test_a_real_conversion_gives_the_text_of_the_word_file(suffix, tmp_path, read):
    """The sample is turned into an old format by LibreOffice itself, then read back."""
    source = SAMPLE.read_bytes()
    (tmp_path / "报告.docx").write_bytes(source)
    target = "rtf" if suffix == "rtf" else "doc"
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", target, "--outdir", str(tmp_path), str(tmp_path / "报告.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    made = tmp_path / f"报告.{target}"
    if not made.is_file():
        pytest.skip("LibreOffice is installed without Writer")
    old = made.read_bytes()

    text = read(old, f"报告.{suffix}").document.text

    assert text == read(source, "报告.docx").document.text
