"""The pipeline: a document's bytes in, an `Extraction` out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from extractor.finding import BoxState, Finding, Leftover, Problem
from extractor.model import Filing
from extractor.source import Format


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one document says.

    filing: the validated answers. findings: what was found, one per answer and box, in the form's order. problems:
    what could not be known or does not fit. leftovers: text of the answers area that no rule claimed. boxes: the
    state of every checkbox by its path (path=value). format: how the document was read. name: what the caller calls
    it. facts: what the container says beside the filing (an EDGAR header's accession number ...).
    """

    filing: Filing
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]
    leftovers: tuple[Leftover, ...]
    boxes: Mapping[str, BoxState]
    format: Format
    name: str = ""
    facts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
