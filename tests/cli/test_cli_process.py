"""The program as a process: pipes, signals, locales, closed streams."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess

import pytest

pytestmark = pytest.mark.slow


def test_module_and_exit_code_of_a_run(process, good):
    ran = process("score", good)

    assert ran.code == 0
    assert ran.out.startswith("云栖县　2024年度")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["score", "无.yaml"], 4), (["nope"], 2), (["check", "samples/bad/07-超出范围.yaml"], 1)],
)
def test_exit_code_reaches_the_shell(process, arguments, code):
    assert process(*arguments).code == code


@pytest.mark.parametrize("variables", [{"LC_ALL": "C"}, {"LC_ALL": "POSIX", "PYTHONUTF8": "0"}])
def test_chinese_survives_a_plain_locale(process, good, tmp_path, variables):
    path = tmp_path / "云栖 县（终稿）.yaml"
    shutil.copy(good, path)

    ran = process("score", path, "--format", "json", **variables)

    assert ran.code == 0
    assert json.loads(ran.out)["results"][0]["file"] == "云栖 县（终稿）.yaml"


def test_locale_that_knows_no_chinese_at_all(process, good, tmp_path):
    variables = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    path = tmp_path / "云栖 县.yaml"
    shutil.copy(good, path)

    printed = process("score", path, "--format", "json", **variables)
    written = process("score", path, "-o", tmp_path / "out", **variables)

    assert json.loads(printed.out)["results"][0]["file"] == "云栖 县.yaml"
    assert written.code in (0, 1)
    assert written.code == 0 or "PYTHONUTF8=1" in written.err


def test_file_name_that_is_no_text_is_read_and_shown(command, good, tmp_path):
    path = os.fsencode(tmp_path) + b"/\xb4\xed.yaml"
    shutil.copy(good, path)

    done = subprocess.run(
        [*command("score", "--format", "json"), path], capture_output=True, check=True, timeout=60
    )

    assert json.loads(done.stdout)["results"][0]["file"].endswith(".yaml")


@pytest.mark.parametrize("arguments", [["schema"], ["frameworks", "--format", "json"], ["targets"]])
def test_reader_who_hangs_up_early_is_no_error(command, arguments):
    done = subprocess.run(
        ["bash", "-c", '"$@" | head -1; exit ${PIPESTATUS[0]}', "-", *command(*arguments)],
        capture_output=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 0
    assert done.stderr.decode().count("Error") == 0
    assert len(done.stdout.splitlines()) == 1


def test_full_device_is_an_error_in_chinese(command, good):
    done = subprocess.run(
        ["bash", "-c", '"$@" > /dev/full', "-", *command("score", good)],
        capture_output=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 1
    assert "磁盘已满" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_messages_never_land_on_stdout_when_stderr_is_closed(command, bad):
    done = subprocess.run(
        ["bash", "-c", '"$@" 2>&-', "-", *command("score", bad)],
        stdout=subprocess.PIPE,
        timeout=60,
        check=False,
    )

    assert (done.returncode, done.stdout) == (1, b"")


def test_interrupt_stops_a_running_command_with_130(command, samples, tmp_path):
    paths = sorted(samples.glob("*20*.yaml"))
    with subprocess.Popen(
        command("report", *paths, "-o", tmp_path / "出单"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        first = running.stdout.readline()
        running.send_signal(signal.SIGINT)
        _, err = running.communicate(timeout=60)

    assert first.decode().strip().endswith(".pdf")
    assert running.returncode == 130
    assert err.decode().endswith("已中断。\n")
    assert not [one for one in (tmp_path / "出单").iterdir() if one.name.startswith(".")]
