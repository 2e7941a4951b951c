"""The shapes whose JSON Schema `assessor schema` prints."""

from __future__ import annotations

from assessor.assessing import ScoreRun
from schemas import Assessment, Framework, Model, Review, Scheme, Submission, TargetSet, WeightSet
from schemas.explanation import Explanation

SHAPES: dict[str, type[Model]] = {
    "submission": Submission,
    "review": Review,
    "assessment": Assessment,
    "score-run": ScoreRun,
    "framework": Framework,
    "weight-set": WeightSet,
    "scheme": Scheme,
    "target-set": TargetSet,
    "explanation": Explanation,
}
