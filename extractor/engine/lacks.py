"""Tells which labels that the form prints a record lacks, and in which rows its answers may be others' for that."""

from functools import lru_cache
from typing import NamedTuple

from extractor.engine.records import Plan, Record
from extractor.form.spec import Box, Words


class Shaken(NamedTuple):
    """Rows in which an answer that stands below a label may be that of another one.

    asked: rows that lack the label of an answer, and those before them. printed: rows of which any label is lost or
    stands twice, and those before them. ticked: rows that lack the label of a box.
    """

    asked: frozenset[int] = frozenset()
    printed: frozenset[int] = frozenset()
    ticked: frozenset[int] = frozenset()


SOUND = Shaken()
"""A record that has all its labels, once each."""


def shaken(this: Plan, record: Record) -> Shaken:
    """The rows of a record whose answers may be those of a label that is lost, or that stands twice."""
    lost = missing(this, record)
    if not lost and not record.doubles:
        return SOUND
    asked = {row for row, label in this.paths if label in lost}
    ticked = frozenset(row for label in lost if label in this.boxes for row in this.rows[label])
    doubled: set[int] = set()
    for hit, row in record.doubles:
        if not hit.whole or is_answer(this, hit.label):
            continue
        before = [its_row for one, its_row in zip(record.hits, record.rows, strict=True) if one.spans < hit.spans]
        doubled.update({row, *before[-1:]})
    return Shaken(_and_before(asked), _and_before(asked | ticked | doubled), ticked)


def is_answer(this: Plan, label: str) -> bool:
    """Whether a box's label may stand again as an answer ("None" below the box None)."""
    return any(box.path == one.path for box in this.boxes.get(label, ()) for one in this.fields.values())


def _and_before(rows: frozenset[int] | set[int]) -> frozenset[int]:
    return frozenset(rows | {row - 1 for row in rows})


def missing(this: Plan, record: Record) -> frozenset[str]:
    """The labels that the form prints, in the edition that agrees best, but the record lacks."""
    seen = {hit.label for hit in record.hits}
    return min((printed - seen for printed in _editions(this)), key=len)


@lru_cache(maxsize=64)
def _editions(this: Plan) -> tuple[frozenset[str], ...]:
    """The labels that each edition of a section prints in any case, but for units."""
    boxes = [part for part in this.section.parts() if isinstance(part, Box)]
    editions = sorted({edition for box in boxes for edition in box.editions}) or [""]
    return tuple(_printed(this, edition) for edition in editions)


def _printed(this: Plan, edition: str) -> frozenset[str]:
    labels = set()
    for part in this.section.parts():
        if isinstance(part, Words):
            printed = part.always and not part.many
        elif isinstance(part, Box):
            printed = part.always and (not part.editions or edition in part.editions)
        else:
            printed = True
        if printed:
            labels.add(part.label)
    return frozenset(labels)
