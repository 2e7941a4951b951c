"""Every check by its code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from assessor.reading.compliance import (
    consistency,
    coverage,
    disclosure,
    formal,
    mentions,
    parts,
    rates,
    substance,
    timing,
    wholes,
)
from assessor.reading.compliance.report import Found, Report

CHECKS: Mapping[str, Callable[[Report], Found]] = MappingProxyType(
    {
        "K01": formal.title,
        "K02": formal.subject,
        "K03": formal.year,
        "K04": timing.published,
        "K05": timing.reported,
        "K06": timing.signed,
        "K07": parts.results,
        "K08": parts.shortcomings,
        "K09": parts.causes,
        "K10": substance.concrete,
        "K11": substance.first_responsible,
        "K12": parts.next_year,
        "K13": substance.checkable,
        "K14": mentions.congress,
        "K15": mentions.deliberated,
        "K16": disclosure.core,
        "K17": rates.rates,
        "K18": disclosure.compared,
        "K19": disclosure.scoped,
        "K20": consistency.consistent,
        "K21": coverage.backed,
        "K22": wholes.secrets,
        "K23": wholes.copied,
        "K24": wholes.length,
        "K25": wholes.whole_field,
        "K26": wholes.findable,
    }
)
