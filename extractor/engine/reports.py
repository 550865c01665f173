"""Reports what is amiss with whole records and sections: headings, lists, and text that no label is near."""

from extractor.engine.found import Found, Part
from extractor.engine.pieces import cut
from extractor.engine.records import Plan, Record
from extractor.engine.sections import Region
from extractor.finding import Leftover, Problem, ProblemKind
from extractor.source import Source


def doubt_lone_marks(source: Source, part: Part, found: Found) -> None:
    """Report marks on lines of their own in a document that sets others beside their labels: order alone binds them."""
    tick = next(tick for tick, pair in zip(part.ticks, part.beside, strict=True) if pair.alone)
    message = (
        "a mark stands on a line of its own, while others stand beside labels; it was given to the label that follows"
    )
    place = tick.spot(source.items).place
    found.problems.append(Problem(path_of(part), ProblemKind.INFERRED, message, place))


def report_repeated(source: Source, this: Plan, index: int, found: Found) -> None:
    """Report a heading that stands there again: what stands between may belong to either."""
    path = this.section.prefix.removesuffix("[]") or this.common
    message = (
        f"the heading {this.section.title!r} stands here again; answers between the two may be missing or mixed up"
    )
    found.problems.append(Problem(path, ProblemKind.AMBIGUOUS, message, source.items[index].place))


def report_uneven(source: Source, region: Region, found: Found) -> None:
    """Report a list of records of several sections, where one section comes more often than another."""
    path = region.section.prefix.removesuffix("[]")
    message = "one of the headings under which each entry stands was not found; entries may be mixed up"
    place = source.items[region.first].place if region.first < len(source.items) else None
    found.problems.append(Problem(path, ProblemKind.AMBIGUOUS, message, place))


def leave_region(source: Source, this: Plan, record: Record, found: Found) -> None:
    """Leave over the text of a region in which no label of its section was seen."""
    path = this.section.prefix.removesuffix("[]")
    pieces, _ = cut(source.items, record.first, record.last, (), frozenset())
    for piece in pieces:
        place = piece.place(source.items)
        found.leftovers.append(Leftover(piece.text, place))
        message = f"{piece.text!r} stands here, but no label of {this.section.title!r} is near"
        found.problems.append(Problem(path, ProblemKind.UNCLAIMED_TEXT, message, place))


def path_of(part: Part) -> str:
    """The path of a record; of a section that is none, the path that its answers have in common."""
    if part.this.tabular:
        return part.this.section.prefix.removesuffix("[]")
    if part.prefix:
        return part.prefix.rstrip(".")
    return part.this.common


def report_open_list(source: Source, part: Part, found: Found) -> None:
    """Report a list whose end is not known, since the heading that follows it was not found."""
    path = part.this.section.prefix.removesuffix("[]")
    message = f"the heading {part.open_end!r} that ends this list was not found; entries may be missing"
    place = source.items[part.record.hits[-1].spans[-1].cell].place if part.record.hits else None
    found.problems.append(Problem(path, ProblemKind.AMBIGUOUS, message, place))
