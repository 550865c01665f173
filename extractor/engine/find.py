"""Finds the answers of a form in a source: sections, records, boxes, fields, and what nothing claimed."""

from collections.abc import Sequence
from itertools import pairwise

from extractor.divide import Divide
from extractor.engine.boxes import (
    TIGHT,
    Neighbours,
    Side,
    is_crowded,
    is_drawn_ahead,
    is_entry,
    is_free,
    is_tight,
    learn_side,
    neighbours,
    reach,
)
from extractor.engine.claims import is_strung
from extractor.engine.counted import uncounted
from extractor.engine.doubts import unclear_end
from extractor.engine.echoes import asked_of, blank_twins, part_lists, settle_lists
from extractor.engine.flowing import parted
from extractor.engine.found import Found, Part, with_wrapped
from extractor.engine.glued import doubt_headings, with_loose_headings, with_loose_marks
from extractor.engine.heads import centre
from extractor.engine.joined import is_joined
from extractor.engine.labels import find_labels, same_line
from extractor.engine.lacks import missing, shaken
from extractor.engine.lined import learn
from extractor.engine.noise import with_damaged
from extractor.engine.pieces import Piece, Tick, cut
from extractor.engine.readings import Fits
from extractor.engine.records import Plan, Record, opens_record, plan, split_records
from extractor.engine.reflow import reflow
from extractor.engine.remembered import UNKNOWN, Recalled, know, memory_of, record_prefix, retell, without_words
from extractor.engine.reports import doubt_lone_marks, leave_region, report_repeated, report_uneven
from extractor.engine.seams import with_seams
from extractor.engine.sections import Form, Heading, Region, candidates_of, repeated, split, uneven
from extractor.engine.spread import spread
from extractor.engine.strays import with_strays
from extractor.engine.strung import divide_rows
from extractor.engine.tell import tell
from extractor.engine.torn import with_torn
from extractor.engine.units import with_units
from extractor.engine.wraps import is_full
from extractor.finding import Problem, ProblemKind
from extractor.source import Lines, Source

_TORN = (
    "the rows of this entry are torn apart; each label was read with the text right below it, and text that stands "
    "alone with the one label that lacks an answer"
)

_STRAYED = "labels of this item stand behind the heading that follows it; they were read as if they stood before it"

_APART = "numbers or boxes stand apart from their labels; they were put together in the order in which the form asks"


def find(source: Source, form: Form, fits: Fits, divide: Divide | None = None, lines: Lines | None = None) -> Found:
    """What a source answers to a form; regions that the form does not have are no part of it.

    divide: what divides rows of a text whose columns are lost. lines: of the source, if each was read by itself; what
    they hold is remembered for other texts.
    """
    found, given = Found(), source
    source = _in_lines(source, form, fits)
    candidates, regions = _searched(source, form)
    led = with_strays(source, regions)
    if led is not None:
        source = led.source
        candidates, regions = _searched(source, form)
        found.problems += [Problem(path, ProblemKind.INFERRED, _STRAYED) for path in led.paths]
    flowed = reflow(source, form, regions, fits)
    if flowed is not None:
        source = flowed.source
        candidates, regions = _searched(source, form)
    joined = with_units(source, regions)
    if joined is not None:
        source = joined.source
        candidates, regions = _searched(source, form)
        found.problems += [Problem(path, ProblemKind.INFERRED, _APART) for path in joined.paths]
    parts = [part for region in regions for part in _parts(source, region, found, fits)]
    if (region := uneven(regions, form)) is not None:
        report_uneven(source, region, found)
    if source.format == "text" and not source.columns:
        found.problems.extend(uncounted(source, form.sections, [part.this.section for part in parts]))
    again = repeated(candidates, form)
    found.doubled = len(again)
    for section, heading in again:
        report_repeated(source, plan(section), heading.first, found)
    _doubt_ends(source, parts, found)
    _tell_all(source, parts, found, fits)
    doubt_headings(source, form, found)
    if divide is not None and source.format == "text" and (found.undivided or is_strung(source)):
        divide_rows(source, form, found, divide, fits)
    if divide is not None and is_strung(source):
        blank = blank_twins(source, (_unfold(source, part) for part in parts), found)
        settle_lists(source, found, (divide, fits), asked_of(form, fits), blank)
    elif divide is not None and source.format == "text":
        part_lists(found, divide)
    torn = (
        path for path in (flowed.entries if flowed else ()) if any(one.path.startswith(path) for one in found.answers)
    )
    found.problems += [Problem(path, ProblemKind.INFERRED, _TORN) for path in torn]
    if lines and source is given:
        learn(lines, [part for part in parts if isinstance(part, Recalled)], form, fits)
    return found


def _in_lines(source: Source, form: Form, fits: Fits) -> Source:
    """The source; a text with its lines, columns and marks as the form has them, where it runs them together."""
    if source.format == "text":
        source = parted(source, form)
    if source.spaced:
        source = spread(with_seams(source, form), form, fits)
    return with_loose_marks(with_loose_headings(source, form), form) if source.format == "text" else source


