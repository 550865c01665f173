"""Laws of the whole way: a filing, laid out in any way a page is held, is read back as it was, or with a problem.

From HTML and every text that keeps rows and columns a filing comes back whole, with answers that look like labels,
options and headings too. What place cannot tell, or what lost its columns, may be lost, but never without a problem on
its path.

The usual run is short and always the same. `FORMD_EXAMPLES=10000 python -m pytest --no-cov tests/test_properties.py`
tries so many new filings, in every style, on each law; `python -m tests.laws` does so faster, one style at a time, and
goes on after a fault. What they find is kept here as an example.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, example, given, settings

from extractor.form.places import PLACES, SOLICITATION_STATES, name_of
from extractor.model import Filing, RelatedPersonName, SolicitationState, StatesOfSolicitation
from extractor.outputs.page.text import TextLayout
from extractor.outputs.render import PageOptions, TextStyle
from extractor.readers.edgar import from_edgar_xml
from tests.laws import CONVERTERS, ONE_OF_EACH, OPTIONS, documents, unsaid, wrong
from tests.pages import ALL_PLACES, FAIR_KIND, LARGE_KIND, NASTY_KIND, pages

ASKED = os.environ.get("FORMD_EXAMPLES")
EXAMPLES = settings(
    max_examples=int(ASKED or 40),
    deadline=None,
    derandomize=ASKED is None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TENTH = settings(EXAMPLES, max_examples=max(4, EXAMPLES.max_examples // 10))
FEW = settings(EXAMPLES, max_examples=max(3, EXAMPLES.max_examples // 100))

FAIR_PAGES, NASTY_PAGES, LARGE_PAGES = (pages(kind) for kind in (FAIR_KIND, NASTY_KIND, LARGE_KIND))

MOST_ISSUERS, MOST = 30, 100
"""As many issuers, persons and recipients as a filing may have."""

EACH = [TextStyle(layout, width=150) for layout in get_args(TextLayout)]

BASE = from_edgar_xml((Path(__file__).parents[1] / "samples" / "red-clay-fertilizer.xml").read_bytes())


def renamed(*names: str) -> Filing:
    """A filing whose issuer had some names before."""
    assert BASE.primary_issuer is not None
    issuer = BASE.primary_issuer.model_copy(update={"issuer_previous_names": names})
    return BASE.model_copy(update={"primary_issuer": issuer})


def explained(clarification: str) -> Filing:
    """A filing that explains what it has used."""
    used = BASE.use_of_proceeds.model_copy(update={"clarification_of_response": clarification})
    return BASE.model_copy(update={"use_of_proceeds": used})


def named(name: str) -> Filing:
    """A filing whose issuer has a name, and had none before."""
    assert BASE.primary_issuer is not None
    issuer = BASE.primary_issuer.model_copy(update={"entity_name": name, "issuer_previous_names": ()})
    signed = (BASE.signature_block.signatures[0].model_copy(update={"issuer_name": name}),)
    block = BASE.signature_block.model_copy(update={"signatures": signed})
    return BASE.model_copy(update={"primary_issuer": issuer, "signature_block": block})


def clarified(clarification: str) -> Filing:
    """A filing whose persons have each a clarification."""
    told = {"relationship_clarification": clarification}
    return BASE.model_copy(
        update={"related_persons": tuple(one.model_copy(update=told) for one in BASE.related_persons)}
    )


def housed(street2: str) -> Filing:
    """A filing whose issuer has a second line of its street."""
    assert BASE.primary_issuer is not None
    address = BASE.primary_issuer.issuer_address.model_copy(update={"street2": street2})
    issuer = BASE.primary_issuer.model_copy(update={"issuer_address": address})
    return BASE.model_copy(update={"primary_issuer": issuer})


def headed(last_name: str, street2: str) -> Filing:
    """A filing whose persons have a last name only, and a second line of their streets."""
    person = BASE.related_persons[0]
    address = person.related_person_address.model_copy(update={"street2": street2, "city": "Other"})
    name = RelatedPersonName(last_name=last_name)
    told = {"related_person_name": name, "related_person_address": address, "relationship_clarification": "3M Co"}
    return BASE.model_copy(update={"related_persons": (person, person.model_copy(update=told), person)})


def lasting(*last_names: str) -> Filing:
    """A filing whose persons have a last name only, each another note."""
    person = BASE.related_persons[0]
    told = (
        {"related_person_name": RelatedPersonName(last_name=name), "relationship_clarification": f"Note {number}"}
        for number, name in enumerate(last_names)
    )
    return BASE.model_copy(update={"related_persons": tuple(person.model_copy(update=one) for one in told)})


def dealt(dealer: str) -> Filing:
    """A filing whose recipient is with a dealer."""
    told = {"associated_bd_name": dealer, "associated_bd_crd_number": "4321"}
    return BASE.model_copy(update={"sales_compensation": (BASE.sales_compensation[0].model_copy(update=told),)})


def described(entity: str) -> Filing:
    """A filing whose issuer is of another kind than those that have a box."""
    assert BASE.primary_issuer is not None
    told = {"entity_type": "Other", "entity_type_other_desc": entity, "issuer_previous_names": ()}
    return BASE.model_copy(update={"primary_issuer": BASE.primary_issuer.model_copy(update=told)})


def torn() -> Filing:
    """A filing with a person of whom a text without lines tells little more than the boxes, checked in any order."""
    person = BASE.related_persons[0]
    address = person.related_person_address.model_copy(update={"street1": "State/Province/Country", "street2": None})
    told = {
        "related_person_name": RelatedPersonName(last_name="14. Investors", first_name="14."),
        "related_person_address": address,
        "related_person_relationships": ("Director", "Promoter", "Executive Officer"),
    }
    return BASE.model_copy(update={"related_persons": (person.model_copy(update=told),)})


def sold_everywhere() -> Filing:
    """A filing whose only recipient solicits in each state by name."""
    names = ((code, name_of(code)) for code in sorted(SOLICITATION_STATES))
    states = tuple(SolicitationState(state=code, description=name) for code, name in names)
    listed = StatesOfSolicitation(states=states)
    return BASE.model_copy(
        update={
            "sales_compensation": (BASE.sales_compensation[0].model_copy(update={"states_of_solicitation": listed}),)
        }
    )


def fullest() -> Filing:
    """A filing with as many issuers, persons and recipients as there may be, each recipient with every state."""
    assert BASE.primary_issuer is not None
    names = [f"Levee {number} of Thirty LP" for number in range(MOST_ISSUERS)]
    first, *others = (BASE.primary_issuer.model_copy(update={"entity_name": name}) for name in names)
    signature = BASE.signature_block.signatures[0]
    signed = tuple(signature.model_copy(update={"issuer_name": name}) for name in names)
    seller = sold_everywhere().sales_compensation[0]
    return BASE.model_copy(
        update={
            "primary_issuer": first,
            "additional_issuers": tuple(others),
            "related_persons": BASE.related_persons[:1] * MOST,
            "sales_compensation": tuple(
                seller.model_copy(update={"recipient_name": f"Dealer {number} LLC"}) for number in range(MOST)
            ),
            "signature_block": BASE.signature_block.model_copy(update={"signatures": signed}),
        }
    )


def living(codes: Sequence[str]) -> Filing:
    """A filing whose persons live in so many places."""
    person = BASE.related_persons[0]
    homes = (
        person.related_person_address.model_copy(
            update={"state_or_country": code, "state_or_country_description": name_of(code)}
        )
        for code in codes
    )
    persons = tuple(person.model_copy(update={"related_person_address": home}) for home in homes)
    return BASE.model_copy(update={"related_persons": persons})


@pytest.mark.parametrize("style", EACH, ids=lambda style: style.layout)
def test_the_fullest_filing_comes_back_whole(style: TextStyle) -> None:
    assert wrong(fullest(), documents(fullest(), [style], PageOptions())) == {}


@pytest.mark.parametrize("first", range(0, len(ALL_PLACES), MOST))
def test_every_place_comes_back_whole(first: int) -> None:
    filing = living(ALL_PLACES[first : first + MOST])
    assert wrong(filing, documents(filing, EACH, PageOptions())) == {}


def test_a_place_whose_name_means_two_places_has_a_problem() -> None:
    shared = [code for code in PLACES if code not in ALL_PLACES]
    assert unsaid(living(shared), documents(living(shared), EACH, PageOptions())) == {}
    assert shared


@EXAMPLES
@given(FAIR_PAGES, ONE_OF_EACH, OPTIONS)
@example(sold_everywhere(), [TextStyle("columns", width=120)], PageOptions(states="line"))
@example(named("X"), [TextStyle("pipes", "checks"), TextStyle("tabs", "ballots")], PageOptions())
@example(clarified("Last Name First Name Middle Name"), EACH, PageOptions())
@example(clarified("Last Name First Name Middle Name, X Director"), EACH, PageOptions())
@example(dealt("Recipient One LP"), EACH, PageOptions())
def test_a_filing_comes_back_whole(filing: Filing, styles: Sequence[TextStyle], options: PageOptions) -> None:
    assert wrong(filing, documents(filing, styles, options)) == {}


@FEW
@given(LARGE_PAGES, ONE_OF_EACH, OPTIONS)
def test_a_large_filing_comes_back_whole(filing: Filing, styles: Sequence[TextStyle], options: PageOptions) -> None:
    assert wrong(filing, documents(filing, styles, options)) == {}


@EXAMPLES
@given(NASTY_PAGES, ONE_OF_EACH, OPTIONS)
@example(renamed("Date Palm Inc", "X"), [TextStyle("tabs"), TextStyle("pipes"), TextStyle("columns")], PageOptions())
@example(renamed("Debt", "Washington", "X"), [TextStyle("tabs", "markdown"), TextStyle("pipes")], PageOptions())
@example(explained("Signature and Submission"), [TextStyle("columns", width=120)], PageOptions())
@example(renamed("I", "X", "Yes & No Partners"), [TextStyle("columns", "markdown")], PageOptions())
@example(renamed("Debt", "No", "X"), [TextStyle("lines")], PageOptions())
@example(renamed("X"), [TextStyle("lines")], PageOptions())
@example(housed("State/Province/Country"), [TextStyle("lines")], PageOptions())
@example(headed("Maple & Main Financial Group", "State/Province/Country"), [TextStyle("lines")], PageOptions())
@example(headed("Ng", "3. Related Persons"), EACH, PageOptions())
@example(lasting("14.", "14. Investors"), EACH, PageOptions())
def test_a_nasty_filing_is_never_wrong_without_a_problem(
    filing: Filing, styles: Sequence[TextStyle], options: PageOptions
) -> None:
    assert unsaid(filing, documents(filing, styles, options)) == {}


@pytest.mark.parametrize("way", CONVERTERS)
@TENTH
@given(NASTY_PAGES, OPTIONS)
@example(clarified("Last Name First Name Middle Name"), PageOptions())
@example(clarified("X"), PageOptions())
@example(clarified("15. Sales Commissions & Finder's Fees Expenses are $5,000 USD X Estimate"), PageOptions())
@example(clarified("Last Name First Name Middle Name Clarification of Response (if Necessary): none"), PageOptions())
@example(headed("Ng", "3. Related Persons"), PageOptions())
@example(clarified("3. Related Persons"), PageOptions())
@example(housed("or State/Province/Country"), PageOptions())
@example(dealt("Recipient One LP"), PageOptions())
@example(explained("It pays X % of it. Signature and Submission X"), PageOptions())
@example(renamed("X", "None"), PageOptions())
@example(renamed("X", "Yes"), PageOptions())
@example(named("None"), PageOptions())
@example(described("Corporation LLC"), PageOptions())
@example(torn(), PageOptions())
@example(explained("Investors Signature and Submission X Director 0 [X] Yes [ ] No Fund 12, L.P."), PageOptions())
def test_what_a_library_makes_of_a_page_is_never_wrong_without_a_problem(
    way: str, filing: Filing, options: PageOptions
) -> None:
    pytest.importorskip(CONVERTERS[way].module)
    assert unsaid(filing, {way: CONVERTERS[way](documents(filing, (), options)["html"])}) == {}
