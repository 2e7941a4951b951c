"""A language model behind `chat/completions`: one question, one bounded answer, nothing trusted."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import ssl
from collections.abc import Iterator, Sequence
from http import HTTPStatus
from typing import Annotated, Any, NamedTuple, TypeVar

import httpx
from pydantic import BaseModel, Field, ValidationError

from assessor.reading.proposals.model import AskedItem, Candidate, ProposalFailure, SentBlock
from assessor.reading.proposals.prompt import answer_schema, messages_of, prompt_hash
from assessor.reading.proposals.settings import ModelSettings
from schemas.base import Model

_LOG = logging.getLogger(__name__)
_NO_SCHEMA = frozenset((HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY))
"""What servers answer that do not know `response_format`."""
_CHATTY = ("httpx", "httpcore")
_Shape = TypeVar("_Shape", bound=BaseModel)


class _Message(BaseModel):
    content: str


class _Choice(BaseModel):
    message: _Message


class _Envelope(BaseModel):
    """The part of a reply that is read; servers add much more."""

    choices: Annotated[list[_Choice], Field(min_length=1)]


class _Answer(Model):
    """All that a model may say."""

    proposals: Annotated[tuple[Candidate, ...], Field(max_length=500)]


class _Reply(NamedTuple):
    status: int
    body: bytes


class ChatProposer:
    """Asks a language model; must not be used inside a running event loop."""

    def __init__(
        self, settings: ModelSettings, *, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._settings = settings
        self._transport = transport
        self._calls_left = settings.max_calls
        self._takes_schema = True

    def propose(self, blocks: Sequence[SentBlock], items: Sequence[AskedItem]) -> list[Candidate]:
        """Return what the model proposes for one lot of blocks.

        Raises:
            ProposalFailure: final for a server that cannot be reached, refuses, redirects, is
                too slow or says too much; not final for an answer that is not in the form asked.
        """
        messages = messages_of(blocks, items)
        _LOG.info("model %s, prompt %s", self._settings.name, prompt_hash(messages))
        body: dict[str, Any] = {
            "model": self._settings.name,
            "messages": messages,
            "temperature": 0,
            "stream": False,
        }
        schema = {"name": "proposals", "strict": True, "schema": answer_schema(blocks, items)}
        formatted = body | {"response_format": {"type": "json_schema", "json_schema": schema}}
        reply = self._call(formatted if self._takes_schema else body)
        if self._takes_schema and reply.status in _NO_SCHEMA:
            self._takes_schema = False
            reply = self._call(body)
        return list(self._answer(reply).proposals)

    def _call(self, body: dict[str, Any]) -> _Reply:
        if self._calls_left < 1:
            reason = f"已达 {self._settings.max_calls} 次调用的上限，其余部分没有询问"
            raise ProposalFailure(reason, is_final=True)
        self._calls_left -= 1
        reason = "与服务器的连接失败或中断"
        try:
            with _quiet():
                return asyncio.run(self._post(body))
        except (TimeoutError, httpx.TimeoutException):
            reason = f"服务器在 {self._settings.call_seconds:g} 秒内没有答完"
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, UnicodeError):
            pass
        # Outside the handlers, so that no request with its headers hangs on the exception.
        raise ProposalFailure(reason, is_final=True)

    async def _post(self, body: dict[str, Any]) -> _Reply:
        settings = self._settings
        headers = {"Accept-Encoding": "identity"}
        if settings.key:
            headers["Authorization"] = f"Bearer {settings.key}"
        async with (
            asyncio.timeout(settings.call_seconds),
            httpx.AsyncClient(
                transport=self._transport,
                verify=ssl.create_default_context(),
                trust_env=False,
                follow_redirects=False,
                timeout=settings.call_seconds,
            ) as client,
            client.stream(
                "POST", f"{settings.url}/chat/completions", json=body, headers=headers
            ) as response,
        ):
            if response.headers.get("content-encoding", "identity") != "identity":
                raise ProposalFailure("服务器的回复经过压缩，未予读取", is_final=True)
            received = bytearray()
            async for chunk in response.aiter_bytes():
                received += chunk
                if len(received) > settings.max_reply_bytes:
                    raise ProposalFailure("服务器的回复过大，未予读取", is_final=True)
            return _Reply(response.status_code, bytes(received))

    def _answer(self, reply: _Reply) -> _Answer:
        if 300 <= reply.status < 400:
            reason = f"服务器要求转到别的地址（{reply.status}），没有跟随"
            raise ProposalFailure(reason, is_final=True)
        if reply.status != HTTPStatus.OK:
            raise ProposalFailure(f"服务器回复了错误（{reply.status}）", is_final=True)
        envelope = _parsed(_Envelope, reply.body)
        content = "" if envelope is None else envelope.choices[0].message.content
        answer = _parsed(_Answer, _unwrapped(content))
        if answer is None:
            raise ProposalFailure("回复不是约定格式的 JSON，未予采用", is_final=False)
        if self._echoes(answer):
            raise ProposalFailure("回复中夹带密钥，未予采用", is_final=True)
        return answer

    def _echoes(self, answer: _Answer) -> bool:
        """Return whether an answer repeats the key, which would then be printed with it."""
        key = self._settings.key
        said = "\n".join(
            text
            for one in answer.proposals
            for text in (one.item, one.quote, one.value_text, one.unit)
        )
        return bool(key) and key in said


def _unwrapped(content: str) -> str:
    """Return an answer without a reasoning block before it and a code fence around it."""
    text = content.strip()
    if text.startswith("<think>"):
        text = text.partition("</think>")[2].strip()
    if text.startswith("```"):
        text = text.removeprefix("```").removeprefix("json").removesuffix("```").strip()
    return text


def _parsed(shape: type[_Shape], text: bytes | str) -> _Shape | None:
    try:
        return shape.model_validate_json(text)
    except (ValidationError, UnicodeError):
        return None


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep the HTTP client's own log lines out; they hold addresses and the server's words."""
    loggers = [logging.getLogger(name) for name in _CHATTY]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
