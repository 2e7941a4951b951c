"""Shapes of everything that travels through the product; imports nothing of ours."""

from schemas.base import Level, Model, Provenance
from schemas.errors import (
    AssessorError,
    NoValueInForce,
    RenderError,
    RuleFault,
    RuleFileError,
    SubmissionUnreadable,
    UnknownRule,
)
from schemas.framework import Framework, Node, Part, Policy, Scheme, WeightSet
from schemas.issue import Issue, IssueCode, Location, Severity
from schemas.outcome import Outcome, PolicyAction, Reason
from schemas.result import Assessment, IndicatorScore, PartScore, TargetInForce
from schemas.submission import Answer, Entity, Evidence, EvidenceLevel, Review, Submission
from schemas.target import Comparator, Item, Source, Target, TargetSet, Unit

__all__ = [
    "Answer",
    "Assessment",
    "AssessorError",
    "Comparator",
    "Entity",
    "Evidence",
    "EvidenceLevel",
    "Framework",
    "IndicatorScore",
    "Issue",
    "IssueCode",
    "Item",
    "Level",
    "Location",
    "Model",
    "NoValueInForce",
    "Node",
    "Outcome",
    "Part",
    "PartScore",
    "Policy",
    "PolicyAction",
    "Provenance",
    "Reason",
    "RenderError",
    "Review",
    "RuleFault",
    "RuleFileError",
    "Scheme",
    "Severity",
    "Source",
    "Submission",
    "SubmissionUnreadable",
    "Target",
    "TargetInForce",
    "TargetSet",
    "Unit",
    "UnknownRule",
    "WeightSet",
]
