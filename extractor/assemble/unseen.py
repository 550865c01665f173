"""Reports the labels that the form prints but a document does not show."""

from collections.abc import Iterable, Mapping
from functools import cache

import regex

from extractor.assemble.building import Blanks, Building
from extractor.engine.found import Found
from extractor.engine.pieces import Stretch
from extractor.finding import BoxState, ProblemKind
from extractor.form.editions import EDITIONS, EditionName, exemptions_of
from extractor.form.items import FORM, GROUPS
from extractor.form.spec import Box, Field, Group, Section

MANY = 3
"""Labels that one item lacks in a document that has lost more than it shows; fewer may be damaged."""

_INDEX = regex.compile(r"\[\d+\]")


def report_unseen(building: Building, found: Found, labels: Mapping[str, Stretch], blanks: Blanks) -> None:
    """Report the labels that the form prints but the document does not show; their boxes are unknown."""
    edition = edition_seen(building.boxes)
    _report_unlike_counts(building, found)
    for group in GROUPS:
        report_unasked(building, group)
    for section in FORM:
        count = found.records.get(section.number, 0)
        for record in _records(section, count, blanks):
            lost = report_unseen_in(building, section, record, (labels, edition), count)
            if count and lost >= MANY:
                report_blanks(building, section, labels)


def report_blanks(building: Building, section: Section, labels: Mapping[str, Stretch]) -> None:
    """Report free texts that are blank in a document that lost words of the form: an answer may be lost as they are.

    section: the one that lacks labels.
    """
    for path in labels:
        if _INDEX.sub("[]", path) in _texts() and path not in building.values:
            message = f"no answer stands here, but labels of item {section.number} are lost; this answer may be, too"
            building.report(path, ProblemKind.AMBIGUOUS, message)


@cache
def _texts() -> frozenset[str]:
    """The paths of the form's free texts."""
    rows = ((section, row) for section in FORM for row in section.rows if row.layout == "text")
    return frozenset(
        f"{section.prefix}.{part.path}".lstrip(".")
        for section, row in rows
        for part in row.parts
        if isinstance(part, Field)
    )


def report_unseen_in(
    building: Building,
    section: Section,
    record: str,
    shown: tuple[Mapping[str, Stretch], EditionName],
    count: int,
) -> int:
    """How many labels a record does not show; each is reported.

    record: its prefix; shown: the labels, and the form's edition; count: how many records there are of the section.
    """
    labels, edition = shown
    unseen: dict[str, str] = {}
    for part in _printed(section, edition):
        if isinstance(part, Field):
            if record + part.path not in labels:
                unseen.setdefault(record + part.path, part.label)
        elif (name := record + part.name) not in building.boxes:
            building.boxes[name] = BoxState.UNKNOWN
            unseen.setdefault(name if count else record + part.path, part.label)
    if count == 0 and section.repeats:
        where = section.prefix.removesuffix("[]").replace("issuers", "additional_issuers")
        message = f"item {section.number} ({section.title}) was not found, so its entries are not known"
        building.report(where, ProblemKind.MISSING_LABEL, message)
    heading = f"item {section.number} ({section.title}) was not found, so " if count == 0 else ""
    if count and section.repeats and f"{record}{_name_of(section)}" in unseen:
        message = "this entry's name has no label, so it may be none; look at the document"
        building.report(record.rstrip("."), ProblemKind.MISSING_LABEL, message)
    for path, label in unseen.items():
        message = f"{heading}the label {label!r} was not found: expected it as the form prints it"
        building.report(path, ProblemKind.MISSING_LABEL, message)
    return len(unseen)


def report_unasked(building: Building, group: Group) -> None:
    """Report a question asked only with some box, where that is checked or unknown and none of its own is seen."""
    if not group.when:
        return
    seen = {name.partition("=")[0] for name in building.boxes}
    if seen.isdisjoint(group.paths) and building.boxes.get(group.when) is not BoxState.UNCHECKED:
        message = f"{group.label}: none of its boxes was found, and {group.when.partition('=')[2]!r} is not unchecked"
        for path in group.paths:
            building.report(path, ProblemKind.MISSING_LABEL, message)


def _report_unlike_counts(building: Building, found: Found) -> None:
    """Report sections that describe the same entries but differ in their number: which belong together is not known."""
    by_prefix: dict[str, dict[str, int]] = {}
    for section in FORM:
        if section.repeats and found.records.get(section.number):
            by_prefix.setdefault(section.prefix, {})[section.number] = found.records[section.number]
    for prefix, counts in by_prefix.items():
        if len(set(counts.values())) > 1:
            seen = " and ".join(f"item {number} for {count}" for number, count in counts.items())
            message = f"expected as many entries in each item, seen {seen}; they may be paired wrongly"
            for number in range(max(counts.values())):
                path = Blanks().renamed(f"{prefix[:-1]}{number}]")
                building.report(path or prefix, ProblemKind.AMBIGUOUS, message)


@cache
def _name_of(section: Section) -> str:
    """The path of the field that names an entry of a list: the first that the form asks for."""
    return next(part.path for part in section.parts() if isinstance(part, Field))


def edition_seen(boxes: Iterable[str]) -> EditionName:
    """The edition whose boxes of item 6 agree best with those that were seen, the newest of those that tie."""
    seen = {name.partition("=")[2] for name in boxes if name.startswith("federal_exemptions_exclusions=")}
    printed = _codes()
    return min(printed, key=lambda name: len(seen ^ printed[name]) + 3 * len(seen - printed[name]))


@cache
def _codes() -> Mapping[EditionName, frozenset[str]]:
    """The codes of item 6 that each edition prints, newest first."""
    return {edition.name: frozenset(box.code for box in exemptions_of(edition.name)) for edition in EDITIONS}


@cache
def _printed(section: Section, edition: EditionName) -> tuple[Field | Box, ...]:
    """The fields of a section, and the boxes that every filing of an edition prints in it."""
    return tuple(
        part
        for part in section.parts()
        if isinstance(part, Field)
        or (isinstance(part, Box) and part.always and (not part.editions or edition in part.editions))
    )


def _records(section: Section, count: int, blanks: Blanks) -> Iterable[str]:
    """The path prefixes of a section's records; one for a section that was not found at all."""
    if not section.repeats:
        return [f"{section.prefix}." if section.prefix else ""]
    if any(row.layout == "table" for row in section.rows):
        count = 1
    kept = [f"{section.prefix[:-1]}{number}]" for number in range(max(count, 1))]
    return [f"{name}." for record in kept if (name := blanks.renamed(record)) is not None]
