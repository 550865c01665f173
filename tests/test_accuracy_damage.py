"""Results damaged on purpose: the report counts exactly the mistakes that were put in, field by field and in all.

What is expected is counted here, by what each damage does to the plain JSON; nothing of the scorer is used for it.
"""

import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import regex

from extractor.accuracy import Report, compare
from extractor.extract import extract
from extractor.model import Filing
from extractor.outputs.to_json import to_object
from extractor.readers.edgar import from_edgar_xml

ROOT = Path(__file__).parents[1]
NAMES = sorted(path.stem for path in (ROOT / "samples").glob("*.xml"))

COPIES = 12
"""How often each sample stands in the run; each copy is damaged once."""

NOT_ON_A_PAGE = regex.compile(
    r"""(?: ^ | \. )
    (?: schema_version | test_or_live | return_copy | contact_data .* | notification_addresses | ccc | over100 \w+
    | previous_accession_number | authorized_representative | state_or_country_description | description
    | edgar_previous_names ) $""",
    regex.VERBOSE,
)
ASKED_YES_OR_NO = regex.compile(r"(?:is40_act|is_amendment|more_than_one_year|is_business_combination_transaction)$")
"""Questions with two boxes, of which "no" is an answer; of a single box, only the check is one."""

ADDRESS = ("street1", "street2", "city", "state_or_country", "zip_code")

Json = Any
"""Parsed JSON."""


def nothing(path: str, value: Json) -> bool:
    """Whether a value answers nothing; nought is an answer, and so is "no" to a question of two boxes."""
    return value is None or value == [] or (value is False and not ASKED_YES_OR_NO.search(path))


def answers(part: Json, path: str = "") -> Iterator[tuple[str, Json]]:
    """All that a filing in JSON answers on a page, by path with []."""
    if isinstance(part, dict):
        for name, value in part.items():
            yield from answers(value, f"{path}.{name}".removeprefix("."))
    elif isinstance(part, list) and part and isinstance(part[0], dict):
        for one in part:
            yield from answers(one, f"{path}[]")
    elif not NOT_ON_A_PAGE.search(path) and not nothing(path, part):
        yield path, part


@dataclass
class Damaged:
    """A result to damage, and what the damage does to it."""

    filing: Json
    problems: list[Json]
    rng: random.Random
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    lists: Counter[tuple[str, str]] = field(default_factory=Counter)
    written_otherwise: Counter[str] = field(default_factory=Counter)

    def put(self, path: str, value: Json) -> None:
        """Write a value over a field of the filing that is no list, and count what that makes."""
        *steps, last = path.split(".")
        part = self.filing
        for step in steps:
            part = part[step]
        self.count(path, part[last], value)
        part[last] = value

    def count(self, path: str, want: Json, got: Json) -> None:
        """Count one field that said one thing and says another now."""
        if want != got:
            kind = "invented" if nothing(path, want) else "missing" if nothing(path, got) else "wrong"
            self.counts[path, kind] += 1

    def count_all(self, record: Json, path: str, kind: str) -> None:
        """Count all answers of an entry that is gone, or was added."""
        self.counts.update((name, kind) for name, _ in answers(record, path))


def persons_in_another_order(one: Damaged) -> bool:
    persons = one.filing["related_persons"]
    if len(persons) < 2 or len({json.dumps(person) for person in persons}) < len(persons):
        return False
    first, second = one.rng.sample(range(len(persons)), 2)
    persons[first], persons[second] = persons[second], persons[first]
    one.lists["related_persons[]", "disorder"] += 1
    return True


def addresses_shifted(one: Damaged) -> bool:
    """Each person has the address of the next."""
    persons = one.filing["related_persons"]
    addresses = [person["related_person_address"] for person in persons]
    shifted = [*addresses[1:], *addresses[:1]]
    for person, old, new in zip(persons, addresses, shifted, strict=True):
        for name in ADDRESS:
            one.count(f"related_persons[].related_person_address.{name}", old[name], new[name])
        person["related_person_address"] = new
    return addresses != shifted


def names_swapped(one: Damaged) -> bool:
    """Two persons bear each other's name; each is known by the name, and all else they say is the other's."""
    persons = one.filing["related_persons"]
    if len(persons) < 2:
        return False
    first, second = persons[0], persons[1]
    for name in ("related_person_relationships", "relationship_clarification"):
        one.count(f"related_persons[].{name}", first[name], second[name])
        one.count(f"related_persons[].{name}", second[name], first[name])
    for name in ADDRESS:
        here, there = first["related_person_address"][name], second["related_person_address"][name]
        one.count(f"related_persons[].related_person_address.{name}", here, there)
        one.count(f"related_persons[].related_person_address.{name}", there, here)
    first["related_person_name"], second["related_person_name"] = (
        second["related_person_name"],
        first["related_person_name"],
    )
    one.lists["related_persons[]", "disorder"] += 1
    return True


