"""A filing for people: the form's items in its own words, its boxes drawn, and the problems below."""

import io
from collections.abc import Iterator

from rich.columns import Columns
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from extractor.extract import Extraction
from extractor.outputs.explain import described
from extractor.outputs.printable import printable
from extractor.outputs.sheet import Entry, Line, Part, sheet

PLAIN_WIDTH = 100
"""Characters in a line of output that goes to no terminal."""

SHORT = 42
"""A label of up to so many characters stands left of its answer, a longer one above it."""

FEW = 8
"""So many boxes fit at the right of their label; more are spread over the whole width below it."""

INDENT = (0, 0, 0, 2)
GAP = (0, 1, 0, 0)


def to_table(extraction: Extraction, *, terminal_width: int | None = None) -> str:
    """The filing as lines of text: styled for a terminal whose width is given, else plain and 100 characters wide.

    Boxes are drawn [X] checked, [ ] unchecked, [?] not seen. An answer that is missing and has a problem is "?".
    """
    buffer = io.StringIO()
    console = Console(
        file=buffer,
        width=terminal_width or PLAIN_WIDTH,
        force_terminal=terminal_width is not None,
        color_system=None if terminal_width is None else "standard",
        legacy_windows=False,
    )
    for block in _blocks(extraction):
        console.print(block)
    return "\n".join(line.rstrip() for line in buffer.getvalue().rstrip().split("\n"))


def _blocks(extraction: Extraction) -> Iterator[RenderableType]:
    yield Text(printable(f"{extraction.name or 'Form D'} ({extraction.format})"), "bold")
    for name, fact in extraction.facts.items():
        yield Text(printable(f"{name}: {fact}"))
    heading = ""
    for part in sheet(extraction):
        if part.heading != heading:
            heading = part.heading
            yield Text(f"\n{heading}", "bold underline")
        yield from _part(part)
    yield from _list("Problems", [f"{problem.path}: {described(problem)}" for problem in extraction.problems])
    yield from _list("Text that no rule claimed", [f"{left.text} ({left.place})" for left in extraction.leftovers])


def _part(part: Part) -> Iterator[RenderableType]:
    if part.path.endswith("]"):
        yield Text(f"  {part.path}", "dim")
    if not part.lines:
        yield Text("  none")
    for line in part.lines:
        yield from _line(line)


def _line(line: Line) -> Iterator[RenderableType]:
    if line.layout in ("grid", "table"):
        yield Padding(_side_by_side(line.entries), INDENT)
        return
    for entry in line.entries:
        beside = len(entry.label) <= SHORT and (not entry.label or len(entry.boxes) <= FEW)
        yield Padding(_beside(entry) if beside else _below(entry), INDENT)


def _side_by_side(entries: tuple[Entry, ...]) -> Table:
    """Labels in a row, the answers under them."""
    grid = Table.grid(expand=True)
    for _ in entries:
        grid.add_column(ratio=1)
    grid.add_row(*(Padding(Text(entry.label, "dim"), GAP) for entry in entries))
    grid.add_row(*(Padding(Text("  ".join(filter(None, [entry.answer, *entry.boxes]))), GAP) for entry in entries))
    return grid


def _beside(entry: Entry) -> Table:
    """A label with its answer and boxes at the right."""
    grid = Table.grid()
    if entry.label:
        grid.add_column(width=SHORT + 1)
    cells = [Text(entry.label, "dim")] if entry.label else []
    grid.add_row(*cells, _answer(entry))
    return grid


def _below(entry: Entry) -> Table:
    """A long label with its answer and boxes under it."""
    grid = Table.grid()
    grid.add_row(Text(entry.label, "dim"))
    if entry.answer or entry.boxes:
        grid.add_row(Padding(_answer(entry), INDENT))
    return grid


def _answer(entry: Entry) -> RenderableType:
    texts = [Text(text) for text in (entry.answer, *entry.boxes) if text]
    return Columns(texts, padding=(0, 3), column_first=True) if len(texts) > 1 else texts[0] if texts else Text()


def _list(title: str, entries: list[str]) -> Iterator[RenderableType]:
    yield Text(f"\n{title}", "bold underline")
    for entry in entries or ["none"]:
        yield Padding(Text(printable(entry)), INDENT)
