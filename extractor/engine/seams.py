"""Cuts lines of a text where a label that is wrapped goes on but a space behind what stands before it.

As where two labels are wrapped side by side, and a box stands between: of `Broker or X None Broker or X None`, the
second `Broker or` stands right below the `(Associated)` that begins its label.
"""

from dataclasses import replace
from functools import lru_cache

from extractor.engine.pieces import part_place
from extractor.engine.sections import Form
from extractor.engine.words import IGNORED, Node, tokens_of, vocabulary
from extractor.form.spec import Field
from extractor.source import Cell, Item, Source


def with_seams(source: Source, form: Form) -> Source:
    """The source with the lines of labels that are wrapped side by side in cells of their own."""
    root = _labels(form)
    open_labels: dict[int, tuple[Node, float]] = {}
    items: list[Item] = []
    for item in source.items:
        if not isinstance(item, Cell):
            items.append(item)
            continue
        near = {x: node for x, (node, bottom) in open_labels.items() if abs(item.top - bottom) < source.line_height / 2}
        parts = _cut(item, near)
        for part in parts:
            node = _follow(near.get(round(part.x0), root), part.text) or _follow(root, part.text)
            if node is not None:
                open_labels[round(part.x0)] = node, part.bottom
        items += parts
    return source if len(items) == len(source.items) else replace(source, items=tuple(items))


def _cut(cell: Cell, near: dict[int, Node]) -> list[Cell]:
    """The parts of a cell, of which the second goes on with a label whose line before begins right above."""
    for x, node in near.items():
        at = x - round(cell.x0)
        if 1 < at < len(cell.text) and cell.text[at - 1] == " " and _follow(node, cell.text[at:]) is not None:
            left = cell.text[:at].rstrip()
            right = cell.text[at:]
            return [
                Cell(left, cell.x0, cell.x0 + len(left), cell.top, cell.bottom, part_place(cell, 0, len(left))),
                Cell(right, cell.x0 + at, cell.x1, cell.top, cell.bottom, part_place(cell, at, len(cell.text))),
            ]
    return [cell]


def _follow(node: Node, text: str) -> Node | None:
    """Where the words of a text lead from a node; None if they are no words of its labels."""
    for token in tokens_of(text):
        if token.word not in IGNORED:
            if token.word not in node.next:
                return None
            node = node.next[token.word]
    return node


@lru_cache(maxsize=8)
def _labels(form: Form) -> Node:
    """The labels of questions, as a tree of words."""
    parts = [part for section in form.sections for part in section.parts() if isinstance(part, Field)]
    return vocabulary([(part.label, ()) for part in parts]).root
