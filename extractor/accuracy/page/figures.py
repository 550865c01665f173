"""The figures of the page as text, none of them rounded to the better side."""

from dataclasses import dataclass

from extractor.accuracy.report import FieldScore, Interval, Report, RunFormat, Score

LEVELS = (("100%", 1000), ("99% or more", 990), ("95% or more", 950), ("80% or more", 800), ("less", 0))
"""The shades of the heat map: what each stands for, and from how many thousandths it does."""

FORMATS: tuple[RunFormat, ...] = ("text", "html", "pdf", "edgar", "none")


def percent(hits: int, trials: int) -> str:
    """A share as text, cut after one digit: 100% says that nothing is amiss.

    >>> percent(9999, 10000), percent(3, 3), percent(1, 3), percent(0, 0)
    ('99.9%', '100%', '33.3%', '–')
    """
    if not trials:
        return "–"
    if hits == trials:
        return "100%"
    whole, tenth = divmod(hits * 1000 // trials, 10)
    return f"{whole}.{tenth}%"


def span(interval: Interval | None) -> str:
    """A 95 % interval as text, widened to whole tenths of a percent.

    >>> span((0.94021, 0.98009)), span(None)
    ('94.0–98.1%', '')
    """
    if interval is None:
        return ""
    low, high = int(interval[0] * 1000), -int(-interval[1] * 1000 // 1)
    return f"{low / 10:.1f}–{min(high, 1000) / 10:.1f}%"


def count(number: int) -> str:
    """A number with its thousands set apart.

    >>> count(1234567)
    '1,234,567'
    """
    return f"{number:,}"


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure of the summary: its name, the figure, and a line that says what it means."""

    name: str
    figure: str
    note: str


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A cell of the heat map: the share of right answers, how many of how many, and its shade (0 is all right)."""

    figure: str
    note: str
    level: int | None


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A field of the heat map: its cells are all formats together, then each format of the report."""

    path: str
    item: str
    kind: str
    mistakes: int
    cells: tuple[HeatCell, ...]


def tiles(report: Report) -> tuple[Tile, ...]:
    """The figures that come first."""
    total, perfect, boxes = report.total, report.perfect, report.boxes
    kinds = f"{count(total.wrong)} wrong, {count(total.missing)} missing, {count(total.invented)} invented"
    silent = f"{percent(total.silent, total.mistakes)} of the mistakes came without a problem beside them"
    return (
        Tile("Recall", percent(total.right, total.support), _of(total.right, total.support, "of the truth's answers")),
        Tile("Precision", percent(total.right, total.given), _of(total.right, total.given, "of the answers given")),
        Tile("Filings all right", percent(perfect.hits, perfect.trials), _of(perfect.hits, perfect.trials, "filings")),
        Tile("Mistakes", count(total.mistakes), kinds),
        Tile("Silent mistakes", count(total.silent), silent if total.mistakes else "there are no mistakes"),
        Tile("Boxes right", percent(boxes.right, boxes.total), _of(boxes.right, boxes.total, "boxes; most are empty")),
    )


def _of(hits: int, trials: int, what: str) -> str:
    return f"{count(hits)} of {count(trials)} {what}"


def formats_of(report: Report) -> tuple[RunFormat, ...]:
    """The formats that the report has, in a fixed order."""
    return tuple(one for one in FORMATS if one in report.formats)


def heat(report: Report) -> tuple[tuple[HeatRow, ...], tuple[HeatRow, ...], int]:
    """The rows of the heat map: fields with mistakes, the worst first; fields without; and how many say nothing."""
    said = [field for field in report.fields if _compared(field.score)]
    bad = sorted((field for field in said if field.score.mistakes), key=_badness)
    good = [field for field in said if not field.score.mistakes]
    formats = formats_of(report)
    rows = tuple(_row(field, formats) for field in bad)
    return rows, tuple(_row(field, formats) for field in good), len(report.fields) - len(said)


def _compared(score: Score) -> int:
    """The cells of which truth or result says something."""
    return score.right + score.mistakes


def _badness(field: FieldScore) -> tuple[float, int]:
    return field.score.right / _compared(field.score), -field.score.mistakes


def _row(field: FieldScore, formats: tuple[RunFormat, ...]) -> HeatRow:
    scores = [field.score, *(field.formats.get(one, Score()) for one in formats)]
    return HeatRow(field.path, field.item, field.kind, field.score.mistakes, tuple(map(_cell, scores)))


def _cell(score: Score) -> HeatCell:
    compared = _compared(score)
    if not compared:
        return HeatCell("·", "nothing to compare", None)
    thousandths = score.right * 1000 // compared
    level = next(number for number, (_, least) in enumerate(LEVELS) if thousandths >= least)
    return HeatCell(percent(score.right, compared), f"{count(score.right)} of {count(compared)} right", level)
