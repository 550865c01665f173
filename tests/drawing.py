"""Documents drawn as lines of characters, and small forms that are not Form D, for tests of the engine."""

from collections.abc import Iterator

import regex

from extractor.engine.find import find
from extractor.engine.found import Found
from extractor.engine.sections import Form
from extractor.finding import BoxState
from extractor.form.spec import Field, Kind, Row, Section, Where
from extractor.kinds import fits
from extractor.source import Cell, Format, Item, Mark, Place, Source

CELL = regex.compile(r"\S+(?:\ \S+)*")
MARK = regex.compile(r"\[(?P<x>[X ])\](?=\s|$)")
END = "Thank you for filling in this form"


def drawn(*lines: str, reader: Format = "html", pitch: float = 1.0) -> Source:
    """A document of cells set apart by two spaces or more, and of boxes written [X] and [ ].

    The unit is a character; pitch: how far the lines are apart, each one high. reader: whose document it is.
    """
    items = [item for number, line in enumerate(lines) for item in _items(line, number, pitch)]
    cells = [item.top for item in items if isinstance(item, Cell)]
    columns = reader != "text" or len(set(cells)) < len(cells)
    return Source(reader, tuple(items), x_tolerance=1.5, line_height=1.0, columns=columns)


def _items(line: str, number: int, pitch: float) -> Iterator[Item]:
    bare = line
    top = number * pitch
    for match in MARK.finditer(line):
        bare = bare[: match.start()] + "   " + bare[match.end() :]
    found: list[Item] = [
        Mark(match["x"] == "X", match[0], match.start(), match.end(), top, top + 1, _place(number, *match.span()))
        for match in MARK.finditer(line)
    ]
    for match in CELL.finditer(bare):
        found.append(Cell(match[0], match.start(), match.end(), top, top + 1, _place(number, *match.span())))
    yield from sorted(found, key=lambda item: item.x0)


def _place(number: int, start: int, end: int) -> Place:
    return Place(line=number + 1, columns=(start + 1, end))


def ask(
    path: str, label: str, kind: Kind = "text", where: Where = "below", *, required: bool = True, many: bool = False
) -> Field:
    """A question of a form."""
    return Field(path, kind, label, "", where=where, required=required, many=many)


def section(*rows: Row, prefix: str = "", title: str = "Loan of a Book", number: str = "1") -> Section:
    """A section of a form."""
    return Section(number, title, rows, prefix=prefix)


def fill(form: Section | Form, *lines: str, reader: Format = "html", pitch: float = 1.0) -> Found:
    """What a drawing answers to a form; to a section, of which the heading is drawn above the lines."""
    if isinstance(form, Form):
        return find(drawn(*lines, reader=reader, pitch=pitch), form, fits)
    heading = f"{form.number}. {form.title}"
    return find(drawn(heading, *lines, reader=reader, pitch=pitch), Form((form,), (END,)), fits)


def said(found: Found) -> dict[str, str]:
    """The answers by path."""
    assert len({answer.path for answer in found.answers}) == len(found.answers)
    return {answer.path: answer.raw for answer in found.answers}


def states(found: Found) -> dict[str, BoxState]:
    """The boxes by path=value."""
    return {f"{box.path}={box.value}": box.state for box in found.boxes}


def checked(found: Found) -> list[str]:
    """The boxes that are checked, by path=value."""
    return [name for name, state in states(found).items() if state is BoxState.CHECKED]


def problems(found: Found) -> list[tuple[str, str]]:
    """The problems: path and kind."""
    return [(problem.path, str(problem.kind)) for problem in found.problems]


def left(found: Found) -> list[str]:
    """The text that nothing claimed."""
    return [leftover.text for leftover in found.leftovers]