def person_lost(one: Damaged) -> bool:
    persons = one.filing["related_persons"]
    gone = persons.pop(one.rng.randrange(len(persons)))
    one.count_all(gone, "related_persons[]", "missing")
    one.lists["related_persons[]", "missing"] += 1
    return True


def recipient_invented(one: Damaged) -> bool:
    blank = json.loads(Filing().model_dump_json())["primary_issuer"]["issuer_address"]
    recipient = {
        "recipient_name": "Nobody At All",
        "recipient_crd_number": "990099",
        "recipient_address": {**blank, "city": "Nowhere"},
        "states_of_solicitation": {"value": None, "states": [{"state": "GU", "description": "GUAM"}]},
    }
    at = one.rng.randint(0, len(one.filing["sales_compensation"]))
    one.filing["sales_compensation"].insert(at, recipient)
    one.count_all(recipient, "sales_compensation[]", "invented")
    one.lists["sales_compensation[]", "invented"] += 1
    one.lists["sales_compensation[].states_of_solicitation.states[]", "invented"] += 1
    return True


def box_flipped(one: Damaged) -> bool:
    path = one.rng.choice(
        (
            "types_of_securities_offered.is_equity_type",
            "types_of_securities_offered.is_mineral_property_type",
            "primary_issuer.year_of_inc.over_five_years",
            "investors.has_non_accredited_investors",
        )
    )
    *steps, last = path.split(".")
    part = one.filing
    for step in steps:
        part = part[step]
    one.put(path, not part[last])
    return True


def question_answered_the_other_way(one: Damaged) -> bool:
    path = "duration_of_offering.more_than_one_year"
    one.counts[path, "wrong"] += 1
    one.filing["duration_of_offering"]["more_than_one_year"] ^= True
    return True


def nought_lost(one: Damaged) -> bool:
    """The "0" that an amount is becomes nothing."""
    if one.filing["sales_commissions_finders_fees"]["finders_fees"]["dollar_amount"] != 0:
        return False
    one.counts["sales_commissions_finders_fees.finders_fees.dollar_amount", "missing"] += 1
    one.filing["sales_commissions_finders_fees"]["finders_fees"]["dollar_amount"] = None
    return True


def nought_for_blank(one: Damaged) -> bool:
    if one.filing["investors"]["number_non_accredited_investors"] is not None:
        return False
    one.counts["investors.number_non_accredited_investors", "invented"] += 1
    one.filing["investors"]["number_non_accredited_investors"] = 0
    return True


def amount_wrong(one: Damaged) -> bool:
    one.put("minimum_investment_accepted", one.filing["minimum_investment_accepted"] + 1)
    return True


def date_wrong(one: Damaged) -> bool:
    if one.filing["type_of_filing"]["date_of_first_sale"]["value"] is None:
        return False
    one.put("type_of_filing.date_of_first_sale.value", "1999-12-31")
    return True


def name_wrong(one: Damaged) -> bool:
    one.put("primary_issuer.entity_name", one.filing["primary_issuer"]["entity_name"] + " II")
    return True


def value_wrong_with_a_problem(one: Damaged) -> bool:
    one.put("primary_issuer.issuer_address.city", "Elsewhere")
    problem = {"path": "primary_issuer.issuer_address", "kind": "ambiguous", "message": "two cities", "place": None}
    one.problems.append(problem)
    return True


def phone_written_otherwise(one: Damaged) -> bool:
    """The same number with other signs: right, though not to the letter."""
    issuer = one.filing["primary_issuer"]
    issuer["issuer_phone_number"] = regex.sub(r"[-(). ]+", " / ", issuer["issuer_phone_number"])
    one.written_otherwise["primary_issuer.issuer_phone_number"] += 1
    return True


DAMAGES: tuple[Callable[[Damaged], bool], ...] = (
    persons_in_another_order,
    addresses_shifted,
    names_swapped,
    person_lost,
    recipient_invented,
    box_flipped,
    question_answered_the_other_way,
    nought_lost,
    nought_for_blank,
    amount_wrong,
    date_wrong,
    name_wrong,
    value_wrong_with_a_problem,
    phone_written_otherwise,
)


@cache
def sample(name: str) -> tuple[Filing, str]:
    """The truth of a sample, and what is read from its page, as JSON."""
    page = extract(ROOT / "samples" / f"{name}.html")
    return from_edgar_xml((ROOT / "samples" / f"{name}.xml").read_bytes()), json.dumps(to_object(page))


def as_shown(truth: Filing) -> Json:
    """A truth as JSON, in which each issuer has its previous names in one list, as a page shows them."""
    told = json.loads(truth.model_dump_json())
    for issuer in (told["primary_issuer"], *told["additional_issuers"]):
        issuer["issuer_previous_names"] = (issuer["issuer_previous_names"] or []) + (
            issuer["edgar_previous_names"] or []
        )
    return told


