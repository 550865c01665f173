"""What changed between two runs: field by field, the filings that came right and those that went wrong."""

from dataclasses import dataclass
from fractions import Fraction
from math import comb

from extractor.accuracy.report import FieldScore, FilingScore, Report


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field in the filings that both runs have.

    improved: filings in which it was wrong, and is right in all its entries now. regressed: the other way round.
    p: the chance of a split at least as uneven if nothing had changed (McNemar's exact test, two-sided).
    """

    path: str
    improved: int
    regressed: int
    p: float


@dataclass(frozen=True, slots=True)
class Change:
    """Two runs beside each other.

    fields: those with a change, by how much worse they are. filings: how many both runs have. only_before, only_now:
    the names of the others, which are not compared. unlike: fields that only one of the runs compared.
    """

    fields: tuple[FieldChange, ...]
    filings: int
    only_before: tuple[str, ...]
    only_now: tuple[str, ...]
    unlike: tuple[str, ...]

    def regressions(self, tolerance: float) -> tuple[FieldChange, ...]:
        """The fields that are worse, on balance, in a greater share of the common filings than is tolerated."""
        return tuple(one for one in self.fields if one.regressed - one.improved > tolerance * self.filings)


def mcnemar(improved: int, regressed: int) -> float:
    """The two-sided p of McNemar's exact test: both outcomes are equally likely if nothing changed.

    >>> mcnemar(0, 5), mcnemar(3, 3), mcnemar(0, 0)
    (0.0625, 1.0, 1.0)
    """
    trials = improved + regressed
    tail = sum(comb(trials, count) for count in range(min(improved, regressed) + 1))
    return min(1.0, float(Fraction(2 * tail, 2**trials)))


def change(before: Report, now: Report) -> Change:
    """What is better and what is worse now, in the filings and fields that both runs have."""
    common = _common(before, now)
    old, new = ({one.path: one for one in report.fields} for report in (before, now))
    fields = [_field(old[path], new[path], common) for path in old.keys() & new.keys()]
    changed = [one for one in fields if one.improved or one.regressed]
    return Change(
        tuple(sorted(changed, key=lambda one: (one.improved - one.regressed, one.path))),
        len(common),
        tuple(_called(one) for number, one in enumerate(before.filings) if number not in common),
        tuple(_called(one) for number, one in enumerate(now.filings) if number not in common.values()),
        tuple(sorted(old.keys() ^ new.keys())),
    )


def _field(before: FieldScore, now: FieldScore, common: dict[int, int]) -> FieldChange:
    was, is_ = set(before.wrong_filings), set(now.wrong_filings)
    improved = sum(old in was and new not in is_ for old, new in common.items())
    regressed = sum(old not in was and new in is_ for old, new in common.items())
    return FieldChange(now.path, improved, regressed, mcnemar(improved, regressed))


def _common(before: Report, now: Report) -> dict[int, int]:
    """The filings of both runs: index before, index now; one whose result is gone now is found by its truth."""
    by_name = {one.name: number for number, one in enumerate(now.filings) if one.name}
    by_truth = {one.truth: number for number, one in enumerate(now.filings) if not one.name}
    common: dict[int, int] = {}
    for number, one in enumerate(before.filings):
        found = by_name.get(one.name) if one.name else None
        found = by_truth.get(one.truth) if found is None else found
        if found is not None:
            common[number] = found
    return common


def _called(filing: FilingScore) -> str:
    return filing.name or filing.truth
