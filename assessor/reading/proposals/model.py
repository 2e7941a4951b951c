"""What is asked of a proposer and what it may answer."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, Literal, NamedTuple, Protocol

from pydantic import Field, StrictInt, StrictStr

from assessor.reading.lexicon import Term
from schemas.base import Model
from schemas.errors import AssessorError

MODEL_FLAG = "model"
"""Flag of a figure that a proposer linked; such a figure waits for a person, always."""


class SentBlock(NamedTuple):
    """One block as it is sent."""

    id: int
    """Index of the block in its document."""
    text: str
    """As printed; offsets into it are offsets into the block."""
    heading: str = ""


class AskedItem(NamedTuple):
    """A quantity that is asked for: a scored item as value, numerator or denominator."""

    id: str
    label: str
    item: str
    """Scored item it fills."""
    role: Literal["value", "numerator", "denominator"]
    terms: tuple[Term, ...]
    """Entries of the dictionary that name it; any one of them may admit a figure."""


class Candidate(Model):
    """A proposal as it arrives; nothing in it is believed."""

    item: Annotated[StrictStr, Field(min_length=1, max_length=120)]
    quote: Annotated[StrictStr, Field(min_length=1, max_length=1000)]
    """Words of the source that hold the number."""
    value_text: Annotated[StrictStr, Field(min_length=1, max_length=60)]
    """The number as printed."""
    unit: Annotated[StrictStr, Field(max_length=20)]
    """The unit as printed."""
    block: StrictInt | None = None
    """Index of the block quoted; null when it is not told."""


class Proposer(Protocol):
    """Anything that reads blocks and says which numbers give which items."""

    def propose(self, blocks: Sequence[SentBlock], items: Sequence[AskedItem]) -> list[Candidate]:
        """Return proposals for the items asked.

        Raises:
            ProposalFailure: when there is no answer to go by.
        """


class ProposalFailure(AssessorError):
    """A proposer gave no usable answer; `reason` is in Chinese and quotes nothing it said."""

    def __init__(self, reason: str, *, is_final: bool) -> None:
        self.reason = reason
        self.is_final = is_final
        """Asking again about another part is of no use."""
        super().__init__(reason)


class Refusal(StrEnum):
    """The condition a proposal does not meet, as shown to the user."""

    UNKNOWN_ITEM = "填报项须在询问之列"
    UNKNOWN_BLOCK = "段落须在发出之列"
    QUOTE_ABSENT = "引文须逐字见于原文"
    QUOTE_REPEATED = "引文在原文中只能有一处"
    VALUE_OUTSIDE = "数值须在引文之内"
    NOT_WHOLE = "数值须是原文中一个完整的数据"
    UNIT_DIFFERS = "计量单位须与原文一致"
    VALUE_REPEATED = "引文内只能有一处该数值"
    UNIT_CLASS = "计量单位须适用于该填报项"
    RULED_OUT = "所在分句不得含有排除该项的用语"
    RULE_DIFFERS = "规则已将该数字对应到别处，不予替换"
    SELF_CONTRADICTS = "同一数字只能对应一个填报项"
