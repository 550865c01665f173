"""What the engine hands on: answers, states of boxes, problems, leftovers; and the parts it works with."""

from dataclasses import dataclass, field
from typing import NamedTuple

from extractor.engine.boxes import Neighbours
from extractor.engine.lacks import Shaken
from extractor.engine.pieces import Piece, Spot, Stretch, Tick
from extractor.engine.records import Plan, Record
from extractor.finding import BoxState, Certainty, Leftover, Problem
from extractor.form.spec import Field, Kind
from extractor.source import Place

CONTESTED = "mark between the lines of a label, its columns lost"
"""The rule of a box whose mark may be that of the box beside it."""


class Answer(NamedTuple):
    """The text that answers a field. path: with list indexes; spots: the lines of the text, at least one."""

    path: str
    kind: Kind
    raw: str
    spots: tuple[Spot, ...]
    rule: str
    certainty: Certainty = "exact"

    @property
    def place(self) -> Place:
        """Where the answer begins."""
        return self.spots[0].place


class BoxAnswer(NamedTuple):
    """The state of a box. path: of its field, with list indexes; value: the field's value if it is checked.

    spot: its mark, or its label if it has none.
    """

    path: str
    value: str
    state: BoxState
    raw: str
    spot: Spot
    rule: str
    certainty: Certainty = "exact"

    @property
    def place(self) -> Place:
        """Where the box stands."""
        return self.spot.place


class Undivided(NamedTuple):
    """Words in which the answers of some fields follow each other, their columns lost.

    prefix: of the fields' paths; of a table, of its rows. rows: whether the words are those of a table's rows.
    problems: what was said of it.
    """

    prefix: str
    fields: tuple[Field, ...]
    pieces: tuple[Piece, ...]
    problems: tuple[Problem, ...] = ()
    rows: bool = False


@dataclass(slots=True)
class Found:
    """What was found in a document.

    labels: the fields whose labels were seen, and where. records: the number of records of each section that was seen.
    doubled: how many sections that a form has once are there more than once. undivided: rows whose columns are lost.
    """

    answers: list[Answer] = field(default_factory=list)
    boxes: list[BoxAnswer] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)
    labels: dict[str, Stretch] = field(default_factory=dict)
    records: dict[str, int] = field(default_factory=dict)
    doubled: int = 0
    undivided: list[Undivided] = field(default_factory=list)

    def extend(self, part: "Found") -> None:
        """Add what was found in a part of the document."""
        self.answers += part.answers
        self.boxes += part.boxes
        self.problems += part.problems
        self.leftovers += part.leftovers
        self.labels |= part.labels
        self.records |= part.records
        self.undivided += part.undivided


class Part(NamedTuple):
    """A record on its way.

    record: its labels. prefix: of its paths. open_end: the heading that should end it but was not found. pieces,
    ticks: what is left between the labels. text: the field that is answered by all that stands behind the last label,
    and what stands there. beside: the box labels next to each tick. bound: the ticks of each label, by its index. far:
    ticks that stand before a label, but too far off to be its own. shaken: the rows whose answers may be others'.
    twice: whether the heading that ends the record stands there twice. starved: the labels whose answer, which every
    filer must give, is not there. torn: the rows with an answer of lines that may not belong together. ahead: whether
    the document gives the marks of a line before its words.
    shared: the labels whose answer ends like one of the next label, which has none.
    """

    this: Plan
    record: Record
    prefix: str
    open_end: str
    pieces: list[Piece]
    ticks: list[Tick]
    text: tuple[Field, list[Piece | Tick]] | None
    beside: list[Neighbours]
    bound: dict[int, list[Tick]]
    far: dict[int, list[Tick]]
    shaken: Shaken
    twice: bool = False
    starved: frozenset[int] = frozenset()
    torn: frozenset[int] = frozenset()
    ahead: bool = False
    shared: frozenset[int] = frozenset()


def with_wrapped(part: Part) -> Part:
    """The part with its one mark that has a line of its own before the label that has several lines, and no mark.

    A mark stands in the middle of its label's lines; where marks stand beside labels of one line, so does no other one.
    """
    wrapped = [k for k, hit in enumerate(part.record.hits) if hit.label in part.this.boxes and len(hit.spans) > 1]
    marked = {pair.right for pair in part.beside if not pair.alone}
    lone = [at for at, pair in enumerate(part.beside) if pair.alone and pair.right is not None]
    free = [k for k in wrapped if k not in marked]
    if len(lone) != 1 or len(free) != 1 or part.beside[lone[0]].right in wrapped:
        return part
    beside = [pair._replace(right=free[0]) if at == lone[0] else pair for at, pair in enumerate(part.beside)]
    return part._replace(beside=beside)
