"""The truth of one filing, what part of it a result can be held to, and how it is read from a file."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import JsonValue, ValidationError

from extractor.accuracy.fields import Field, every_path, shown_paths, whole
from extractor.accuracy.report import RunFormat
from extractor.errors import ExtractorError
from extractor.golden.check import truth_of
from extractor.golden.file import is_truth
from extractor.model import Filing
from extractor.readers.edgar import from_edgar_xml


class NoTruth(ExtractorError):
    """A file that says no filing's truth."""


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


def read_truth(path: Path, name: str) -> Truth:
    """The truth in a file: EDGAR's XML, or JSON. ExtractorError: it holds none; OSError: it cannot be opened.

    JSON is a filing as `formd extract` writes it (or all that it writes), or a truth that was confirmed with
    `formd golden`. A filing in JSON speaks only of the fields that it names; null says that a field is blank.
    """
    data = path.read_bytes()
    if path.suffix.casefold() != ".json":
        return Truth(name, from_edgar_xml(data))
    if is_truth(data):
        return Truth(name, truth_of(path), shown_paths())
    try:
        told = json.loads(data)
        filing = told.get("filing", told) if isinstance(told, dict) else told
        checked = Filing.model_validate_json(json.dumps(filing))
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        where = ".".join(map(str, detail["loc"])) or "the file"
        raise NoTruth(f"expected a filing as `formd extract` writes it; {where}: {detail['msg']}") from None
    except (ValueError, RecursionError) as error:
        raise NoTruth(f"expected a filing as `formd extract` writes it, in JSON; {error}") from None
    return Truth(name, checked, spoken(filing))


def spoken(filing: Mapping[str, JsonValue]) -> frozenset[str]:
    """The fields, with [], that a filing in JSON names; an empty list, or null for a part, speaks of all below it.

    >>> sorted(spoken({"investors": {"total_number_already_invested": 3}, "minimum_investment_accepted": None}))
    ['investors.total_number_already_invested', 'minimum_investment_accepted']
    """
    return frozenset(field.path for field in whole().all_fields() if _named(filing, _steps(field)))


def _steps(field: Field) -> list[str]:
    return field.path.replace("[]", "").split(".")


def _named(told: JsonValue | Mapping[str, JsonValue], steps: list[str]) -> bool:
    if told is None or not steps:
        return True
    if isinstance(told, list):
        return not told or any(_named(entry, steps) for entry in told)
    return isinstance(told, Mapping) and steps[0] in told and _named(told[steps[0]], steps[1:])
