"""Links proposed from outside the rules: asked for, verified against the source, never counted."""

from __future__ import annotations

from assessor.reading.proposals.consulting import consult
from assessor.reading.proposals.model import (
    MODEL_FLAG,
    AskedItem,
    Candidate,
    ProposalFailure,
    Proposer,
    Refusal,
    SentBlock,
)
from assessor.reading.proposals.rules import RuleProposer
from assessor.reading.proposals.settings import KEY_VARIABLE, ModelSettingsError, model_proposer
from assessor.reading.proposals.verifying import Verifier

__all__ = [
    "KEY_VARIABLE",
    "MODEL_FLAG",
    "AskedItem",
    "Candidate",
    "ModelSettingsError",
    "ProposalFailure",
    "Proposer",
    "Refusal",
    "RuleProposer",
    "SentBlock",
    "Verifier",
    "consult",
    "model_proposer",
]
