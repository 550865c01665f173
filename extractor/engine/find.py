"""Finds the answers of a form in a source: sections, records, boxes, fields, and what nothing claimed."""

from extractor.engine.boxes import Side, learn_side, neighbours, reach
from extractor.engine.fields import Fits
from extractor.engine.found import Found, Part
from extractor.engine.labels import find_labels
from extractor.engine.noise import with_damaged
from extractor.engine.pieces import Piece, Tick, cut
from extractor.engine.records import Plan, Record, plan, split_records
from extractor.engine.sections import Form, Region, candidates_of, repeated, split
from extractor.engine.tell import doubt_lone_marks, leave_region, report_repeated, tell
from extractor.form.spec import Section
from extractor.source import Source


def find(source: Source, form: Form, fits: Fits) -> Found:
    """What a source answers to a form; regions that the form does not have are no part of it."""
    found = Found()
    candidates = candidates_of(source, form)
    parts = [part for region in split(source, form, candidates) for part in _parts(source, region, found)]
    again = repeated(candidates, form)
    found.doubled = len(again)
    for section, heading in again:
        report_repeated(source, plan(section), heading.first, found)
    pairs = [pair for part in parts for pair in part.beside]
    side, limit = learn_side(pairs), reach(source, pairs)
    for part in parts:
        _bind(part, side, limit)
    mixed = source.format == "text" and any(pair.right is not None and not pair.alone for pair in pairs)
    marked = any(tick.checked for part in parts for ticks in part.bound.values() for tick in ticks)
    for part in parts:
        tell(source, part, found, fits, marked=marked)
        if mixed and any(pair.alone and pair.right is not None for pair in part.beside):
            doubt_lone_marks(source, part, found)
    return found


def _parts(source: Source, region: Region, found: Found) -> list[Part]:
    this = plan(region.section)
    hits = find_labels(source, region.first, region.last, this.words)
    records = split_records(source, this, hits, region.first, region.last)
    if not hits and this.section.repeats:
        found.records.setdefault(region.section.number, 0)
        leave_region(source, this, records[0], found)
        return []
    mended = with_damaged(source, this, records, hits)
    if mended is not None:
        records = split_records(source, this, mended, region.first, region.last)
    parts = []
    for record in records:
        prefix = _prefix(region.section, found)
        last = record is records[-1]
        parts.append(_part(source, this, record, prefix, region.lacks if last else ""))
    return parts


def _prefix(section: Section, found: Found) -> str:
    number = found.records.get(section.number, 0)
    found.records[section.number] = number + 1
    if section.repeats:
        return f"{section.prefix[:-1]}{number}]."
    return f"{section.prefix}." if section.prefix else ""


def _part(source: Source, this: Plan, record: Record, prefix: str, open_end: str) -> Part:
    ticking = frozenset(this.boxes)
    pieces, ticks = cut(source.items, record.first, record.last, record.hits, ticking)
    text = None
    for hit, row in zip(record.hits, record.rows, strict=True):
        if this.section.rows[row].layout == "text":
            end = (hit.spans[-1].cell, hit.spans[-1].end)
            behind: list[Piece | Tick] = [p for p in pieces if (p.cell, p.start) >= end]
            behind += [tick for tick in ticks if (tick.cell, tick.start) >= end]
            text = (this.fields[hit.label], sorted(behind, key=lambda item: (item.cell, item.start)))
            pieces = [piece for piece in pieces if (piece.cell, piece.start) < end]
            ticks = [tick for tick in ticks if (tick.cell, tick.start) < end]
    beside = neighbours(source.items, record, this, pieces, ticks)
    return Part(this, record, prefix, open_end, pieces, ticks, text, beside, {}, {})


def _bind(part: Part, side: Side, limit: float) -> None:
    """Give each mark to the box label at the side where the document puts its marks, within their reach."""
    for tick, pair in zip(part.ticks, part.beside, strict=True):
        number = pair.right if side == "before" else pair.left
        if number is not None and side == "before" and pair.gap > limit:
            part.far.setdefault(number, []).append(tick)
        elif number is not None:
            part.bound.setdefault(number, []).append(tick)
