"""Every number of the 通报 comes from the manifest."""

from __future__ import annotations

import json
import re
from collections import Counter
from decimal import Decimal
from html.parser import HTMLParser

import pytest

from assessor.city.rendering import ENCLOSED, enclosed, manifest_json, render_city_html

pytestmark = pytest.mark.slow

STATIC = {Decimal(5), Decimal(95)}
"""The quantiles that bound a rank interval."""


class Words(HTMLParser):
    """The text of a page, without its styles and the alternative text of charts."""

    def __init__(self):
        super().__init__()
        self.pieces: list[str] = []
        self._silent = False

    def handle_starttag(self, tag, attrs):
        del attrs
        self._silent = tag in ("style", "title")

    def handle_endtag(self, tag):
        del tag
        self._silent = False

    def handle_data(self, data):
        if not self._silent:
            self.pieces.append(data)


def counted(manifest) -> set[Decimal]:
    """Return the counts of entries the 通报 states; each is the length of a list it shows."""
    entities, ranking = manifest.entities, manifest.ranking
    lines = () if ranking is None else (*ranking.binding, *ranking.reference)
    moves = [one.change.change for one in entities if one.change is not None]
    stuck = [one for one in entities if one.status in ("blocked", "unreadable", "set_aside")]
    found = {
        len(entities), len(manifest.questions), len(stuck), len(moves),
        sum(one.is_late and one.status != "missing" for one in entities),
        sum(one.status == "scored" for one in entities),
        sum(one.status == "missing" for one in entities),
        sum(move > 0 for move in moves), sum(move < 0 for move in moves), moves.count(Decimal(0)),
        sum(line.n_not_separable > 0 for line in lines),
        sum(not one.is_certain for one in entities),
        *Counter(one.status for one in entities).values(),
        *Counter(one.mode for one in entities).values(),
    }  # fmt: skip
    if ranking is not None:
        found |= {len(ranking.binding), len(ranking.reference)}
    return {Decimal(one) for one in found}


def without_page_numbers(text: str) -> str:
    return re.sub(r"第\s*\d+\s*页\s*/\s*共\s*\d+\s*页", " ", text)


@pytest.mark.parametrize("name", ["twelve", "blocked", "nobody", "two-hundred"])
def test_every_number_in_the_pdf_is_in_the_embedded_manifest(
    name, manifests, readers, page_texts, numbers_in
):
    embedded = readers(name).attachments[ENCLOSED][0].decode("utf-8")
    known = numbers_in(embedded) | counted(manifests(name)) | STATIC
    unknown = {
        (number, page)
        for page, text in enumerate(page_texts(name), start=1)
        for number in numbers_in(without_page_numbers(text)) - known
    }

    assert unknown == set()


def test_embedded_manifest_is_the_manifest_without_times_and_own_hashes(manifests, readers):
    attached = readers("twelve").attachments
    value = json.loads(attached[ENCLOSED][0])
    manifest = manifests("twelve")

    assert list(attached) == [ENCLOSED]
    assert value["timings"] == value["outputs"] == []
    assert manifest.timings
    assert value == json.loads(manifest_json(enclosed(manifest)))
    assert value["entities"] == json.loads(manifest_json(manifest))["entities"]


def test_digests_in_the_pdf_are_the_rulers(manifests, page_texts):
    printed = set(re.findall(r"\b[0-9a-f]{16,64}\b", "\n".join(page_texts("twelve"))))
    ruler = manifests("twelve").rules.ruler

    assert printed == {ruler, ruler[:16]}


def test_browser_page_has_the_numbers_of_the_pdf(manifests, page_texts, numbers_in):
    words = Words()
    words.feed(render_city_html(manifests("twelve")))
    in_html = numbers_in(" ".join(words.pieces))
    in_pdf = numbers_in(without_page_numbers("\n".join(page_texts("twelve"))))

    assert in_pdf == in_html


def test_changing_one_total_moves_it_and_nothing_else(manifests, numbers_in):
    """The page takes the printed figure from the ranking, not from somewhere else."""
    manifest = manifests("one")
    line = manifest.ranking.binding[0]
    other = line.model_copy(update={"total_points": Decimal("12.34")})
    ranking = manifest.ranking.model_copy(update={"binding": (other,)})
    before = numbers_in(render_city_html(manifest))
    after = numbers_in(render_city_html(manifest.model_copy(update={"ranking": ranking})))

    assert after - before == {Decimal("12.34")}
