"""Reads SEC Form D filings from text, HTML, EDGAR XML and PDF by rules and returns validated data.

    result = extractor.extract("filing.pdf")
    result.filing.primary_issuer.entity_name
    result.problems

The import costs next to nothing: each name is loaded when it is first used.
"""

import importlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractor.errors import (
        BinaryInput,
        BrokenInput,
        EmptyInput,
        EncryptedInput,
        ExtractorError,
        ImageOnlyInput,
        MissingProgram,
        NotAFormD,
        SeveralFilings,
        UnreadableInput,
    )
    from extractor.extract import Extraction, extract, extract_bytes, extract_text
    from extractor.finding import BoxState, Finding, Leftover, Problem, ProblemKind
    from extractor.model import Filing
    from extractor.outputs.edgar_xml import to_edgar_xml
    from extractor.outputs.render import PageOptions, PrintOptions, TextStyle, print_pdf, render_html, render_text
    from extractor.readers.edgar import from_edgar_xml
    from extractor.source import Place

__version__ = "0.1.0"

__all__ = [
    "BinaryInput",
    "BoxState",
    "BrokenInput",
    "EmptyInput",
    "EncryptedInput",
    "Extraction",
    "ExtractorError",
    "Filing",
    "Finding",
    "ImageOnlyInput",
    "Leftover",
    "MissingProgram",
    "NotAFormD",
    "PageOptions",
    "Place",
    "PrintOptions",
    "Problem",
    "ProblemKind",
    "SeveralFilings",
    "TextStyle",
    "UnreadableInput",
    "__version__",
    "extract",
    "extract_bytes",
    "extract_text",
    "from_edgar_xml",
    "print_pdf",
    "render_html",
    "render_text",
    "to_edgar_xml",
]

_MODULES = {
    "errors": (
        "BinaryInput",
        "BrokenInput",
        "EmptyInput",
        "EncryptedInput",
        "ExtractorError",
        "ImageOnlyInput",
        "MissingProgram",
        "NotAFormD",
        "SeveralFilings",
        "UnreadableInput",
    ),
    "extract": ("Extraction", "extract", "extract_bytes", "extract_text"),
    "finding": ("BoxState", "Finding", "Leftover", "Problem", "ProblemKind"),
    "model": ("Filing",),
    "outputs.edgar_xml": ("to_edgar_xml",),
    "outputs.render": ("PageOptions", "PrintOptions", "TextStyle", "print_pdf", "render_html", "render_text"),
    "readers.edgar": ("from_edgar_xml",),
    "source": ("Place",),
}
_HOMES = {name: module for module, names in _MODULES.items() for name in names}


class _Package(ModuleType):
    """The package, whose name `extract` is always the function.

    Python puts a submodule into its package once it is loaded, so the module `extractor.extract` would hide it.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
