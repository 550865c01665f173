"""Answers that a converter may have joined: the lines of a list in one, and the answers of two labels side by side."""

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from typing import Final

from extractor.divide import may_be_names
from extractor.engine.claims import Claim
from extractor.engine.found import Part
from extractor.engine.pieces import join
from extractor.engine.readings import Fits
from extractor.form.spec import LOOSE
from extractor.source import Source

_FEW: Final = 3
"""Labels of boxes in one cell of which fewer may share a line as the form prints them."""


def is_joined(part: Part) -> bool:
    """Whether one cell holds several labels of boxes, which the form sets one below the other in a table of their own.

    So the lines of a list may share a cell too.
    """
    boxes = (hit.spans[0].cell for hit in part.record.hits if hit.label in part.this.boxes)
    return max(Counter(boxes).values(), default=0) >= _FEW


def doubt_list(source: Source, part: Part, claims: Sequence[Claim]) -> str:
    """Why an answer of a list may be several; "" if it may not.

    It goes on behind the word that ends a company's name, or the cells of tables within a cell are joined by spaces.
    """
    one, raw = claims[0].field, join([item.piece.text for item in claims])
    if source.format != "text" or not one.many or one.kind != "text":
        return ""
    several = may_be_names(raw) or (" " in raw and is_joined(part))
    return f"{raw!r} stands in one line, but may be several answers of its list" if several else ""


def shared(part: Part, answers: Iterable[Sequence[Claim]], answered: Set[str], fits: Fits) -> frozenset[int]:
    """The labels whose answer ends with a word that fits the next label of their row, which has no answer.

    answered: paths of fields.
    """
    found = set()
    rows, fields = part.record.rows, part.this.fields
    for items in answers:
        number, words = items[0].hit, items[-1].piece.text.split(" ")
        row = rows[number]
        if items[0].field.kind != "text" or len(words) < 2 or part.this.section.rows[row].layout != "grid":
            continue
        behind = enumerate(part.record.hits[number + 1 :], number + 1)
        after = next((fields[hit.label] for at, hit in behind if rows[at] == row and hit.label in fields), None)
        if after and after.path not in answered and after.kind not in LOOSE and fits(after.kind, words[-1]):
            found.add(number)
    return frozenset(found)
