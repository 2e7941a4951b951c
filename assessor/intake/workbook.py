"""Fill-in workbooks into drafts; every value keeps its sheet and cell."""

from __future__ import annotations

import io
import re
import unicodedata
import warnings
from typing import NamedTuple
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from openpyxl import Workbook, load_workbook
from openpyxl.formula.tokenizer import TokenizerError
from openpyxl.worksheet.worksheet import Worksheet

from assessor import workbook_layout as layout
from assessor.intake.cells import Typed, clean_text
from assessor.intake.draft import Draft, Path
from assessor.messages import LEVELS
from schemas.errors import SubmissionUnreadable
from schemas.framework import Framework
from schemas.issue import IssueCode, Severity
from scoring.rulebook import Rulebook

MAX_ROWS, MAX_COLUMNS = 5000, 200
_LEVEL_OF = {label: level.value for level, label in LEVELS.items()}
_LITERAL = re.compile(r'"[^"]*"|\\.')
"""Text in a number format that is only shown: `0"%"` does not multiply by 100."""
_DAMAGE = (
    ParseError,
    DefusedXmlException,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    OSError,
    EOFError,
    ArithmeticError,
    RuntimeError,
)
_YES, _NO = (
    frozenset(("是", "√", "1", "true", "有")),
    frozenset(("否", "×", "0", "false", "无", "")),
)


_Labelled = dict[tuple[str, str], list[int]]


class _Pair(NamedTuple):
    """The same sheet twice: stored results, and what the cells really hold."""

    values: Worksheet
    formulas: Worksheet


def read_workbook(
    content: bytes, name: str, book: Rulebook, severities: dict[IssueCode, Severity]
) -> Draft:
    """Read a workbook made by `assessor template`.

    Raises:
        SubmissionUnreadable: damaged, oversized, or not a fill-in workbook of this product.
    """
    values, formulas = _load(content, name, data_only=True), _load(content, name, data_only=False)
    framework = _framework(values, name, book)
    for sheet in values.worksheets:
        if sheet.max_row > MAX_ROWS or sheet.max_column > MAX_COLUMNS:
            raise SubmissionUnreadable(
                name,
                "far-cell",
                f"工作表“{sheet.title}”在 {sheet.dimensions} 远处有内容；请删除填报区以外的行列",
            )
    draft = Draft(name, {"schema": "submission/1"}, {}, severities)
    _check_stamp(draft, values, framework, book)
    _basics(draft, values)
    pair = _Pair(values[layout.FIGURES], formulas[layout.FIGURES])
    answers: list[dict[str, object]] = []
    labelled = _labelled_rows(pair.values)
    for row in layout.rows_of(framework, book):
        number = _row_number(draft, values, row, labelled)
        answer = None if number is None else _answer(draft, pair, number, row, len(answers))
        if answer is not None:
            answers.append(answer)
    draft.value["answers"] = answers
    _yardsticks(draft, values)
    return draft


def _load(content: bytes, name: str, *, data_only: bool) -> Workbook:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return load_workbook(io.BytesIO(content), data_only=data_only, keep_links=False)
    except _DAMAGE as error:
        raise SubmissionUnreadable(
            name, "damaged", "工作簿内容异常，打不开；请用 WPS 或 Excel 重新保存"
        ) from error
    except Exception as error:  # openpyxl raises its own kinds for every sort of damage
        if type(error).__module__.startswith(("openpyxl", "zipfile", "zlib")):
            raise SubmissionUnreadable(
                name, "damaged", "工作簿已损坏，打不开；请用 WPS 或 Excel 重新保存"
            ) from error
        raise


def _framework(workbook: Workbook, name: str, book: Rulebook) -> Framework:
    needed = (layout.BASICS, layout.FIGURES, layout.META)
    present = {sheet.title for sheet in workbook.worksheets}
    absent = "、".join(sheet for sheet in needed if sheet not in present)
    if absent:
        raise SubmissionUnreadable(
            name,
            "not-template",
            f"不是本产品的填报表（缺少工作表：{absent}）；请用 assessor template 生成后填写",
        )
    template = str(workbook[layout.META]["B1"].value)
    framework = book.frameworks.get(template)
    if framework is None or framework.status == "outline":
        raise SubmissionUnreadable(
            name,
            "template",
            f"填报表属于没有载入的指标体系“{template[:40]}”；请用 assessor template 重新生成",
        )
    return framework


