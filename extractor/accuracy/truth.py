"""The truth of one filing, and what part of it a result can be held to."""

from dataclasses import dataclass

from extractor.accuracy.fields import every_path, shown_paths
from extractor.accuracy.report import RunFormat
from extractor.model import Filing


@dataclass(frozen=True, slots=True)
class Truth:
    """What a filing says. name: what the report calls it. paths: the fields it speaks of (with []); None for all."""

    name: str
    filing: Filing
    paths: frozenset[str] | None = None

    def asked(self, format_: RunFormat) -> frozenset[str]:
        """The fields in which a result of this format is compared: EDGAR's XML says all, a rendering what it shows."""
        visible = every_path() if format_ == "edgar" else shown_paths()
        return visible if self.paths is None else visible & self.paths
