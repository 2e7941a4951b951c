"""Something wrong or doubtful in what was submitted."""

from __future__ import annotations

from enum import StrEnum

from schemas.base import Model


class Severity(StrEnum):
    """`error` blocks scoring, `warning` and `note` are shown."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class IssueCode(StrEnum):
    """Stable codes; sentences in both languages live in `assessor.messages`."""

    FILE_UNREADABLE = "file.unreadable"
    FIELD_UNKNOWN = "field.unknown"
    FIELD_MISSING = "field.missing"
    FIELD_INVALID = "field.invalid"
    VALUE_NOT_NUMBER = "value.not_number"
    VALUE_NOT_YES_NO = "value.not_yes_no"
    VALUE_NOT_DAY = "value.not_day"
    VALUE_NOT_TIER = "value.not_tier"
    VALUE_NOT_WHOLE = "value.not_whole"
    VALUE_OUT_OF_RANGE = "value.out_of_range"
    VALUE_NOT_CALCULATED = "value.not_calculated"
    VALUE_CELL_ERROR = "value.cell_error"
    VALUE_CONTROL_CHARACTER = "value.control_character"
    VALUE_FORMULA_TEXT = "value.formula_text"
    VALUE_CONVERTED = "value.converted"
    PERCENT_AMBIGUOUS = "percent.ambiguous"
    UNIT_MISMATCH = "unit.mismatch"
    ITEM_UNKNOWN = "item.unknown"
    ITEM_DUPLICATED = "item.duplicated"
    NUMERATOR_EXCEEDS = "ratio.numerator_exceeds"
    RATIO_INCOMPLETE = "ratio.incomplete"
    RATIO_NOT_WHOLE = "ratio.not_whole"
    RATIO_MISMATCH = "ratio.mismatch"
    PARTS_SUM = "sum.mismatch"
    CUMULATIVE_BELOW_YEARLY = "sum.cumulative_below_yearly"
    YEAR_MISMATCH = "year.mismatch"
    EVIDENCE_MISSING = "evidence.missing"
    APPROXIMATE = "value.approximate"
    NOT_APPLICABLE_WITHOUT_CAUSE = "value.not_applicable_without_cause"
    ENTITY_DUPLICATED = "entity.duplicated"
    REVIEW_OTHER_ENTITY = "review.other_entity"
    REVIEW_UNKNOWN_CODE = "review.unknown_code"
    TEMPLATE_OTHER = "template.other"
    TEMPLATE_CHANGED = "template.changed"
    HIDDEN_ROW = "template.hidden_row"
    DOCUMENT_DAMAGED = "report.damaged"
    DOCUMENT_MISLABELLED = "report.mislabelled"
    DOCUMENT_MARKED = "report.marked"
    DOCUMENT_LAYOUT = "report.layout"
    DOCUMENT_TRADITIONAL = "report.traditional"
    REPORT_IS_PLAN = "report.is_plan"
    REPORT_IS_OTHER = "report.is_other"
    REPORT_UNIDENTIFIED = "report.unidentified"
    VALUES_DIFFER = "report.values_differ"
    FORM_CONTRADICTS = "report.form_contradicts"
    FORM_AGREES = "report.form_agrees"
    FORM_OTHER_UNIT = "report.form_other_unit"
    FORM_OTHER_YEAR = "report.form_other_year"
    MODEL_INCOMPLETE = "report.model_incomplete"
    MODEL_REFUSED = "report.model_refused"


class Location(Model):
    """Where in the submission: file, then `sheet!cell`, `line n` or a path of fields."""

    file: str = ""
    place: str = ""
    item: str = ""
    label: str = ""
    """Printed name of the item."""


class Issue(Model):
    """One finding about the submission's data."""

    code: IssueCode
    severity: Severity
    location: Location
    found: str = ""
    """What was found, as text."""
    allowed: str = ""
    """What is allowed, as text (units, ranges, choices: no sentences)."""