@dataclass
class Expected:
    """All that was put in, and the answers of all truths."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    lists: Counter[tuple[str, str]] = field(default_factory=Counter)
    written_otherwise: Counter[str] = field(default_factory=Counter)
    support: Counter[str] = field(default_factory=Counter)
    damaged: set[str] = field(default_factory=set)
    used: Counter[str] = field(default_factory=Counter)


def run(seed: int) -> tuple[Report, Expected]:
    """The report of damaged results, and what it must say."""
    rng = random.Random(seed)
    results, truths, expected = [], {}, Expected()
    for copy in range(COPIES):
        for name in NAMES:
            truth, text = sample(name)
            result = json.loads(text)
            result["name"] = f"{name}-{copy}.html"
            result["problems"], result["findings"] = [], []  # what warns of a mistake is put in too
            truths[f"{name}-{copy}"] = truth
            expected.support.update(path for path, _ in answers(as_shown(truth)))
            damage = rng.choice(DAMAGES)
            one = Damaged(result["filing"], result["problems"], rng)
            if damage(one):
                expected.used[damage.__name__] += 1
                expected.counts += one.counts
                expected.lists += one.lists
                expected.written_otherwise += one.written_otherwise
                if one.counts:
                    expected.damaged.add(result["name"])
            results.append(result)
    return compare(results, truths), expected


@pytest.fixture(scope="module", params=[1, 20240607])
def outcome(request: pytest.FixtureRequest) -> tuple[Report, Expected]:
    """A run with a stated seed."""
    return run(request.param)


def test_every_damage_was_done(outcome: tuple[Report, Expected]) -> None:
    _, expected = outcome
    assert set(expected.used) == {damage.__name__ for damage in DAMAGES}


def test_each_field_counts_exactly_what_was_put_in(outcome: tuple[Report, Expected]) -> None:
    report, expected = outcome
    seen = Counter(
        {
            (one.path, kind): count
            for one in report.fields
            for kind in ("wrong", "missing", "invented")
            if (count := getattr(one.score, kind))
        }
    )
    assert seen == expected.counts


def test_all_other_answers_are_right(outcome: tuple[Report, Expected]) -> None:
    report, expected = outcome
    lost: Counter[str] = Counter()
    for (path, kind), count in expected.counts.items():
        lost[path] += count if kind != "invented" else 0
    assert Counter({one.path: one.score.right for one in report.fields if one.score.right}) == expected.support - lost
    assert {
        one.path: one.score.right - one.score.exact for one in report.fields if one.score.right != one.score.exact
    } == (expected.written_otherwise)


def test_in_all_the_counts_are_those_put_in(outcome: tuple[Report, Expected]) -> None:
    report, expected = outcome
    sums: Counter[str] = Counter()
    for (_, kind), count in expected.counts.items():
        sums[kind] += count
    assert (report.total.wrong, report.total.missing, report.total.invented) == (
        sums["wrong"],
        sums["missing"],
        sums["invented"],
    )
    assert report.total.support == expected.support.total()
    assert report.total.mistakes == len([one for one in report.mistakes if one.kind != "order"])


def test_only_the_mistakes_with_a_problem_are_flagged(outcome: tuple[Report, Expected]) -> None:
    report, expected = outcome
    assert report.total.flagged == expected.used["value_wrong_with_a_problem"]
    flagged = {(one.field, one.problems) for one in report.mistakes if one.flagged}
    assert flagged == {("primary_issuer.issuer_address.city", ("two cities",))}


def test_lists_tell_what_is_gone_added_and_out_of_order(outcome: tuple[Report, Expected]) -> None:
    report, expected = outcome
    seen: Counter[tuple[str, str]] = Counter()
    for one in report.lists:
        seen[one.path, "missing"] += one.missing
        seen[one.path, "invented"] += one.invented
        seen[one.path, "disorder"] += one.order.trials - one.order.hits
    assert +seen == expected.lists
    assert (
        len([one for one in report.mistakes if one.kind == "order"]) == expected.lists["related_persons[]", "disorder"]
    )


def test_the_filings_with_a_mistake_are_known(outcome: tuple[Report, Expected]) -> None:
    report, expected = outcome
    assert {one.name for one in report.filings if not one.perfect} == expected.damaged
    assert report.perfect.trials == COPIES * len(NAMES)


def test_undamaged_results_have_no_mistake() -> None:
    results = [json.loads(sample(name)[1]) for name in NAMES]
    report = compare(results, {name: sample(name)[0] for name in NAMES})
    assert report.mistakes == ()
    assert report.total.right == report.total.support > 0