def _check_stamp(draft: Draft, workbook: Workbook, framework: Framework, book: Rulebook) -> None:
    found, wanted = str(workbook[layout.META]["B2"].value), layout.stamp(framework, book)
    draft.places[("template",)] = f"{layout.META}!B2"
    if found != wanted:
        draft.report(IssueCode.TEMPLATE_OTHER, ("template",), found=found, allowed=wanted)
    draft.value["template"] = {"id": framework.id, "version": found}


def _basics(draft: Draft, workbook: Workbook) -> None:
    sheet, typed = workbook[layout.BASICS], {}
    for row, (field, label, _) in enumerate(layout.BASIC_FIELDS, start=layout.BASIC_FIRST_ROW):
        place = f"{layout.BASICS}!B{row}"
        draft.places[(field,)] = place
        draft.places[("label", field)] = f"{layout.BASICS}!A{row}"
        if sheet.cell(row, 1).value != label:
            draft.report(
                IssueCode.TEMPLATE_CHANGED,
                ("label", field),
                found=str(sheet.cell(row, 1).value),
                allowed=label,
            )
        raw = sheet.cell(row, 2).value
        typed[field] = clean_text(str(raw).strip())[0] if raw is not None else ""
    regions = [typed[k] for k in ("region_own", "region_city", "region_province") if typed[k]]
    draft.value["entity"] = {
        "name": typed["entity_name"],
        "level": _LEVEL_OF.get(typed["entity_level"], typed["entity_level"]),
        "regions": regions,
    }
    for path, field in (
        (("entity", "name"), "entity_name"),
        (("entity", "level"), "entity_level"),
        (("entity", "regions"), "region_own"),
        (("period",), "year"),
        (("self_scores",), "self_total"),
    ):
        draft.places[path] = draft.places[(field,)]
    _period(draft, typed["year"])
    if typed["self_total"]:
        draft.value["self_scores"] = [{"code": "total", "points": typed["self_total"]}]
    draft.value["contact"] = {
        field: typed[f"contact_{field}"] for field in ("name", "office", "phone")
    }


def _period(draft: Draft, year: str) -> None:
    digits = unicodedata.normalize("NFKC", year).removesuffix("年").removesuffix(".0")
    if len(digits) == 4 and digits.isascii() and digits.isdigit():
        draft.value["period"] = {"from": f"{digits}-01-01", "to": f"{digits}-12-31"}
        return
    draft.report(IssueCode.FIELD_INVALID, ("period",), found=year, allowed="四位年份，如 2025")


def _answer(
    draft: Draft, pair: _Pair, number: int, row: layout.Row, index: int
) -> dict[str, object] | None:
    _check_labels(draft, pair.values, row, number)
    answer: dict[str, object] = {"item": row.item.id}
    evidence: dict[str, object] = {}
    for field, column in layout.BY_FIELD.items():
        path: Path = ("answers", index, field)
        place = f"{layout.FIGURES}!{column.letter}{number}"
        draft.places[path] = place
        found = _cell(draft, pair, column.letter, number, path, row)
        if found is None:
            continue
        if field in ("quote", "document", "locator"):
            evidence[field] = clean_text(str(found.raw))[0]
        elif field.startswith("is_"):
            answer[field] = _flag(draft, path, found, row)
        elif field in ("scope", "not_applicable_because", "note"):
            answer[field] = str(found.raw)
        else:
            answer[field] = found
    if len(answer) == 1 and not evidence:
        return None
    draft.places[("answers", index)] = f"{layout.FIGURES}!E{number}"
    if evidence:
        answer["evidence"] = [evidence]
    if "value" in answer and row.unit.dimension not in ("yes_no", "tier", "day"):
        answer["unit"] = row.unit.label
    if pair.values.row_dimensions[number].hidden:
        draft.report(IssueCode.HIDDEN_ROW, ("answers", index), item=row.item.id)
    return answer


