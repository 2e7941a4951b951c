"""Which language model to ask: address and name as options, the key from the environment only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from assessor.reading.proposals.model import Proposer
from schemas.errors import AssessorError

KEY_VARIABLE = "ASSESSOR_MODEL_KEY"
_NAME = re.compile(r"[\w./:@+-]{1,120}")
_KEY = re.compile(r"[\x21-\x7e]{1,4096}")


class ModelSettingsError(AssessorError):
    """The model cannot be used as configured; the message says what to change."""


@dataclass(frozen=True)
class ModelSettings:
    """An endpoint and how patient to be with it."""

    url: str
    """Base address, without a slash at its end."""
    name: str
    key: str = field(default="", repr=False)
    call_seconds: float = 90.0
    """Longest time one call may take, from connecting to the last byte."""
    max_calls: int = 40
    """Calls per reading, repeated ones included."""
    max_reply_bytes: int = 1_000_000


def settings_from(url: str, name: str, environment: Mapping[str, str]) -> ModelSettings:
    """Return checked settings.

    Raises:
        ModelSettingsError: for an address that is no plain http(s) address, an unusable name or
            key. The key is never part of the message.
    """
    if not url or not name:
        raise ModelSettingsError("--model-url 与 --model-name 须同时给出")
    _check_url(url)
    if not _NAME.fullmatch(name):
        raise ModelSettingsError("--model-name 只能含文字、数字和 . / : @ + - _，不超过 120 个字符")
    key = environment.get(KEY_VARIABLE, "").strip()
    if key and not _KEY.fullmatch(key):
        raise ModelSettingsError(f"环境变量 {KEY_VARIABLE} 含有密钥中不应有的字符，请重新设置")
    return ModelSettings(url.rstrip("/"), name, key)


def _check_url(url: str) -> None:
    wrong = (
        "--model-url 应是 http:// 或 https:// 开头的地址，不带账号、参数；"
        f"密钥只放在环境变量 {KEY_VARIABLE}"
    )
    if not re.fullmatch(r"[\x21-\x7e]{1,500}", url):
        raise ModelSettingsError(wrong)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = None, None
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise ModelSettingsError(wrong)
    if "@" in parts.netloc or parts.query or parts.fragment or "?" in url or "#" in url:
        raise ModelSettingsError(wrong)


def model_proposer(url: str, name: str, environment: Mapping[str, str]) -> Proposer | None:
    """Return the proposer the options ask for; null when they ask for none.

    Raises:
        ModelSettingsError: for unusable settings, or when the HTTP client is not installed.
    """
    if not url and not name:
        return None
    settings = settings_from(url, name, environment)
    try:
        from assessor.reading.proposals.client import ChatProposer  # noqa: PLC0415 - optional extra
    except ModuleNotFoundError as error:
        if error.name != "httpx":
            raise
        raise ModelSettingsError(
            "没有安装语言模型组件；请运行 pip install 'fazhi-report-assessor[model]'"
        ) from None
    return ChatProposer(settings)
