"""How right results are, field by field, against a truth.

    report = extractor.accuracy.compare(results, truths)
    report.total.recall, report.fields, report.mistakes

Each name is loaded when it is first used, so that the command line costs nothing.
"""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractor.accuracy.report import Report
    from extractor.accuracy.run import Options, compare
    from extractor.accuracy.truth import Truth

__all__ = ["Options", "Report", "Truth", "compare"]

_HOMES = {"Options": "run", "Report": "report", "Truth": "truth", "compare": "run"}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