def _searched(source: Source, form: Form) -> tuple[list[Heading], list[Region]]:
    """What may be a heading in a source, and the regions that these part it into."""
    candidates = candidates_of(source, form)
    return candidates, split(source, form, candidates)


def _doubt_ends(source: Source, parts: Sequence[Part | Recalled], found: Found) -> None:
    """Report each free text that may end elsewhere."""
    for before, after in pairwise(parts):
        if before.this.ending is not None and isinstance(after, Part):
            _doubt_end(source, before, after, found)
    for part in parts:
        if isinstance(part, Part) and part.text is not None:
            _doubt_end(source, part, part, found)


def _doubt_end(source: Source, before: Part | Recalled, after: Part, found: Found) -> None:
    """Report free text that may go on behind the heading or the line that ends it, or holds labels that lack there."""
    one = before.this.ending
    assert one is not None
    reason = unclear_end(before.this, after) if before is not after else ""
    if not reason and (lost := missing(after.this, after.record)):
        text = _unfold(source, before).text
        cells = [item.cell for item in text[1]] if text else []
        hits = find_labels(source, min(cells), max(cells) + 1, after.this.words) if cells else []
        held = next((hit.label for hit in hits if hit.head and hit.label in lost), None)
        reason = f"it holds the label {held!r}, which is not found behind it" if held else ""
        if reason and before.this.section.repeats:
            _doubt_list(source, after, held or "", found)
    if reason:
        place = source.items[after.record.first].place
        problem = Problem(before.prefix + one.path, ProblemKind.AMBIGUOUS, f"{one.label}: {reason}", place)
        found.problems.append(problem)


def _doubt_list(source: Source, part: Part, held: str, found: Found) -> None:
    """Report a list of which further entries may stand in the free text of one. held: a label of them."""
    message = f"the free text of an entry holds the label {held!r}; it may be that of a further entry, which is missing"
    place = source.items[part.record.first].place
    found.problems.append(Problem(part.this.section.prefix.removesuffix("[]"), ProblemKind.AMBIGUOUS, message, place))


def _tell_all(source: Source, parts: Sequence[Part | Recalled], found: Found, fits: Fits) -> None:
    """Record what all parts answer, after the document has told where it puts its marks."""
    pairs = [pair for part in parts for pair in part.beside]
    side, limit, tight = learn_side(pairs), reach(source, pairs), is_tight(source, pairs)
    if source.format == "text" and any(pair.right is not None and not pair.alone for pair in pairs):
        parts = [_unfold(source, part) if any(pair.alone for pair in part.beside) else part for part in parts]
        parts = [with_wrapped(part) if isinstance(part, Part) and is_strung(source) else part for part in parts]
        mixed = True
    else:
        mixed = False
    parts = [_unfold(source, part) if _reaches_far(part, side, TIGHT if tight else limit) else part for part in parts]
    if side == "before":
        parts = [_unfold(source, part) if is_crowded(part.beside) else part for part in parts]
    if source.format == "text" and not source.columns and any(map(_is_drawn_ahead, parts)):
        parts = [_unfold(source, part)._replace(ahead=True) for part in parts]
    for part in parts:
        if isinstance(part, Part):
            apart = side == "before" and (tight or source.format == "html" or source.columns)
            _bind(source, _without_entries(source, part, tight=tight) if apart else part, side, limit)
    marked = any(_is_marked(part, side) for part in parts)
    for part in parts:
        if isinstance(part, Recalled):
            _retell(source, part, (side, marked), found, fits)
            continue
        tell(source, part, found, fits, marked=marked)
        if mixed and any(pair.alone and pair.right is not None for pair in part.beside):
            doubt_lone_marks(source, part, found)


def _is_drawn_ahead(part: Part | Recalled) -> bool:
    if isinstance(part, Recalled):
        return any(pair.leads for pair in part.beside)
    return is_drawn_ahead(part.record, part.this, part.beside, part.ticks, part.pieces)


def _reaches_far(part: Part | Recalled, side: Side, limit: float) -> bool:
    return isinstance(part, Recalled) and side == "before" and part.known.farthest > limit


def _is_marked(part: Part | Recalled, side: Side) -> bool:
    if isinstance(part, Recalled):
        return part.known.checked[side]
    return any(tick.checked for ticks in part.bound.values() for tick in ticks)


def _retell(source: Source, part: Recalled, how: tuple[Side, bool], found: Found, fits: Fits) -> None:
    """Record what a record answers as it was found for its layout before, or find it and remember."""
    outcomes = part.known.outcomes
    outcome = outcomes.get(how)
    if outcome is None:
        side, marked = how
        told, work = Found(), _unfold(source, part)
        _bind(source, work, side, float("inf"))
        tell(source, work, told, fits, marked=marked)
        if how not in outcomes:
            outcomes[how] = without_words(source, work, told)
        found.extend(told)
    else:
        retell(source, part, outcome, found)


def _unfold(source: Source, part: Part | Recalled) -> Part:
    """A part whose record is there to look at."""
    if isinstance(part, Part):
        return part
    work = part.learned or _alone(source, part.this, part.first, part.last)
    assert work is not None
    return work._replace(prefix=part.prefix)


