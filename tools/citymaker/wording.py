"""A unit's report in its own words, from phrases.yaml; its figures are those it is given."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any, NamedTuple

from citymaker.figures import HERE, Figure, Figures, seeded
from scoring.yaml_strict import parse_yaml

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_FIGURE = re.compile(r"\{(?:([a-z0-9-]+)\.)?([vndp])\}")
_ANY = re.compile(r"\{r:(\d+)-(\d+)\}")
_NUMBERS = "一二三四五六七八九十"


class Voice(NamedTuple):
    """Who speaks, of which year, and what the choice of words is drawn from."""

    name: str
    year: int
    key: str
    """Two reports of one key are worded alike."""

    @property
    def here(self) -> str:
        """Return 县, 区 or 市."""
        return self.name[-1]

    def draw(self, *place: object) -> Random:
        """Return the source of choices at one place of the report."""
        return seeded(self.key, self.year, *place)


class Written(NamedTuple):
    """A report's text, and the sentence that gives each item."""

    text: str
    sentences: dict[str, tuple[str, str]]
    """Item: (sentence, place such as 第四部分)."""


@cache
def phrases() -> Any:
    """Return phrases.yaml."""
    return parse_yaml((HERE / "phrases.yaml").read_text(encoding="utf-8")).value


def report(voice: Voice, figures: Figures, published: date) -> Written:
    """Return the report that tells these figures; what is not among them stays untold."""
    lines = [
        f"{voice.name}{voice.year}年法治政府建设年度报告",
        f"发布日期：{published.isoformat()}\u3000信息来源：{voice.name}司法局",
        _say(voice, phrases()["opening"], {}, voice.draw("opening")),
    ]
    sentences: dict[str, tuple[str, str]] = {}
    chapters = phrases()["chapters"]
    for number, chapter in enumerate(chapters):
        told = list(_chapter(voice, chapter, number, figures, sentences))
        if told:
            title = _say(voice, chapter["titles"], {}, voice.draw(number, "title"))
            lines += ["", f"{_NUMBERS[number]}、{title}", *told]
    lines += list(_last(voice, _NUMBERS[len(chapters)], figures))
    signed = published - timedelta(days=voice.draw("signed").randint(9, 30))
    day = f"{signed.year}年{signed.month}月{signed.day}日"
    lines += ["", f"{voice.name}人民政府", day]
    return Written("\n".join(lines) + "\n", sentences)


def _chapter(
    voice: Voice,
    chapter: Mapping[str, Any],
    number: int,
    figures: Figures,
    sentences: dict[str, tuple[str, str]],
) -> Iterator[str]:
    """Yield the paragraphs of a chapter: two or three sentences each, one without figures."""
    place, told, headed = f"第{_NUMBERS[number]}部分", [], []
    for index, group in enumerate(chapter["groups"]):
        if not _speaks(group, figures):
            continue
        random = voice.draw(number, index)
        text = _say(voice, group["say"], figures, random, group["for"][0])
        for item in group["for"]:
            sentences[item] = (text, place)
        if "heading" in group:
            headed.append((_say(voice, group["heading"], figures, random), text))
        else:
            told.append((random.random(), text))
    if not told and not headed:
        return
    order = [text for _, text in sorted(told)]
    random = voice.draw(number, "paragraphs")
    filler = random.sample(chapter["filler"], min(2, len(chapter["filler"])))
    order.insert(random.randint(0, len(order)), _say(voice, filler[:1], figures, random))
    order.append(_say(voice, filler[1:], figures, random))
    if headed:
        yield f"（一）{_say(voice, chapter['lead'], figures, random)}"
    start = 0
    while start < len(order):
        step = random.randint(2, 4)
        yield "".join(order[start : start + step])
        start += step
    for index, (heading, text) in enumerate(headed, start=1):
        yield f"（{_NUMBERS[index]}）{heading}"
        yield text


def _speaks(group: Mapping[str, Any], figures: Figures) -> bool:
    if any(item not in figures for item in group["for"]):
        return False
    value = figures[group["for"][0]].value
    wanted = group.get("when")
    if wanted is None:
        return True
    return value is True if wanted == "yes" else value == wanted


def _last(voice: Voice, number: str, figures: Figures) -> Iterator[str]:
    """Yield the last chapter: what is wanting, why, and next year."""
    last = phrases()["last"]
    parts = [
        part
        for part in ("shortcomings", "causes", "next")
        if _is_yes(figures, {"next": "report-next-year"}.get(part, f"report-{part}"))
    ]
    if not parts:
        return
    yield ""
    yield f"{number}、{_say(voice, last['titles'], figures, voice.draw('last'))}"
    for index, part in enumerate(parts):
        random = voice.draw(part)
        yield f"（{_NUMBERS[index]}）{_say(voice, last[part]['heading'], figures, random)}"
        yield _say(voice, last[part]["say"], figures, random)


def _is_yes(figures: Figures, item: str) -> bool:
    return item in figures and figures[item].value is True


def _say(
    voice: Voice, ways: Sequence[str], figures: Figures, random: Random, item: str = ""
) -> str:
    """Return one of the ways, its choices made and its blanks filled."""
    text = random.choice(list(ways))
    text = _CHOICE.sub(lambda found: random.choice(found[1].split("|")), text)
    text = _ANY.sub(lambda found: str(random.randint(int(found[1]), int(found[2]))), text)
    text = _FIGURE.sub(lambda found: _shown(figures[found[1] or item], found[2]), text)
    for blank, word in (
        ("name", voice.name),
        ("here", voice.here),
        ("all", f"全{voice.here}"),
        ("year", str(voice.year)),
        ("next", str(voice.year + 1)),
    ):
        text = text.replace(f"{{{blank}}}", word)
    return text


def _shown(figure: Figure, what: str) -> str:
    found = {
        "v": figure.value,
        "n": figure.numerator,
        "d": figure.denominator,
        "p": figure.previous,
    }[what]
    return format(found, "f") if isinstance(found, Decimal) else str(found)
