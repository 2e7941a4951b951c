"""Options and environment: what is refused before anything is sent, and in which words."""

from __future__ import annotations

import sys
import traceback

import pytest

from assessor.cli import run
from assessor.reading.proposals import KEY_VARIABLE, ModelSettingsError, model_proposer
from assessor.reading.proposals.settings import settings_from

URL = "http://model.invalid/v1"


def test_no_options_mean_no_model_whatever_the_environment_holds():
    assert model_proposer("", "", {KEY_VARIABLE: "sk-1"}) is None


@pytest.mark.parametrize(("url", "name"), [(URL, ""), ("", "qwen")])
def test_address_and_name_come_together(url, name):
    with pytest.raises(ModelSettingsError, match="须同时给出"):
        model_proposer(url, name, {})


@pytest.mark.parametrize(
    "url",
    [
        "model.invalid/v1",
        "ftp://model.invalid/v1",
        "file:///etc/passwd",
        "http://",
        "http:///v1",
        "http://name:word@model.invalid/v1",
        "http://model.invalid/v1?key=1",
        "http://model.invalid/v1#a",
        "http://model.invalid:99999/v1",
        "http://model.invalid:x/v1",
        "http://[::1/v1",
        "http://model.invalid/v 1",
        "http://model.invalid/v1\r\nX: 1",
        "http://模型/v1",
    ],
)
def test_unusable_address_is_refused_without_repeating_it(url):
    with pytest.raises(ModelSettingsError, match="--model-url 应是 http") as caught:
        settings_from(url, "qwen", {})

    assert "word" not in str(caught.value)


@pytest.mark.parametrize("name", ["a b", "a\n", "名" * 121, "x;y"])
def test_unusable_model_name_is_refused(name):
    with pytest.raises(ModelSettingsError, match="--model-name 只能含"):
        settings_from(URL, name, {})


@pytest.mark.parametrize("key", ["sk-秘密", "sk-a b", "sk-a\r\nX-Other: 1", "k" * 4097])
def test_key_unfit_for_a_header_is_refused_without_showing_it(key):
    with pytest.raises(ModelSettingsError, match=f"环境变量 {KEY_VARIABLE}") as caught:
        settings_from(URL, "qwen", {KEY_VARIABLE: key})

    assert key not in "".join(traceback.format_exception(caught.value))


def test_missing_component_is_told_with_the_way_to_install_it(monkeypatch):
    monkeypatch.delitem(sys.modules, "assessor.reading.proposals.client", raising=False)
    monkeypatch.setitem(sys.modules, "httpx", None)

    with pytest.raises(ModelSettingsError, match=r"pip install 'fazhi-report-assessor\[model\]'"):
        model_proposer(URL, "qwen", {})


@pytest.mark.parametrize("command", ["read", "assess"])
def test_half_an_option_pair_is_a_usage_error(capsys, tmp_path, command):
    report = tmp_path / "报告.txt"
    report.write_text("云栖县2024年法治政府建设年度报告\n\n在册骨干277名。", encoding="utf-8")

    code = run([command, str(report), "--model-url", URL])

    assert code == 2
    assert "须同时给出" in capsys.readouterr().err
