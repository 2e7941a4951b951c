"""A document to a reading: who, when, sections, figures, statements, compliance."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from assessor.garbage import uncollected
from assessor.reading.checking import checked
from assessor.reading.claims import find_claims
from assessor.reading.compliance import check_report
from assessor.reading.documents import read_document
from assessor.reading.figures import Facts, find_figures
from assessor.reading.identity import Identity, identify, period_of
from assessor.reading.lexicon import Lexicon, shipped_lexicon
from assessor.reading.mandatory import find_parts
from assessor.reading.matters import spoken_in
from assessor.reading.proposals import Proposer, consult
from assessor.reading.sections import find_roles
from assessor.reading.sentences import normals_of, sentences_of
from assessor.reading.statements import find_statements
from assessor.reading.traditional import as_printed, as_simplified
from schemas.errors import SubmissionUnreadable
from schemas.framework import Framework
from schemas.issue import Issue, IssueCode, Location
from schemas.reading import ReadDocument, Reading
from schemas.rules import items_of
from scoring import Rulebook, shipped_rulebook
from scoring.checks import severities

DEFAULT_FRAMEWORK = "house-59"
MAX_CHARACTERS = 300_000
MAX_NUMBERS = 3_000
_SIGNS = (re.compile(r"\d+"), re.compile(r"[一二三四五六七八九十百千万两]+"))
_NUMBER = re.compile(r"\d+|[一二三四五六七八九十百千万两]{1,12}(?=[件个次人名项份家场期条])")


def read_report(  # noqa: PLR0913 - options of reading
    path: Path,
    book: Rulebook | None = None,
    *,
    framework: str = DEFAULT_FRAMEWORK,
    in_process: bool = False,
    proposer: Proposer | None = None,
    ocr: bool = False,
) -> Reading:
    """Read a published report.

    Args:
        path: .txt, .html, .mht, .docx, .pdf, and .doc or .wps where LibreOffice is installed.
        book: rules; the framework says which indicators an item serves.
        framework: id of the framework.
        in_process: parse without a child process, for callers that are themselves workers.
        proposer: asked about numbers the rules leave open; what it says only ever waits for review.
        ocr: recognise scanned pages where tesseract is installed; their figures wait for review.

    Raises:
        SubmissionUnreadable: when the file cannot be read; the message says what to do.
    """
    intake = read_document(path, in_process=in_process, ocr=ocr)
    rules = book or shipped_rulebook()
    return read_text(
        intake.document,
        rules,
        framework=rules.framework(framework),
        issues=intake.issues,
        proposer=proposer,
    )


@uncollected()  # thousands of small objects, none of them in a circle
def read_text(  # noqa: PLR0913 - a document and everything it is read by
    document: ReadDocument,
    book: Rulebook,
    *,
    framework: Framework,
    issues: Iterable[Issue] = (),
    lexicon: Lexicon | None = None,
    proposer: Proposer | None = None,
) -> Reading:
    """Read a document whose text and blocks are known."""
    _require_report_size(document)
    printed, document = document, as_simplified(document)
    words = lexicon or shipped_lexicon()
    who = identify(document)
    known = document.model_copy(
        update={
            "title": who.title,
            "entity": who.entity,
            "level": who.level,
            "period": period_of(who.year),
            "signed_date": who.signed,
            "kind": who.kind,
        }
    )
    roles = find_roles(known, who.year)
    serves = indicators_of(framework)
    is_ahead = who.kind == "plan" or who.is_demand
    is_report = who.kind == "report"
    facts = Facts(who.year, who.level, is_ahead, is_report=is_report, entity=who.entity)
    normals = normals_of(known)
    found = find_figures(known, roles, words, facts, serves, normals)
    figures, findings = checked(found.figures, known, words)
    sentences = sentences_of(known, normals)
    spoken = tuple(spoken_in(sentences, roles))
    reading = Reading(
        document=known,
        sections=roles.sections,
        figures=figures,
        discarded=found.discarded,
        statements=(
            *find_statements(known, spoken, book, serves, figures),
            *find_parts(known, sentences, roles, book, serves),
            *find_claims(known, spoken, book, serves),
        ),
        issues=(*issues, *_taken_for(known, who, book), *findings),
    )
    reading = reading.model_copy(update={"compliance": check_report(reading, roles, sentences)})
    reading = as_printed(reading, printed)
    return reading if proposer is None else consult(reading, proposer, book, words, serves)


def _taken_for(document: ReadDocument, who: Identity, book: Rulebook) -> Iterator[Issue]:
    """Yield what a document is taken for when it is no report."""
    if who.kind == "report":
        return
    code = IssueCode.REPORT_IS_PLAN if who.kind == "plan" else IssueCode.REPORT_IS_OTHER
    place = Location(file=document.file, place="标题")
    found = f"{who.genre}：{who.title}" if who.genre and who.kind == "other" else who.title
    yield Issue(code=code, severity=severities(book)[code], location=place, found=found)


def _require_report_size(document: ReadDocument) -> None:
    """Refuse texts no yearly report comes near, so that reading always ends soon.

    Raises:
        SubmissionUnreadable: more characters or numbers than a book of reports.
    """
    length = len(document.text)
    if length > MAX_CHARACTERS:
        reason = f"有 {length} 字，超过 {MAX_CHARACTERS} 字，不像一份年度报告；请只提交报告本身"
        raise SubmissionUnreadable(document.file, "too-long", reason)
    numbers = sum(len(signs.findall(document.text)) for signs in _SIGNS)
    if numbers > MAX_NUMBERS:  # some are none
        numbers = sum(1 for _ in _NUMBER.finditer(document.text))
    if numbers > MAX_NUMBERS:
        reason = f"有 {numbers} 处数字，超过 {MAX_NUMBERS} 处，不像一份年度报告；请只提交报告本身"
        raise SubmissionUnreadable(document.file, "too-many-numbers", reason)


def indicators_of(framework: Framework) -> dict[str, tuple[str, ...]]:
    """Return the codes of the indicators each scored item serves."""
    codes: dict[str, list[str]] = {}
    for node in framework.nodes:
        for part in node.scored_parts if node.is_indicator else ():
            for item in items_of(part.rule):
                if node.code not in codes.setdefault(item, []):
                    codes[item].append(node.code)
    return {item: tuple(found) for item, found in codes.items()}
