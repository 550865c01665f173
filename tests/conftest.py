"""What several tests need: the tree, and an extraction made by hand."""

import datetime
import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import settings

from extractor.cli import main
from extractor.extract import Extraction
from extractor.finding import BoxState, Finding, Leftover, Problem, ProblemKind
from extractor.model import (
    Address,
    DateOfFirstSale,
    Filing,
    Issuer,
    OfferingSalesAmounts,
    RelatedPerson,
    RelatedPersonName,
    TypeOfFiling,
)
from extractor.source import Place

ROOT = Path(__file__).parents[1]

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("searching", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the tree."""
    return ROOT


@pytest.fixture(scope="session")
def sample() -> Path:
    """A filing as a vision model wrote it down."""
    return ROOT / "samples" / "liquidmetal-2013-11-19.txt"


@pytest.fixture
def made() -> Extraction:
    """A small extraction with foreign letters, hostile text, and one of everything."""
    issuer = Issuer(
        cik="0000000017",
        entity_name="Zoë [bold]Größe[/bold] \x1b[31mLLC",
        issuer_address=Address(street1="1 Main Street", city="George Town", state_or_country="E9"),
        entity_type="Corporation",
    )
    filing = Filing(
        primary_issuer=issuer,
        related_persons=(
            RelatedPerson(related_person_name=RelatedPersonName(last_name="Ng")),
            RelatedPerson(related_person_name=RelatedPersonName(last_name="Ødegård")),
        ),
        type_of_filing=TypeOfFiling(date_of_first_sale=DateOfFirstSale(value=datetime.date(2013, 11, 19))),
        offering_sales_amounts=OfferingSalesAmounts(total_offering_amount="Indefinite", total_amount_sold=1_234_567),
    )
    sold = "offering_sales_amounts.total_amount_sold"
    return Extraction(
        filing=filing,
        findings=(
            Finding("primary_issuer.entity_type=Corporation", "X", Place(line=3, columns=(1, 1)), "box left of label"),
            Finding(sold, "$1,234,567 USD", Place(page=1, box=(1, 2, 30, 4)), "right", "inferred", ("$7 USD",)),
        ),
        problems=(
            Problem(sold, ProblemKind.INFERRED, "two amounts; the nearer was taken", Place(page=1)),
            Problem("issuer_size", ProblemKind.GROUP_CONFLICT, "expected one checked box, saw two"),
            Problem("minimum_investment_accepted", ProblemKind.MISSING_LABEL, "label not found"),
        ),
        leftovers=(Leftover("stray \x07 words", Place(line=9, columns=(1, 11))),),
        boxes={
            "primary_issuer.entity_type=Corporation": BoxState.CHECKED,
            "primary_issuer.entity_type=Business Trust": BoxState.UNCHECKED,
            "offering_sales_amounts.total_offering_amount=Indefinite": BoxState.CHECKED,
        },
        format="text",
        name="made.txt",
        facts={"ACCESSION NUMBER": "0000000017-13-000001"},
    )


class Outcome(NamedTuple):
    """How a run of `formd` ended."""

    code: int
    out: str
    err: str


Formd = Callable[..., Outcome]


@pytest.fixture
def formd(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Formd:
    """`formd` in this process: arguments and standard input go in, exit code and what was written come out."""

    def run(*arguments: str | Path, stdin: bytes = b"") -> Outcome:
        monkeypatch.setattr(sys, "argv", ["formd", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsysbinary.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsysbinary.readouterr()
        return Outcome(int(ended.value.code or 0), out.decode(), err.decode())

    return run
