"""Which entries of lists belong together, and what changed between two runs."""

import random
import sys
import time
from itertools import permutations

import pytest

from extractor.accuracy.cells import beside
from extractor.accuracy.change import change, mcnemar
from extractor.accuracy.fields import every_path, shown_paths, whole
from extractor.accuracy.pairs import pair
from extractor.accuracy.report import FieldScore, FilingScore, Score
from extractor.accuracy.score import score
from extractor.accuracy.truth import Truth
from extractor.errors import MissingProgram
from extractor.extract import Extraction
from extractor.finding import Finding, Problem, ProblemKind
from extractor.model import Address, Filing, RelatedPerson, RelatedPersonName
from extractor.source import Place
from tests.test_accuracy_report import report

PERSONS = next(level for level in whole().lists if level.path == "related_persons[]")
OFFICE = Address(street1="1 Main Street", city="Springfield", state_or_country="IL", zip_code="62701")


def person(first: str, last: str, address: Address = OFFICE, note: str | None = None) -> RelatedPerson:
    name = RelatedPersonName(first_name=first, last_name=last)
    return RelatedPerson(related_person_name=name, related_person_address=address, relationship_clarification=note)


ANN, BOB, CAT, DAN = person("Ann", "Archer"), person("Bob", "Butcher"), person("Cat", "Cooper"), person("Dan", "Dyer")


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_entries_are_found_wherever_they_stand(order: tuple[int, ...]) -> None:
    truth = [ANN, BOB, CAT, DAN]
    seen = [truth[index].model_copy(update={"relationship_clarification": "new"}) for index in order]
    assert pair(PERSONS, truth, seen) == [(index, order.index(index)) for index in range(4)]


def test_a_lost_entry_does_not_shift_the_others() -> None:
    damaged = person("Cat", "Cooper", Address(city="Elsewhere"))
    assert pair(PERSONS, [ANN, BOB, CAT, DAN], [ANN, damaged, DAN]) == [(0, 0), (2, 1), (3, 2)]


def test_entries_that_have_nothing_in_common_are_not_paired() -> None:
    stranger = person("Zed", "Yellow", Address(street1="9 Far Away", city="Perth", state_or_country="C3"))
    assert pair(PERSONS, [ANN], [stranger]) == []
    assert pair(PERSONS, [ANN, BOB], [stranger, person("Bob", "Butcher")]) == [(1, 1)]


def test_a_misspelt_name_is_still_the_same_entry() -> None:
    assert pair(PERSONS, [ANN, BOB], [person("Bob", "Buchter"), person("Ann", "Archers")]) == [(0, 1), (1, 0)]


def test_an_entry_whose_name_alone_was_not_read_is_not_taken_for_a_namesake() -> None:
    """The third person's last name was cut into two, and is then the second one's, who has none."""
    truth = [ANN, person("", "14.", note="a"), person("", "14. Investors", Address(city="Perth"), note="b")]
    nameless = truth[1].model_copy(update={"related_person_name": None})
    cut = truth[2].model_copy(
        update={"related_person_name": RelatedPersonName(last_name="14.", first_name="Investors")}
    )
    assert pair(PERSONS, truth, [ANN, nameless, cut]) == [(0, 0), (1, 1), (2, 2)]


def test_without_scipy_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "scipy.optimize", None)
    assert pair(PERSONS, [ANN, BOB], [BOB, ANN]) == [(0, 1), (1, 0)]
    with pytest.raises(MissingProgram, match=r"formd-extractor\[accuracy\]"):
        pair(PERSONS, [ANN, BOB], [person("Bob", "Buchter"), person("Ann", "Archers")])


def test_between_equals_the_nearer_one_is_taken() -> None:
    notes = [person("Ann", "Archer", note=note) for note in ("a", "b")]
    assert pair(PERSONS, [ANN, ANN], notes) == [(0, 0), (1, 1)]


def test_a_hundred_damaged_entries_are_paired_in_no_time() -> None:
    rng = random.Random(5)
    truth = [person(f"First{number}", f"Last {rng.random()}") for number in range(100)]
    seen = [one.model_copy(update={"related_person_address": Address(city="Gone")}) for one in truth]
    order = rng.sample(range(100), 100)
    started = time.process_time()
    pairs = pair(PERSONS, truth, [seen[index] for index in order])
    assert time.process_time() - started < 5
    assert [order[got] for _, got in pairs] == list(range(100))


