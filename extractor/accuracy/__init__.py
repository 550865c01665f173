"""How right results are, field by field, against a truth.

report = extractor.accuracy.compare(results, truths)
report.total.recall, report.fields, report.mistakes
"""

from extractor.accuracy.compare import Options, compare
from extractor.accuracy.report import Report
from extractor.accuracy.truth import Truth

__all__ = ["Options", "Report", "Truth", "compare"]
