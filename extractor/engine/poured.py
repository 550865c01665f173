"""Texts whose paragraphs hold rows of labels and answers one behind the other, wrapped or not: their paragraphs.

A converter that takes the cells of a table for words of a paragraph writes `Name of Issuer A LLC Street Address 1
Street Address 2 1 Elm Street City ...`, and wraps it anywhere. Lines say nothing there, but blank lines do.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

import regex

from extractor.engine.pieces import part_place
from extractor.engine.sections import Form
from extractor.form.spec import Field
from extractor.source import Cell, Item, Source

_FEWEST: Final = 2
"""Rows of labels that stand behind an answer within a line, at least; the form has as many in its second item."""

_BEHIND: Final = regex.compile(r"\w[^\n]*+\Z")
"""Words before a label on its line."""


class Poured(NamedTuple):
    """An item, or the words of a paragraph in one line. cells: what it is made of, each with its first character."""

    item: Item
    cells: tuple[tuple[int, Cell], ...] = ()

    def part(self, start: int, end: int) -> Cell:
        """Some characters, with their place in the document: that of the line in which they begin."""
        assert isinstance(self.item, Cell)
        text = self.item.text[start:end]
        if not self.cells:
            return _cut(self.item, text, start)
        first, cell = next((first, cell) for first, cell in reversed(self.cells) if first <= start)
        return _cut(cell, text, start - first)


def _cut(cell: Cell, text: str, start: int) -> Cell:
    place = part_place(cell, start, min(start + len(text), len(cell.text)))
    return Cell(text, cell.x0, cell.x1, cell.top, cell.bottom, place)


def pour(source: Source, form: Form) -> list[Poured] | None:
    """The paragraphs of a text, each in one line; None where its lines are those of the form.

    Marks part a paragraph. Rows of labels that stand behind an answer in their lines tell such a text.
    """
    if source.format != "text" or not _flows(source.items, form):
        return None
    poured: list[Poured] = []
    run: list[Cell] = []
    for item in source.items:
        if run and (not isinstance(item, Cell) or item.top - run[-1].bottom > 0.5):
            poured.append(_joined(run))
            run = []
        if isinstance(item, Cell):
            run.append(item)
        else:
            poured.append(Poured(item))
    return [*poured, _joined(run)] if run else poured


def _joined(run: Sequence[Cell]) -> Poured:
    cells: list[tuple[int, Cell]] = []
    at = 0
    for cell in run:
        cells.append((at, cell))
        at += len(cell.text) + 1
    first, last = run[0], run[-1]
    text = " ".join(cell.text for cell in run)
    return Poured(Cell(text, first.x0, max(cell.x1 for cell in run), first.top, last.bottom, first.place), tuple(cells))


def _flows(items: Sequence[Item], form: Form) -> bool:
    """Whether most rows of labels that follow another row of their record stand behind an answer in a line."""
    if len(items) < _FEWEST:
        return False
    text = "".join(_lines(items))
    inner = first = 0
    for before, row in _rows(form):
        for found in row.finditer(text):
            behind = _BEHIND.search(text, text.rfind("\n", 0, found.start()) + 1, found.start())
            if behind is None:
                first += 1
            elif not before.search(text, max(0, found.start() - 60), found.start()):
                inner += 1
    return inner >= _FEWEST and inner > 2 * first


def _lines(items: Sequence[Item]) -> Iterator[str]:
    """Yield the words of a text, with what parts them: a space, or the end of a line."""
    for before, item in pairwise([None, *items]):
        if before is not None and item is not None:
            yield " " if item.top - before.top < 0.5 else "\n"
        yield item.text if isinstance(item, Cell) else ""


@lru_cache(maxsize=8)
def _rows(form: Form) -> tuple[tuple["regex.Pattern[str]", "regex.Pattern[str]"], ...]:
    """Each row of labels that follows another one: the end of that, and the first two labels."""
    above: dict[str, set[str]] = {}
    for section in form.sections:
        for before, row in pairwise(section.rows):
            labels = [_words(part.label) for part in row.parts if isinstance(part, Field)]
            if row.layout == before.layout == "grid" and len(labels) > 1:
                last = above.setdefault(rf"\b{labels[0]}\s+{labels[1]}\b", set())
                last.update(_words(part.label) for part in before.parts)
    return tuple(
        (regex.compile(rf"(?:{'|'.join(sorted(last))})\W*+\Z"), regex.compile(row)) for row, last in above.items()
    )


def _words(label: str) -> str:
    return r"\s+".join(regex.escape(word) for word in label.split())
