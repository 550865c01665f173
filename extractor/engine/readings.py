"""The ways to read lines of text as the answers of fields, in order, where no place tells which is whose."""

from collections.abc import Callable, Sequence

from extractor.engine.pieces import Piece, cut_piece
from extractor.form.spec import LOOSE, Field

Fits = Callable[[str, str], bool]
"""Whether a text can be an answer of a kind: (kind, text)."""

Reading = list[tuple[int, Piece]]
"""A way to deal pieces out: the number of a field with its piece."""

_MOST = 50
"""The most readings that are weighed."""


def take_turns(pieces: Sequence[Piece], fields: Sequence[Field], fits: Fits) -> bool:
    """Whether there is a line for each field, with the kinds that no other words can be at their own."""
    strict = [k for k, one in enumerate(fields) if one.kind not in LOOSE]
    return bool(strict) and len(pieces) == len(fields) and all(fits(fields[k].kind, pieces[k].text) for k in strict)


def agreed(readings: Sequence[Reading]) -> Reading:
    """What all readings have in common, if none was left out."""
    if not readings or len(readings) >= _MOST:
        return []
    return [part for part in readings[0] if all(part in reading for reading in readings[1:])]


def is_complete(reading: Reading, fields: Sequence[Field]) -> bool:
    """Whether a reading answers every field that must be answered."""
    return {number for number, field in enumerate(fields) if field.required} <= {number for number, _ in reading}


def in_order(pieces: Sequence[Piece], fields: Sequence[Field], fits: Fits) -> list[Reading]:
    """All ways to give pieces, in order, to fields, in order, so that kinds fit; required fields must have one.

    Where no way answers every required field, the ways that answer most are returned.
    """
    ways = [way for way in _ways(pieces, fields, fits) if way] if len(pieces) <= _MOST else []
    if not ways:
        return []
    most = max(sum(fields[k].required for k in {k for k, _ in way}) for way in ways)
    return [way for way in ways if sum(fields[k].required for k in {k for k, _ in way}) == most]


def _ways(pieces: Sequence[Piece], fields: Sequence[Field], fits: Fits, first: int = 0) -> list[Reading]:
    if not pieces:
        return [[]]
    found: list[Reading] = []
    for number in range(first, len(fields)):
        if fits(fields[number].kind, pieces[0].text):
            following = number if fields[number].many else number + 1
            for rest in _ways(pieces[1:], fields, fits, following):
                found.append([(number, pieces[0]), *rest])
                if len(found) > _MOST:
                    return found
    return found


def split_line(piece: Piece, fields: Sequence[Field], fits: Fits) -> list[Reading]:
    """All ways to cut one line of words into answers of the fields, in order."""
    words = piece.text.split(" ")
    if len(words) > 24:
        return []
    complete = _cuts(piece, words, 0, fields, 0, fits, all_required=True)
    return complete or _cuts(piece, words, 0, fields, 0, fits, all_required=False)


def _cuts(
    piece: Piece, words: list[str], at: int, fields: Sequence[Field], number: int, fits: Fits, *, all_required: bool
) -> list[Reading]:
    if number == len(fields):
        return [[]] if at == len(words) else []
    found: list[Reading] = []
    field = fields[number]
    if not field.required or not all_required:
        found += _cuts(piece, words, at, fields, number + 1, fits, all_required=all_required)
    for end in range(at + 1, len(words) + 1):
        if len(found) > _MOST:
            break
        text = " ".join(words[at:end])
        if fits(field.kind, text):
            part = _sub(piece, words, at, end)
            for rest in _cuts(piece, words, end, fields, number + 1, fits, all_required=all_required):
                found.append([(number, part), *rest])
    return found


def _sub(piece: Piece, words: list[str], at: int, end: int) -> Piece:
    start = len(" ".join(words[:at])) + (at > 0)
    return cut_piece(piece, start, start + len(" ".join(words[at:end])))


def told(reading: Reading, fields: Sequence[Field]) -> str:
    """A reading as a message says it."""
    return "; ".join(f"{fields[number].label} = {piece.text!r}" for number, piece in reading)
