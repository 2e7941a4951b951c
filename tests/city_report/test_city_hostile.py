"""The anonymous edition gives no name away; text of a manifest never becomes markup."""

from __future__ import annotations

import io
from contextlib import closing
from html.parser import HTMLParser

import pypdfium2
import pytest
from pypdf import PdfReader

from assessor.city.rendering import (
    ENCLOSED,
    enclosed,
    manifest_json,
    render_city_html,
    render_city_pdf,
)
from schemas.manifest import Manifest

ATTACKS = (
    "<script>alert(1)</script>",
    "{{ view.title }}{% raw %}{#",
    "</td></tr></table></title><base href=file:///>",
    "\"'><svg onload=alert(1)><!-- &lt;&#60; ]]>",
)


class Structure(HTMLParser):
    """The elements and attributes of a page."""

    def __init__(self):
        super().__init__()
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.comments: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, tuple(name for name, _ in attrs)))

    def handle_comment(self, data):
        self.comments.append(data)


def _structure(html: str) -> Structure:
    found = Structure()
    found.feed(html)
    return found


def _named(manifest: Manifest, words: str) -> Manifest:
    """Put words in place of the city's name, every reason, subject and finding, and a unit's."""
    old = manifest.entities[0].entity
    text = manifest_json(manifest).replace(f'"{old}"', '"XXXX"')
    renamed = Manifest.model_validate_json(text)
    entities = tuple(
        one.model_copy(
            update={"reason": words, "entity": words if one.entity == "XXXX" else one.entity}
        )
        for one in renamed.entities
    )
    questions = tuple(
        one.model_copy(update={"subject": words, "found": words, "compared_with": words})
        for one in renamed.questions
    )
    issues = tuple(
        one.model_copy(
            update={
                "found": words,
                "location": one.location.model_copy(update={"file": words, "place": words}),
            }
        )
        for one in renamed.issues
    )
    return renamed.model_copy(
        update={"title": words, "entities": entities, "questions": questions, "issues": issues}
    )


@pytest.mark.parametrize("attack", ATTACKS)
def test_text_of_a_manifest_never_becomes_markup(attack, manifests):
    harmless = _structure(render_city_html(_named(manifests("twelve"), "字" * len(attack))))
    hostile = _structure(render_city_html(_named(manifests("twelve"), attack)))

    assert hostile.elements == harmless.elements
    assert hostile.comments == []


def test_browser_page_loads_nothing(manifests):
    html = render_city_html(manifests("twelve"))
    names = {tag for tag, _ in _structure(html).elements}
    attributes = {name for _, found in _structure(html).elements for name in found}

    assert not names & {"script", "link", "img", "iframe", "object", "embed", "base", "form"}
    assert not attributes & {"src", "href", "onload", "onclick", "srcset", "data"}
    assert "url(" not in html
    assert "@import" not in html


def _anonymous_with_leaks(manifests) -> Manifest:
    """An anonymous edition whose maker forgot files, hashes, findings and last year's names."""
    named, made = manifests("twelve"), manifests("anonymous")
    true = named.entities[0]
    entities = tuple(
        one.model_copy(
            update={
                "inputs": true.inputs,
                "outputs": true.outputs,
                "key": "cd" * 32,
                "change": one.change
                and one.change.model_copy(update={"previous_entity": true.entity}),
            }
        )
        for one in made.entities
    )
    return made.model_copy(update={"entities": entities, "issues": named.issues})


def test_anonymous_page_and_enclosure_hold_no_true_name(manifests):
    names = [one.entity for one in manifests("twelve").entities]
    leaking = _anonymous_with_leaks(manifests)
    given = manifest_json(leaking)
    shown = render_city_html(leaking) + manifest_json(enclosed(leaking))

    assert [name for name in names if name in given]
    assert [name for name in names if name in shown] == []
    assert "cd" * 32 not in shown
    assert "ab" * 32 not in shown


@pytest.mark.slow
def test_anonymous_pdf_holds_no_true_name(manifests):
    names = [one.entity for one in manifests("twelve").entities]
    made = render_city_pdf(_anonymous_with_leaks(manifests))
    reader = PdfReader(io.BytesIO(made.content))
    with closing(pypdfium2.PdfDocument(made.content)) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    outline = [one.title for group in reader.outline if isinstance(group, list) for one in group]
    text = "\n".join(
        (
            *texts,
            *outline,
            str(reader.metadata),
            reader.attachments[ENCLOSED][0].decode("utf-8"),
        )
    )

    assert [name for name in names if name in text] == []
    assert "评估通报（匿名版）" in text
    assert "单位001" in text


def test_named_edition_encloses_file_names_and_keys(manifests):
    manifest = manifests("twelve")

    assert enclosed(manifest).entities == manifest.entities
    assert enclosed(manifest).issues == manifest.issues
