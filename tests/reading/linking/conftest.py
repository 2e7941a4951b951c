"""A small dictionary of its own, so that the rules are tested without the shipped names."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assessor.reading.lexicon import Lexicon, read_lexicon
from assessor.reading.linking import Linker, places_of, worth_keeping
from assessor.reading.numbers import find_numbers

ENTRIES = r"""
schema: lexicon/1
topics:
  - {id: apples, pattern: '苹果'}
  - {id: pears, pattern: '梨'}
entries:
  - {id: courses, label: 培训数, heads: ['培训(?:班)?'], units: [time]}
  - {id: learners, label: 参训数, heads: ['参训'], units: [persontime], companions: [courses]}
  - {id: visits, label: 接访数, heads: ['接访'], units: [persontime]}
  - {id: staff, label: 人员数, heads: ['执法人员'], units: [person]}
  - {id: holders, label: 持证数, heads: ['持证'], units: [person], item: rate-one, role: numerator}
  - id: due
    label: 应持证数
    heads: ['应持']
    units: [person]
    item: rate-one
    role: denominator
    paired: true
  - {id: rate-one, label: 持证率, heads: ['持证率'], units: [percent], item: rate-one}
  - {id: rate-two, label: 合格率, heads: ['合格率'], units: [percent], item: rate-two}
  - {id: villages, label: 示范村数, heads: ['示范村'], units: [thing]}
  - {id: groups, label: 集体数, heads: ['集体[^,。;0-9]{0,8}表彰'], units: [thing]}
  - {id: checked, label: 检查数, heads: ['检查'], units: [time], forbid: ['联合检查']}
  - {id: joint, label: 联合数, heads: ['联合检查'], units: [time], distractor: true}
  - {id: apple-picks, label: 苹果采摘数, heads: ['采摘'], topic: apples, units: [case]}
  - {id: pear-picks, label: 梨采摘数, heads: ['采摘'], topic: pears, units: [case]}
  - {id: cases, label: 案件数, heads: ['受理案件', '案件'], units: [case]}
  - {id: speed, label: 提速率, heads: ['时限压缩'], units: [percent]}
  - {id: offices, label: 村居站数, heads: ['村\(居\)站'], units: [thing]}
  - {id: kept, label: 保留数, heads: ['继续有效的'], units: [case]}
  - {id: scoped, label: 试点数, heads: ['试点'], units: [thing], need_before: ['改革']}
"""


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    path = tmp_path_factory.mktemp("lexicon") / "small.yaml"
    path.write_text(ENTRIES, encoding="utf-8")
    return read_lexicon([path])


@pytest.fixture(scope="session")
def link(small: Lexicon) -> Callable[[str], list[tuple[str, str, str]]]:
    """Return number, entry and way of every link of a text; empty strings for none."""

    def _link(text: str) -> list[tuple[str, str, str]]:
        mentions = find_numbers(text).mentions
        places = places_of(text, mentions, "")
        links = worth_keeping(places, Linker(small).link(places))
        return [
            (one.number_text, found[0].term.entry.id, found[0].how)
            if found
            else (one.number_text, "", "")
            for one, found in zip(mentions, links, strict=True)
        ]

    return _link