def _labels(sheet: Worksheet, number: int) -> tuple[str, str]:
    return str(sheet[f"B{number}"].value), str(sheet[f"C{number}"].value)


def _labelled_rows(sheet: Worksheet) -> _Labelled:
    """Return the rows of every pair of label and unit."""
    found: _Labelled = {}
    for number in range(layout.FIRST_ROW, sheet.max_row + 1):
        found.setdefault(_labels(sheet, number), []).append(number)
    return found


def _named_row(workbook: Workbook, name: str) -> int | None:
    defined = workbook.defined_names.get(name)
    try:
        cells = [] if defined is None else list(defined.destinations)
    except (TokenizerError, ValueError, TypeError, IndexError, AttributeError):
        return None
    if len(cells) != 1 or cells[0][0] != layout.FIGURES:
        return None
    digits = cells[0][1].rpartition("$")[2]
    is_row = digits.isascii() and digits.isdigit() and 0 < int(digits[:9]) <= MAX_ROWS
    return int(digits) if is_row else None


def _row_number(
    draft: Draft, workbook: Workbook, row: layout.Row, labelled: _Labelled
) -> int | None:
    """Find an item's row: its defined name follows inserted rows, its label sorted ones."""
    name = layout.name_of(row.item.id)
    number = _named_row(workbook, name)
    if number is not None:
        labels = (row.item.label, row.unit.label)
        if _labels(workbook[layout.FIGURES], number) != labels:
            moved = labelled.get(labels, [])
            return moved[0] if len(moved) == 1 else number
        return number
    draft.places[(name,)] = layout.FIGURES
    draft.report(IssueCode.TEMPLATE_CHANGED, (name,), item=row.item.id, found="", allowed=name)
    return None


def _check_labels(draft: Draft, sheet: Worksheet, row: layout.Row, number: int) -> None:
    for letter, wanted in (("B", row.item.label), ("C", row.unit.label)):
        found = sheet[f"{letter}{number}"].value
        if found != wanted:
            path: Path = ("label", row.item.id, letter)
            draft.places[path] = f"{layout.FIGURES}!{letter}{number}"
            draft.report(
                IssueCode.TEMPLATE_CHANGED, path, item=row.item.id, found=str(found), allowed=wanted
            )


def _cell(  # noqa: PLR0913 - a cell and where it stands
    draft: Draft, pair: _Pair, letter: str, number: int, path: Path, row: layout.Row
) -> Typed | None:
    stored, typed = pair.values[f"{letter}{number}"], pair.formulas[f"{letter}{number}"]
    if typed.data_type == "f" and stored.value is None:
        draft.report(IssueCode.VALUE_NOT_CALCULATED, path, item=row.item.id, found=str(typed.value))
        return None
    if stored.value is None or (isinstance(stored.value, str) and not stored.value.strip()):
        return None
    marks = _LITERAL.sub("", str(stored.number_format))
    return Typed(stored.value, "%" in marks and not isinstance(stored.value, str))


def _flag(draft: Draft, path: Path, found: Typed, row: layout.Row) -> bool:
    word = str(found.raw).strip().lower()
    if word not in _YES | _NO:
        draft.report(
            IssueCode.VALUE_NOT_YES_NO, path, item=row.item.id, found=word, allowed="是、否"
        )
    return word in _YES


def _yardsticks(draft: Draft, workbook: Workbook) -> None:
    if layout.YARDSTICKS not in workbook.sheetnames:
        return
    sheet = workbook[layout.YARDSTICKS]
    found: list[dict[str, object]] = []
    last = layout.YARDSTICK_FIRST_ROW + layout.YARDSTICK_ROWS
    for row in range(layout.YARDSTICK_FIRST_ROW, last):
        key, value, source = (sheet.cell(row, column).value for column in (1, 2, 3))
        if key is None and value is None:
            continue
        draft.places[("benchmarks", len(found))] = f"{layout.YARDSTICKS}!A{row}"
        typed = {"key": key, "value": value, "source": source}
        found.append({name: "" if cell is None else str(cell) for name, cell in typed.items()})
    draft.value["benchmarks"] = found
