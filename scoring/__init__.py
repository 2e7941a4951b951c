"""Pure rules: targets, frameworks and the arithmetic that turns figures into points."""

from scoring.engine import assess
from scoring.library import build_rulebook, read_library, shipped_rulebook
from scoring.rulebook import HOUSE, Rulebook
from scoring.ruler import Choice, Ruler, make_ruler
from scoring.version import ENGINE

__all__ = [
    "ENGINE",
    "HOUSE",
    "Choice",
    "Rulebook",
    "Ruler",
    "assess",
    "build_rulebook",
    "make_ruler",
    "read_library",
    "shipped_rulebook",
]
