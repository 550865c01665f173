"""Finds printed labels among a document's cells: whole cells, inside cells, and wrapped over several cells."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from extractor.engine.words import (
    IGNORED,
    LONG,
    UNKNOWN,
    Inside,
    Node,
    Token,
    Vocabulary,
    is_label,
    labels_inside,
    opening,
    tokens_of,
    words_of,
)
from extractor.source import Cell, Item, Mark, Source


class Span(NamedTuple):
    """Characters start..end (end excluded) of the cell with this index."""

    cell: int
    start: int
    end: int


class Hit(NamedTuple):
    """A label that was found.

    label: the words as the form declares them. spans: where, first line first. whole: nothing else stands in its
    cells. head: nothing stands before it in its first cell (a lone X, its mark, does not count). noise: letters that
    differ from the label.
    """

    label: str
    spans: tuple[Span, ...]
    x0: float
    x1: float
    top: float
    bottom: float
    whole: bool
    head: bool
    noise: int = 0


class Placed(Protocol):
    """Anything with a vertical extent."""

    @property
    def top(self) -> float:
        """Its upper edge."""

    @property
    def bottom(self) -> float:
        """Its lower edge."""


def same_line(one: Placed, two: Placed) -> bool:
    """Whether two things overlap by a good part of the lower one's height."""
    top, bottom, other_top, other_bottom = one.top, one.bottom, two.top, two.bottom
    height, other_height = bottom - top, other_bottom - other_top
    lower, upper = bottom if bottom < other_bottom else other_bottom, top if top > other_top else other_top
    return lower - upper > 0.4 * (height if height < other_height else other_height)


def find_labels(source: Source, first: int, last: int, words: Vocabulary) -> list[Hit]:
    """The labels in items first..last (last excluded) of a source, in reading order, longest first where they nest."""
    finder = Finder(source, last, words)
    hits: list[Hit] = []
    items, known = source.items, words.known
    for index in range(first, last):
        item = items[index]
        if type(item) is not Cell:
            continue
        text = item.text
        inside = known.get(text, UNKNOWN)
        if inside is UNKNOWN:
            inside = labels_inside(words, text)
        if inside is None:
            if index not in finder.used:
                finder.scan(index, item, hits)
        elif inside and index not in finder.used:
            hits += [_inside_hit(index, item, one) for one in inside]
    return hits


def _inside_hit(index: int, cell: Cell, one: Inside) -> Hit:
    label, start, end, whole, head = one
    x0, x1 = extent(cell, start, end)
    return Hit(label, (Span(index, start, end),), x0, x1, cell.top, cell.bottom, whole, head)


