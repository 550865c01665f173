"""Compares an extraction with the truth it was rendered from: facts, boxes, problems."""

from collections.abc import Iterator, Mapping

from extractor.checks import check
from extractor.extract import Extraction
from extractor.finding import BoxState, Problem, ProblemKind
from extractor.form.boxes import boxes_of
from extractor.form.items import CLARIFICATION
from extractor.model import Filing, Record

HIDDEN = {
    "schema_version",
    "test_or_live",
    "return_copy",
    "contact_data",
    "notification_addresses",
    "ccc",
    "previous_accession_number",
    "authorized_representative",
    "over100_issuer_flag",
    "over100_persons_flag",
    "over100_recipient_flag",
    "state_or_country_description",
    "description",
    "edgar_previous_names",
}
"""Fields that no rendering shows (or that say what a neighbour says: the names of states, the second list of names)."""

SETS = {"related_person_relationships", "federal_exemptions_exclusions"}


def facts(part: Record, prefix: str = "") -> Iterator[tuple[str, object]]:
    """All that a filing says, by path, in the model's order."""
    for name in type(part).model_fields:
        value, path = getattr(part, name), f"{prefix}{name}"
        if isinstance(value, Record):
            yield from facts(value, f"{path}.")
        elif isinstance(value, tuple) and value and isinstance(value[0], Record):
            for number, one in enumerate(value):
                yield from facts(one, f"{path}[{number}].")
        elif value is not None:
            yield path, value


def shown(filing: Filing) -> dict[str, object]:
    """The facts of a filing that a page of it shows, by path."""
    return dict(_shown(filing, ""))


def _shown(part: Record, prefix: str) -> Iterator[tuple[str, object]]:
    for name in type(part).model_fields:
        if name in HIDDEN:
            continue
        value = getattr(part, name)
        path = f"{prefix}{name}"
        if name == "issuer_previous_names":
            names = (*(value or ()), *(getattr(part, "edgar_previous_names", None) or ()))
            value = tuple(dict.fromkeys(names))
        if isinstance(value, Record):
            yield from _shown(value, f"{path}.")
        elif isinstance(value, tuple) and value and isinstance(value[0], Record):
            for number, one in enumerate(value):
                yield from _shown(one, f"{path}[{number}].")
        elif name in SETS:
            yield path, tuple(sorted(value or ()))
        elif value not in (None, False, ()):
            yield path, " ".join(value.split()) if isinstance(value, str) else value


def differences(truth: Filing, seen: Filing) -> list[str]:
    """What is wrong, missing or invented, one line each; empty when all shown facts agree."""
    want, got = shown(truth), shown(seen)
    return [
        f"{path}: expected {want.get(path)!r}, got {got.get(path)!r}"
        for path in sorted(want.keys() | got.keys())
        if want.get(path) != got.get(path)
    ]


def box_differences(truth: Filing, seen: Mapping[str, BoxState]) -> list[str]:
    """The boxes whose state is not that of the truth, one line each.

    What the truth leaves open, a page shows as a box that is not checked.
    """
    want = boxes_of(truth)
    return [
        f"{name}: expected {want.get(name)}, got {seen.get(name)}"
        for name in sorted(want.keys() | seen.keys())
        if want.get(name) != seen.get(name)
        and (want.get(name), seen.get(name)) != (BoxState.UNKNOWN, BoxState.UNCHECKED)
    ]


def unexpected(truth: Filing, problems: tuple[Problem, ...]) -> list[str]:
    """The problems that the truth does not have, and those of its own that are not reported, one line each.

    A truth has the problems of its checks, and those of the answers it lacks: the answer is missing, its group of
    boxes has none checked, and its neighbours in the same record may be shifted; and those of an answer that is the
    label above it, which reads as if the label stood there twice.
    """
    own = {(problem.path, problem.kind) for problem in check(truth)}
    said = {(problem.path, problem.kind) for problem in problems}
    answered = shown(truth)
    lacking = {path for path, kind in said if kind is ProblemKind.MISSING_VALUE and path not in answered}
    records = {path.partition(".")[0] for path in lacking}
    false = [
        f"{path}: {kind}, which the truth does not have"
        for path, kind in sorted(said - own)
        if not (path in lacking and kind is ProblemKind.MISSING_VALUE)
        and not (kind is ProblemKind.GROUP_CONFLICT and _blank(answered, path))
        and not (kind is ProblemKind.INFERRED and path.partition(".")[0] in records)
        and not (kind is ProblemKind.INFERRED and str(answered.get(path)).startswith(CLARIFICATION))
    ]
    return false + [f"{path}: expected a problem: {kind}" for path, kind in sorted(own - said)]


def _blank(answered: Mapping[str, object], path: str) -> bool:
    return not any(value and (name == path or name.startswith(f"{path}.")) for name, value in answered.items())


def all_wrong(truth: Filing, seen: Extraction) -> list[str]:
    """All that is wrong with an extraction: facts, boxes, problems, text that nothing read."""
    return [
        *differences(truth, seen.filing),
        *box_differences(truth, seen.boxes),
        *unexpected(truth, seen.problems),
        *(f"left over: {leftover.text!r} at {leftover.place}" for leftover in seen.leftovers),
    ]
