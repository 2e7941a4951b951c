"""An assessment as finished text for the templates."""

from assessor.view.build import build_view
from assessor.view.model import ReportView

__all__ = ["ReportView", "build_view"]