def _alone(source: Source, this: Plan, first: int, last: int) -> Part | None:
    """The record that items first..last hold, whatever stands around them; None where it is not as plain as that."""
    items = source.items
    if any(0 < at < len(items) and same_line(items[at - 1], items[at]) for at in (first, last)):
        return None
    hits = find_labels(source, first, last, this.words)
    records = split_records(source, this, hits, first, last)
    if len(records) != 1 or not hits or with_damaged(source, this, records, hits) is not None:
        return None
    if records[0].suspects or missing(this, records[0]):
        return None
    part = _part(source, this, records[0], "", "")
    return None if unclear_end(this, part) else part


def _parts(source: Source, region: Region, found: Found, fits: Fits) -> list[Part] | list[Recalled]:
    this = plan(region.section)
    recalled = _recall(source, this, region, fits)
    if recalled is not None:
        return [one._replace(prefix=record_prefix(region.section, found)) for one in recalled]
    hits = find_labels(source, region.first, region.last, this.words)
    records = split_records(source, this, hits, region.first, region.last)
    if not hits and this.section.repeats:
        found.records.setdefault(region.section.number, 0)
        leave_region(source, this, records[0], found)
        return []
    mended = with_damaged(source, this, records, hits)
    mended = with_torn(source, this, records, hits) if mended is None else mended
    if mended is not None:
        records = split_records(source, this, mended, region.first, region.last)
    parts = []
    for record in records:
        prefix = record_prefix(region.section, found)
        last = record is records[-1]
        part = _part(source, this, record, prefix, region.lacks if last else "")
        parts.append(part._replace(twice=region.twice and last))
    return parts


def _recall(source: Source, this: Plan, region: Region, fits: Fits) -> list[Recalled] | None:
    """The records of a region, if the layouts of all are known; they have no prefix yet."""
    if source.format == "pdf" or region.lacks or region.twice or region.first >= region.last:
        return None
    if source.spaced and this.lists and is_full(source, region.first, region.last):
        return None
    memory = memory_of(this, fits)
    chunks = memory.chunks(source.items, region.first, region.last)
    several = len(chunks) > 1
    recalled = []
    for first, last in chunks:
        layout = memory.layout(source, first, last, several=several)
        if layout is None:
            return None
        learned: Part | None = None
        known = memory.recall(layout)
        if known is UNKNOWN:
            learned = _learn(source, this, (first, last), several=several)
            known = know(learned) if learned else None
            memory.learn(layout, known)
        if known is None:
            return None
        recalled.append(Recalled(this, first, last, "", known, learned, several))
    return recalled


def _learn(source: Source, this: Plan, region: tuple[int, int], *, several: bool) -> Part | None:
    """The record of some items; one of several must begin and end as plainly as the next one begins."""
    first, last = region
    part = _alone(source, this, first, last)
    if part is None or (this.lists and is_joined(part)):
        return None
    if several and not (opens_record(source, this, first, last) and part.record.rows[-1] > 0):
        return None
    return part


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
    if source.format == "text":
        record = centre(source, this, record, pieces, [tick.typed for tick in ticks if tick.typed])
    beside = neighbours(source.items, record, this, pieces, ticks)
    return Part(this, record, prefix, open_end, pieces, ticks, text, beside, {}, {}, shaken(this, record))


def _without_entries(source: Source, part: Part, *, tight: bool) -> Part:
    """The part with no label beside those marks that are answers: in an answer's column, apart from a box's label.

    tight: a mark that does not stand right before a label is apart; else one is that has another one before its label.
    """
    nearest = {pair.right: tick.x0 for tick, pair in zip(part.ticks, part.beside, strict=True) if not pair.alone}
    beside = []
    for tick, pair in zip(part.ticks, part.beside, strict=True):
        apart = pair.right is not None and (pair.gap > TIGHT if tight else tick.x0 < nearest.get(pair.right, tick.x0))
        entry = apart and pair.right is not None and is_entry(source, part.record, part.this, tick, pair.right)
        beside.append(Neighbours(None, None) if entry else pair)
    return part._replace(beside=beside)


def _bind(source: Source, part: Part, side: Side, limit: float) -> None:
    """Give each mark to the box label at the side where the document puts its marks, within their reach.

    Where only boxes ask for answers, none stands before a box; in a text such marks stand on the lines of their labels.
    """
    alone = part.this.fields.keys() <= part.this.boxes.keys()
    lasting = source.format != "text" or source.columns
    slip = limit / 2 if source.format == "text" and alone else float("inf")
    for tick, pair in zip(part.ticks, part.beside, strict=True):
        number = pair.right if side == "before" else pair.left
        if (
            number is not None
            and side == "before"
            and pair.gap > limit
            and not (lasting and is_free(part.record, tick, number, (part.pieces, part.ticks), slip=slip))
        ):
            part.far.setdefault(number, []).append(tick)
        elif number is not None:
            part.bound.setdefault(number, []).append(tick)