class Finder:
    """The state of one search: which cells a wrapped label has used up."""

    def __init__(self, source: Source, last: int, words: Vocabulary | None = None) -> None:
        self.source = source
        self.items = source.items
        self.last = last
        self.words = words or Vocabulary(Node(), ())
        self.root = self.words.root
        self.used: dict[int, int] = {}
        self.strung = source.format == "text" and not source.columns

    def scan(self, index: int, cell: Cell, hits: list[Hit], begin: int = 0) -> None:
        """Append the labels of one cell, from its first word on."""
        start_of = self.root.next
        tokens = tokens_of(cell.text)
        at = begin
        while at < len(tokens):
            if tokens[at].word in start_of:
                found = self.walk(index, tokens, at)
                if found is not None:
                    label, ends = found
                    hits.append(self.hit(label, index, tokens, at, ends))
                    at = self.resume(index, ends, hits)
                    continue
            at += 1

    def resume(self, index: int, ends: list[tuple[int, int]], hits: list[Hit]) -> int:
        """Where to go on in the first cell; cells that continued the label are searched behind it."""
        for cell, end in ends[1:]:
            self.used[cell] = end
        if len(ends) > 1:
            cell, end = ends[-1]
            item = self.items[cell]
            assert isinstance(item, Cell)
            self.scan(cell, item, hits, end)
        return ends[0][1]

    def walk(self, index: int, tokens: Sequence[Token], at: int) -> tuple[str, list[tuple[int, int]]] | None:
        """The longest label that starts at a word: its name, and per cell the word after its last one."""
        node, cell, here = self.root, index, at
        edge = extent(self.items[index], tokens[at].start if at else 0, tokens[at].end)[0]
        words, passed = tokens, [(index, at)]
        best: tuple[str, list[tuple[int, int]]] | None = None
        depth = 0
        while True:
            word = words[here].word if here < len(words) else ""
            if here == len(words) or self.is_interrupted(node, words, here):
                below = self.continued(node, cell, edge, depth) if node.next else None
                if below is None:
                    return best
                cell, words = below
                here = _behind_mark(words)
                passed = [*passed, (cell, here)]
                if best and is_label(self.words, self.text(cell)[words[here].start :]):
                    return best
                continue
            after = node.next.get(word)
            if after is None:
                skip = word in IGNORED or (depth > LONG and word.isdigit())
                if not skip:
                    torn = self.source.spaced and best is None and cell == index and depth > 1
                    return self.rest_below(node, (index, at, here), tokens, edge) if torn else best
            else:
                node = after
                depth += 1
            here += 1
            if after is not None or not word.isdigit():
                passed[-1] = (cell, here)
            if node.label is not None and after is not None:
                best = (node.label, list(passed))

    def rest_below(
        self, node: Node, start: tuple[int, int, int], tokens: Sequence[Token], edge: float
    ) -> tuple[str, list[tuple[int, int]]] | None:
        """The label that begins in a cell, before something else in it, and whose other words are a cell right below.

        So it is where a label is wrapped and its answer, or the next label, stands but a space behind its first line.
        """
        index, at, behind = start
        item = self.items[index]
        end = extent(item, tokens[at].start, tokens[behind - 1].end)[1]
        for below in range(index + 1, min(self.last, index + 80)):
            other = self.items[below]
            if other.top > item.bottom + 0.9 * self.source.line_height:
                break
            if type(other) is Mark or other.top < item.bottom - 0.4 * self.source.line_height or below in self.used:
                continue
            apart = min(abs(other.x0 - edge), abs(other.x0 + other.x1 - edge - end) / 2)
            words = tokens_of(self.text(below))
            rest = _follow(node, words) if apart <= self.source.x_tolerance else None
            if rest is not None and rest.label is not None:
                return rest.label, [(index, behind), (below, len(words))]
        return None

    def is_interrupted(self, node: Node, words: Sequence[Token], here: int) -> bool:
        """Whether a mark with its label stands behind the first line of a wrapped label: `Broker or X None`.

        Where nothing keeps columns, a label alone does: `Jurisdiction of General Partnership`, or a mark that ends the
        line: `$5,000,001 X`.
        """
        if self.strung and words[here].word not in node.next and words[here].word in self.words.root.next:
            return node.label is None
        if words[here].word != "x" or "x" in node.next:
            return False
        if here + 1 == len(words):
            return self.strung and node.label is None
        return self.source.format == "text" and words[here + 1].word in self.root.next

    def text(self, index: int) -> str:
        """The text of a cell."""
        item = self.items[index]
        return item.text if isinstance(item, Cell) else ""

    def continued(self, node: Node, cell: int, edge: float, depth: int) -> tuple[int, Sequence[Token]] | None:
        """The cell below in which a label goes on, and its words: the first whose first word is one of the label's.

        One whose words are the label's as far as they go is better than one that only begins so.
        """
        begun: tuple[int, Sequence[Token]] | None = None
        for index in self.all_below(cell, edge, depth):
            words = tokens_of(self.text(index))
            start = _behind_mark(words)
            first = words[start].word if words else ""
            if first in node.next or first in IGNORED:
                if not self.strung or _goes_on(node, words[start:]):
                    return index, words
                begun = begun or (index, words)
        return begun

    def below(self, cell: int, edge: float, depth: int) -> int | None:
        """The cell in which a wrapped label goes on most likely."""
        return next(self.all_below(cell, edge, depth), None)

    def all_below(self, cell: int, edge: float, depth: int) -> Iterator[int]:
        """Yield the cells in which a wrapped label may go on: those below at its left edge, or centred with it.

        In text without columns the first cell of the next line will do as well, whatever its indentation. In columns
        a line may stand between that is centred on the label, with nothing of it in the label's column. Cells that are
        one space apart may have been cut within a label.
        """
        here = self.items[cell]
        height = self.source.line_height
        text = self.source.format == "text"
        last_in_line = True
        beside = self.items[cell + 1] if cell + 1 < self.last else here
        if text and beside.top == here.top and beside.x0 - here.x1 == 1 and type(beside) is Cell:
            yield cell + 1
        farthest = here.bottom + (2.9 if self.strung else 1.9 if text else 0.9) * height
        for index in range(cell + 1, min(self.last, cell + 80)):
            item = self.items[index]
            if item.top > farthest:
                return
            far = item.top > here.bottom + 0.9 * height
            if type(item) is Mark or item.top < here.bottom - 0.4 * height:
                last_in_line = last_in_line and item.x0 <= here.x0
                continue
            if index in self.used or (depth > LONG and self.text(index).isdigit()):
                continue
            if abs(self.left(item) - edge) <= self.source.x_tolerance or (not far and self.centred(here, item)):
                yield index
            elif self.strung or (last_in_line and text and not far):
                yield index
                last_in_line = False
            if not far and not self.strung and self.is_in_column(item, edge, here.x1):
                farthest = here.bottom + 0.9 * height

    def is_in_column(self, item: Item, edge: float, end: float) -> bool:
        """Whether an item begins in the left half of a label's column, or covers more than that half."""
        middle = (edge + end) / 2
        begins = edge - self.source.x_tolerance <= item.x0 < middle
        return begins or (item.x0 < edge and item.x1 > middle)

    def left(self, item: Item) -> float:
        """The left edge of a cell; in a text, that of the words behind the mark that begins its line."""
        if self.source.format != "text" or type(item) is not Cell or item.text[:2] not in ("X ", "x "):
            return item.x0
        return extent(item, 2, len(item.text))[0]

    def centred(self, one: Item, two: Item) -> bool:
        """Whether two lines are centred on each other, as in the header of a table."""
        apart = abs((one.x0 + one.x1) - (two.x0 + two.x1)) / 2
        return self.source.format in ("pdf", "text") and apart <= self.source.x_tolerance

    def hit(self, label: str, index: int, tokens: Sequence[Token], at: int, ends: list[tuple[int, int]]) -> Hit:
        """The hit of a label whose words end, per cell, before the given words."""
        spans = []
        head = all(token.word == "x" for token in tokens[:at])
        whole = head
        for cell, end in ends:
            item = self.items[cell]
            assert isinstance(item, Cell)
            words = tokens if cell == index else tokens_of(item.text)
            behind = _behind_mark(words)
            start = words[behind].start if behind and cell != index else 0
            start = opening(item.text, words[at].start) if cell == index and at else start
            stop = len(item.text) if end == len(words) else words[end - 1].end if end else 0
            whole = whole and all(token.word == "x" for token in words[end:])
            spans.append(Span(cell, start, stop))
        return _hit(label, tuple(spans), self.items, whole, head)