def test_every_field_of_a_filing_is_compared_and_has_an_item_and_kind() -> None:
    fields = list(whole().all_fields())
    assert len({one.path for one in fields}) == len(fields) == len(every_path()) > len(shown_paths()) > 80
    by_path = {one.path: (one.item, one.kind) for one in fields}
    assert by_path["related_persons[].related_person_address.city"] == ("3", "address")
    assert by_path["offering_sales_amounts.total_remaining"] == ("13", "amount")
    assert by_path["sales_compensation[].states_of_solicitation.states[].state"] == ("12", "place")
    assert by_path["signature_block.signatures[].signature_date"] == ("Signature", "date")
    assert by_path["duration_of_offering.more_than_one_year"] == ("8", "box")


def seen(filing: Filing, *said: Finding | Problem) -> Extraction:
    findings = tuple(one for one in said if isinstance(one, Finding))
    problems = tuple(one for one in said if isinstance(one, Problem))
    return Extraction(filing, findings, problems, (), {}, "text", "a.txt")


def test_a_mistake_tells_raw_text_place_certainty_and_problems() -> None:
    truth, wrong = Filing(minimum_investment_accepted=1000), Filing(minimum_investment_accepted=100)
    place = Place(line=3, columns=(4, 8))
    finding = Finding("minimum_investment_accepted", "$100", place, "right", "inferred", ("$1000",))
    problem = Problem("minimum_investment_accepted", ProblemKind.AMBIGUOUS, "two amounts", place)
    scored = score(Truth("a", truth), seen(wrong, finding, problem))
    [mistake] = scored.mistakes
    assert (mistake.kind, mistake.expected, mistake.got, mistake.raw) == ("wrong", "1000", "100", "$100")
    assert (mistake.place, mistake.certainty, mistake.flagged) == (place, "inferred", True)
    assert mistake.problems == ("two amounts",)
    assert scored.certainty == {("inferred", False): 1}


@pytest.mark.parametrize(
    ("path", "flagged"),
    [
        ("related_persons", True),  # of the list itself
        ("related_persons[1]", False),  # of Cat, who is there
        ("related_persons[2]", True),  # of an entry that the truth does not have: it may be what is left of Bob
        ("related_persons[1].related_person_name", False),
        ("issuer_size", False),
    ],
)
def test_a_lost_entry_is_flagged_by_what_is_said_of_its_list(path: str, flagged: bool) -> None:
    left = person("-", "?", Address())
    result = seen(Filing(related_persons=(ANN, CAT, left)), Problem(path, ProblemKind.AMBIGUOUS, "?", None))
    scored = score(Truth("a", Filing(related_persons=(ANN, BOB, CAT))), result)
    lost = [one for one in scored.mistakes if one.kind == "missing"]
    assert {one.path.partition(".")[0] for one in lost} == {"related_persons[1]"}
    assert {one.flagged for one in lost} == {flagged}


def test_order_is_told_apart_from_the_fields() -> None:
    scored = score(Truth("a", Filing(related_persons=(ANN, BOB, CAT))), seen(Filing(related_persons=(CAT, ANN, BOB))))
    assert [(one.kind, one.path, one.expected, one.got) for one in scored.mistakes] == [
        ("order", "related_persons", "1, 2, 3", "3, 1, 2")
    ]
    assert {outcome for (_, outcome), count in scored.cells.items() if count} <= {"right", "blank", "exact"}


def test_nothing_is_right_by_its_index_alone() -> None:
    both = beside(Filing(related_persons=(ANN,)), Filing(related_persons=(person("", ""),)))
    assert {one.outcome for one in both.cells if one.field.kind == "name" and one.want} == {"missing"}


def test_mcnemar_is_the_exact_binomial_test() -> None:
    assert mcnemar(1, 9) == pytest.approx(2 * (1 + 10) / 2**10)
    assert mcnemar(0, 6) == mcnemar(6, 0) == pytest.approx(2 / 2**6)
    assert mcnemar(2000, 2001) == 1.0


def test_a_change_counts_the_filings_of_both_runs() -> None:
    def run(wrong: tuple[int, ...]) -> FieldScore:
        return FieldScore(path="a[].b", item="3", kind="name", score=Score(), formats={}, wrong_filings=wrong)

    def filings(names: list[str]) -> tuple[FilingScore, ...]:
        return tuple(FilingScore(name=name, truth=name, format="pdf", score=Score()) for name in names)

    before = report().model_copy(update={"filings": filings(["a", "b", "c", "gone"]), "fields": (run((0, 3)),)})
    lost = FilingScore(name="", truth="c", format="none", score=Score())
    now = report().model_copy(update={"filings": (lost, *filings(["b", "a", "new"])), "fields": (run((0, 1, 3)),)})
    made = change(before, now)
    assert [(one.path, one.improved, one.regressed) for one in made.fields] == [("a[].b", 1, 2)]
    assert (made.filings, made.only_before, made.only_now) == (3, ("gone",), ("new",))
    assert made.regressions(0.0) == made.fields
    assert made.regressions(0.34) == ()
