"""ANLS*, the measure of published work on documents, for comparison with it (the extra `anls`)."""

from extractor.accuracy.cells import Cell, beside
from extractor.accuracy.same import exactly, written
from extractor.accuracy.truth import Truth
from extractor.errors import MissingProgram
from extractor.extract import Extraction
from extractor.model import Filing


def anls_of(truth: Truth, seen: Extraction) -> float:
    """The ANLS* of one filing, from 0 to 1: like texts count in part, lists are paired by the measure itself.

    MissingProgram: the library is not installed.
    """
    try:
        from anls_star import anls_score
    except ImportError:
        raise MissingProgram("expected anls_star; install it with: pip install 'formd-extractor[anls]'") from None
    wanted, given = (_nested(_told(one, truth, seen)) for one in (truth.filing, seen.filing))
    score = anls_score(wanted, given)
    assert isinstance(score, float)
    return score


def _told(filing: Filing, truth: Truth, seen: Extraction) -> list[Cell]:
    """What a filing says of the fields that are compared."""
    both = beside(filing, filing, truth.asked(seen.format), merged=seen.format != "edgar")
    return [cell for cell in both.cells if cell.want is not None]


def _nested(cells: list[Cell]) -> dict[str, object]:
    """The answers as ANLS* takes them: texts by field, lists of entries by list."""
    tree: dict[str, object] = {}
    for cell in cells:
        node, path = tree, cell.path
        while "[" in path:
            name, _, rest = path.partition("[")
            number, _, path = rest.partition("].")
            entries = node.setdefault(name, {})
            assert isinstance(entries, dict)
            node = entries.setdefault(int(number), {})
        node[path] = written(exactly(cell.field, cell.want))
    return {name: _lists(value) for name, value in tree.items()}


def _lists(value: object) -> object:
    if not isinstance(value, dict):
        return value
    if all(isinstance(key, int) for key in value):
        return [_lists(value[key]) for key in sorted(value)]
    return {key: _lists(one) for key, one in value.items()}