def _goes_on(node: Node, words: Sequence[Token]) -> bool:
    """Whether words are those of a label from a node on, up to the label's end or their own."""
    for token in words:
        if node.label is not None:
            return True
        if token.word in IGNORED:
            continue
        after = node.next.get(token.word)
        if after is None:
            return False
        node = after
    return True


def _follow(node: Node, words: Sequence[Token]) -> Node | None:
    """Where words lead from a node of a label; None if they are none of its words."""
    for token in words:
        if token.word not in IGNORED:
            after = node.next.get(token.word)
            if after is None:
                return None
            node = after
    return node


def _behind_mark(words: Sequence[Token]) -> int:
    """The first word of a line behind the mark that begins it, as where a mark stands beside a wrapped label."""
    return int(len(words) > 1 and words[0].word == "x")


def make_hit(label: str, spans: tuple[Span, ...], items: tuple[Item, ...], noise: int = 0) -> Hit:
    """The hit of a label that stands in given spans."""
    texts = [item.text if isinstance(item := items[span.cell], Cell) else "" for span in spans]
    before = words_of(texts[0][: spans[0].start])
    after = words_of(texts[-1][spans[-1].end :])
    head = all(word == "x" for word in before)
    return _hit(label, spans, items, head and all(word == "x" for word in after), head)._replace(noise=noise)


def _hit(label: str, spans: tuple[Span, ...], items: tuple[Item, ...], whole: bool, head: bool) -> Hit:
    boxes = [extent(items[span.cell], span.start, span.end) for span in spans]
    return Hit(
        label,
        spans,
        min(box[0] for box in boxes),
        max(box[1] for box in boxes),
        min(items[span.cell].top for span in spans),
        max(items[span.cell].bottom for span in spans),
        whole,
        head,
    )


def extent(item: Item, start: int, end: int) -> tuple[float, float]:
    """The x range of some characters of a cell, as if all were equally wide."""
    if type(item) is not Cell:
        return item.x0, item.x1
    size = len(item.text)
    if end - start >= size:
        return item.x0, item.x1
    width = (item.x1 - item.x0) / size
    return item.x0 + start * width, item.x0 + end * width
