"""Documents that are known to be read wrong without a word. Each is as small as it can be and names what is at fault.

A test that begins to pass is an error here (strict): then the repair is recorded by taking its mark away, and the case
goes on to hold what it found.
"""

import datetime
from collections.abc import Callable
from typing import NamedTuple

import pytest
import regex
from _pytest.mark import ParameterSet

from extractor.errors import SeveralFilings
from extractor.extract import extract_text
from extractor.model import (
    Address,
    AmountEstimate,
    BusinessCombinationTransaction,
    DateOfFirstSale,
    DurationOfOffering,
    Filing,
    IndustryGroup,
    Investors,
    Issuer,
    IssuerSize,
    NewOrAmendment,
    OfferingSalesAmounts,
    Recipient,
    RelatedPerson,
    RelatedPersonName,
    SalesCommissionsFindersFees,
    Signature,
    SignatureBlock,
    SolicitationState,
    StatesOfSolicitation,
    TypeOfFiling,
    TypesOfSecuritiesOffered,
    UseOfProceeds,
    YearOfInc,
)
from extractor.outputs.render import TextStyle, render_html, render_text
from tests.silence import silent

ADDRESS = Address(
    street1="1 Main Street",
    street2="Suite 400",
    city="Austin",
    state_or_country="TX",
    state_or_country_description="TEXAS",
    zip_code="78701",
)
NOTHING = AmountEstimate(dollar_amount=0, is_estimate=False)


def person(clarification: str | None = None) -> RelatedPerson:
    return RelatedPerson(
        related_person_name=RelatedPersonName(first_name="John", last_name="Smith"),
        related_person_address=ADDRESS,
        related_person_relationships=("Director",),
        relationship_clarification=clarification,
    )


def issuer(**other: object) -> Issuer:
    plain = Issuer(
        cik="0000000017",
        entity_name="Alder Creek, Inc.",
        issuer_address=ADDRESS,
        issuer_phone_number="212-555-0100",
        jurisdiction_of_inc="DELAWARE",
        issuer_previous_names=(),
        entity_type="Corporation",
        year_of_inc=YearOfInc(over_five_years=True),
    )
    return plain.model_copy(update=other)


def signature(name: str = "Alder Creek, Inc.") -> Signature:
    return Signature(
        issuer_name=name,
        signature_name="/s/ John Smith",
        name_of_signer="John Smith",
        signature_title="President",
        signature_date=datetime.date(2020, 1, 5),
    )


PLAIN = Filing(
    submission_type="D",
    primary_issuer=issuer(),
    related_persons=(person(), person()),
    industry_group=IndustryGroup(industry_group_type="Insurance"),
    issuer_size=IssuerSize(revenue_range="No Revenues"),
    federal_exemptions_exclusions=("06b",),
    type_of_filing=TypeOfFiling(
        new_or_amendment=NewOrAmendment(is_amendment=False),
        date_of_first_sale=DateOfFirstSale(value=datetime.date(2020, 1, 2)),
    ),
    duration_of_offering=DurationOfOffering(more_than_one_year=False),
    types_of_securities_offered=TypesOfSecuritiesOffered(is_equity_type=True),
    business_combination_transaction=BusinessCombinationTransaction(is_business_combination_transaction=False),
    minimum_investment_accepted=0,
    offering_sales_amounts=OfferingSalesAmounts(total_offering_amount=100, total_amount_sold=40, total_remaining=60),
    investors=Investors(has_non_accredited_investors=False, total_number_already_invested=3),
    sales_commissions_finders_fees=SalesCommissionsFindersFees(sales_commissions=NOTHING, finders_fees=NOTHING),
    use_of_proceeds=UseOfProceeds(gross_proceeds_used=NOTHING),
    signature_block=SignatureBlock(signatures=(signature(),)),
)


def filing(**other: object) -> Filing:
    return PLAIN.model_copy(update=other)


def recipient(**other: object) -> Recipient:
    plain = Recipient(
        recipient_name="Jane Roe",
        recipient_crd_number="123",
        associated_bd_name="None",
        associated_bd_crd_number="None",
        recipient_address=ADDRESS,
        states_of_solicitation=StatesOfSolicitation(value="All States"),
        foreign_solicitation=False,
    )
    return plain.model_copy(update=other)


TABS = TextStyle("tabs", "x")
LINES = TextStyle("lines", "x")
COLUMNS = TextStyle("columns", "x", width=200)

Write = Callable[[Filing], str]


def tabs(truth: Filing) -> str:
    return render_text(truth, TABS)


def lines(truth: Filing) -> str:
    return render_text(truth, LINES)


def columns(truth: Filing) -> str:
    return render_text(truth, COLUMNS)


def narrow(truth: Filing) -> str:
    return render_text(truth, TextStyle("columns", "x"))


def changed(write: Write, pattern: str, by: str, count: int = 1) -> Write:
    """A rendering with a change in its text; the pattern must be there."""

    def write_changed(truth: Filing) -> str:
        text, changes = regex.subn(pattern, by, write(truth), count=count)
        if not changes:
            raise LookupError(pattern)
        return text

    return write_changed


class Case(NamedTuple):
    """A document that is read wrong: how it is written, what it says, what is at fault."""

    name: str
    write: Write
    reason: str
    truth: Filing = PLAIN


SECOND = filing(
    additional_issuers=(issuer(cik="0000000018", entity_name="Beech Creek LLC"),),
    signature_block=SignatureBlock(signatures=(signature(), signature("Beech Creek LLC"))),
)
SOLD = filing(sales_compensation=(recipient(),))
SOLD_IN_TWO = filing(
    sales_compensation=(
        recipient(
            states_of_solicitation=StatesOfSolicitation(
                states=(
                    SolicitationState(state="CA", description="CALIFORNIA"),
                    SolicitationState(state="NY", description="NEW YORK"),
                )
            )
        ),
    )
)
UPON_EXERCISE = filing(
    types_of_securities_offered=TypesOfSecuritiesOffered(is_equity_type=True, is_security_to_be_acquired_type=True)
)
MEMBERSHIPS = filing(
    types_of_securities_offered=TypesOfSecuritiesOffered(is_other_type=True, description_of_other_type="Memberships")
)
JANE = RelatedPersonName(first_name="Jane", last_name="Brown")
CHAIR = filing(
    related_persons=(person("Chair of the board"), person().model_copy(update={"related_person_name": JANE}))
)
UNACCREDITED = filing(
    offering_sales_amounts=PLAIN.offering_sales_amounts.model_copy(
        update={"clarification_of_response": "Converted from euros."}
    ),
    investors=Investors(
        has_non_accredited_investors=True, number_non_accredited_investors=2, total_number_already_invested=3
    ),
)
NONE_USED = filing(use_of_proceeds=UseOfProceeds(gross_proceeds_used=NOTHING, clarification_of_response="None."))
NAMED_X = filing(primary_issuer=issuer(issuer_previous_names=("Old Creek LLC", "X", "New Creek LLC")))
TRUST = filing(
    primary_issuer=issuer(
        entity_type="Other", entity_type_other_desc="Statutory trust", issuer_previous_names=("Old Creek LLC",)
    )
)
DEBT = filing(types_of_securities_offered=TypesOfSecuritiesOffered(is_debt_type=True))
FORTY = filing(
    primary_issuer=issuer(entity_name="Alder Creek Timberlands and Sawmills, Inc."),
    signature_block=SignatureBlock(signatures=(signature("Alder Creek Timberlands and Sawmills, Inc."),)),
)
PAID = filing(
    sales_commissions_finders_fees=SalesCommissionsFindersFees(
        sales_commissions=NOTHING, finders_fees=NOTHING, clarification_of_response="Paid in euros."
    )
)
GERMAN = filing(
    primary_issuer=issuer(entity_type="Other", entity_type_other_desc="Aktiengesellschaft (German stock corporation)")
)
OFFICER = filing(
    related_persons=(person().model_copy(update={"related_person_relationships": ("Executive Officer", "Director")}),)
)
SEE_14 = filing(
    offering_sales_amounts=PLAIN.offering_sales_amounts.model_copy(
        update={"clarification_of_response": "14. Investors"}
    )
)
SECOND_RANGE = filing(issuer_size=IssuerSize(revenue_range="$1,000,001 - $5,000,000"))


def unmarked(truth: Filing) -> str:
    return render_text(truth, TextStyle("tabs", "brackets")).replace("[X]", "[ ]")


def brackets(truth: Filing) -> str:
    return render_text(truth, TextStyle("tabs", "brackets"))


def brackets_by_line(truth: Filing) -> str:
    text = render_text(truth, TextStyle("lines", "brackets"))
    return replaced(text, "(German stock corporation)", "(German stock\ncorporation)")


def markup(truth: Filing) -> str:
    return render_text(truth, TextStyle("columns", "inputs", width=200))


def two_filings(truth: Filing) -> str:
    other = filing(primary_issuer=issuer(cik="0000000099", entity_name="Other Fund LP"), related_persons=(person(),))
    return tabs(truth) + tabs(other)


def from_item_4(truth: Filing) -> str:
    text = tabs(truth)
    return text[text.index("4. Industry Group") :]


def up_to_signatures(truth: Filing) -> str:
    text = tabs(truth)
    return text[: text.index("Signature and Submission")]


def spaced_signatures(truth: Filing) -> str:
    text = tabs(truth)
    at = text.index("Signature and Submission")
    return text[:at] + regex.sub(r"\t+", " ", text[at:])


def nested_states(truth: Filing) -> str:
    """Markdown of a table in a cell, as some converters write it."""
    text = render_text(truth, TextStyle("pipes", "x"))
    rows = "| CALIFORNIA |  |  |\n| NEW YORK |  |  |"
    return replaced(text, rows, "| |  | | --- | | CALIFORNIA | | NEW YORK | |")


def replaced(text: str, old: str, new: str) -> str:
    if old not in text:
        raise LookupError(old)
    return text.replace(old, new)


CASES = [
    Case(
        "item 7 shows one of its two boxes",
        changed(tabs, "New Notice", ""),
        "settle._submission_type looks for a finding of the box of False, but only that of True was seen",
    ),
    Case(
        "a mark between the lines of its wrapped label",
        changed(
            columns,
            r"X (Security to be Acquired Upon Exercise of Option, Warrant) (or Other Right to Acquire Security) +"
            r"Other \(describe\)",
            r"    \1\nX" + " " * 68 + r"Other (describe)\n    \2",
        ),
        "boxes._beside binds a mark to any label at its right on the line, however far: here to another column's box",
        UPON_EXERCISE,
    ),
    Case(
        "a mark between the lines of a wrapped range",
        changed(
            columns,
            r"X \$1,000,001 - \$5,000,000 +\$5,000,001 - \$25,000,000",
            "    $1,000,001 -\nX                                     $5,000,001 - $25,000,000\n    $5,000,000",
        ),
        "boxes._beside, as above: a net asset value range is invented",
        SECOND_RANGE,
    ),
    Case(
        "All States wraps around its mark",
        changed(
            columns,
            r"X All States +Foreign/non-US",
            "  All\n                               X                   Foreign/non-US\n"
            "                                                     States",
        ),
        "boxes._beside, as above: foreign solicitation is invented",
        SOLD,
    ),
    Case(
        "ZIP/Postal Code wraps around its row",
        changed(
            columns,
            r"(City +State/Province/Country +)ZIP/Postal Code",
            " " * 116 + "ZIP/Postal\n\\1\n" + " " * 116 + "Code",
            count=0,
        ),
        "tell._say joins lines below each other to an answer: a piece of a label that was not found is read as text",
        SOLD,
    ),
    Case(
        "labels are centred above answers at the left",
        changed(
            columns,
            r"Street Address 1 +Street Address 2\n1 Main Street +Suite 400",
            "        Street Address 1               Street Address 2\n1 Main Street                 Suite 400",
        ),
        "fields._above_within takes the nearest label that begins at the left; the answer before it is left over",
    ),
    Case(
        "a person's labels are centred",
        changed(
            columns,
            r"(?s)(Middle Name.*?)Street Address 1 +Street Address 2\n1 Main Street +Suite 400\nCity +State/Province/"
            r"Country +ZIP/PostalCode\nAustin +TEXAS +78701",
            r"\1Street Address 1    Street Address 2\n1 Main Street Suite 400\n"
            "    City       State/Province/Country ZIP/PostalCode\nAustin      TEXAS            78701",
        ),
        "as above; what stands left of all labels goes to the row before",
    ),
    Case(
        "a clarification ends on the line of the next labels",
        changed(columns, r"Chair of the board\s+Last Name", "Chair of the board Last Name"),
        "records._next_record takes the whole line into the next record; leftovers report no field",
        CHAIR,
    ),
    Case(
        "a description stands below the other column",
        changed(tabs, r"\n\t*Memberships", "\nMemberships"),
        "engine.tell: text that no label governs is a leftover without a problem on fields that lack an answer",
        MEMBERSHIPS,
    ),
    Case(
        "the heading of item 14 ends a line of text",
        changed(lines, r"euros\.\s+14\. Investors", "euros. 14. Investors"),
        "sections._with_implied begins at the first label: the mark before it is lost, and its box reads unchecked",
        UNACCREDITED,
    ),
    Case(
        "the heading of the signatures ends a line of text",
        changed(lines, r"None\.\s+Signature and", "None.Signature and"),
        "noise.near_headings allows six characters before a damaged heading, and the cell is dropped with them",
        NONE_USED,
    ),
    Case(
        "states stand in a table inside a cell",
        nested_states,
        "readers/pipes takes the line for one cell that stands far at the right; its leftover reports no field",
        SOLD_IN_TWO,
    ),
    Case(
        "signatures of two issuers without columns",
        spaced_signatures,
        "unseen.report_unseen and tables._by_order report row 0 only; the list needs a problem of its own",
        SECOND,
    ),
    Case("the document begins at item 4", from_item_4, "unseen.report_unseen reports record 0 of a list only"),
    Case("the document ends before the signatures", up_to_signatures, "unseen.report_unseen, as above", SECOND),
    Case("no box is marked", unmarked, "item 14 and item 7: an unknown box and submission_type have no problem"),
    Case("two filings in one document", two_filings, "sections._best_chain reads both as one filing of two issuers"),
    Case(
        "the label Recipient is damaged",
        changed(tabs, "Recipient\t", "Recipi-ent xx\t"),
        "build._blank_records keeps the blank recipient since a stray text answers in it: a recipient is invented",
    ),
    Case(
        "a page's header stands within a row",
        changed(tabs, r"Smith\t", "https://www.example.org/primary_doc.xml 2/5\n11/20/13 SEC FORM D\nSmith\t"),
        "tell._say joins what stands on several lines below a label of one line's answers",
    ),
    Case(
        "a line of answers stands twice",
        changed(tabs, r"1 Main Street\t.*\n", r"\g<0>\g<0>"),
        "tell._say, as above",
    ),
    Case(
        "a previous name is X",
        brackets,
        "a typed X beside no label is taken for a second mark of the box Corporation; the list of names has no problem",
        NAMED_X,
    ),
    Case(
        "a clarification is the next heading",
        tabs,
        "sections._best_chain takes one of two equal headings; the other is a leftover without a problem",
        SEE_14,
    ),
    Case(
        "columns aligned around markup",
        markup,
        "readers/text measures columns after a box has shrunk to its mark: what stands behind it moves to the left",
        TRUST,
    ),
    Case(
        "the label City is damaged",
        changed(columns, "City ", "Cit ", count=1),
        "noise._SHORTEST: short labels are never looked for, and their row's text is joined to the answer above",
    ),
    Case(
        "a row of labels and its answers change places",
        changed(tabs, r"(Street Address 1\t.*\n)(1 Main Street\t.*\n)", r"\2\1", count=2),
        "the answers go to the row of labels above, as lines of a wrapped one",
    ),
    Case(
        "a row of answers and the next labels change places",
        changed(tabs, r"(1 Main Street\t.*\n)(City\t.*\n)", r"\2\1", count=2),
        "the answers go to the row of labels below",
    ),
    Case(
        "answers go on in the line of their labels",
        changed(tabs, r"(City\t.*)\n(Austin\t)", r"\1 \2", count=2),
        "the last label takes the first answer, in its own cell",
    ),
    Case(
        "the words below the signatures lose their first line",
        changed(narrow, r"Persons who respond.*\n", ""),
        "the others are lines of the last issuer's name",
        FORTY,
    ),
    Case(
        "an explanation stands before its label",
        changed(tabs, r"(Clarification.*\n)\n*(Paid in euros\.\n)", r"\2\1"),
        "the text goes to the amounts above",
        PAID,
    ),
    Case(
        "an explanation stands behind the next heading",
        changed(tabs, r"(Converted from euros\.\n)\n*(14\. Investors\n)", r"\2\1"),
        "the text goes to the next item",
        UNACCREDITED,
    ),
    Case(
        "a heading stands behind the first line of its item",
        changed(tabs, r"(11\. Minimum Investment\n)\n*(.*\n)", r"\2\1"),
        "the line is taken for the explanation of the item before",
    ),
    Case(
        "a question stands behind the label of its explanation",
        changed(tabs, r"(Total Remaining.*\n)\n*(Clarification.*\n)", r"\2\1"),
        "the line is taken for the explanation",
    ),
    Case(
        "the label of a box is lost behind its mark",
        changed(lines, r"X\nDebt\n", "X\n"),
        "the mark goes to the next label",
        DEBT,
    ),
    Case(
        "a heading is unreadable behind a description",
        changed(lines, r"10\. Business Combination Transaction", "10. Buzincrr Camtinotiun Tronroctian"),
        "the heading is taken for a description",
    ),
    Case(
        "states go on in the line of their boxes",
        changed(tabs, r"(Foreign/non-US)\s+(CALIFORNIA)", r"\1 \2"),
        "the first state goes to the address above",
        SOLD_IN_TWO,
    ),
    Case(
        "the label of an explanation stands twice",
        changed(tabs, r"(Clarification.*\n)(\n*Chair)", r"\1\1\2"),
        "the second is taken for the explanation's first words",
        CHAIR,
    ),
    Case(
        "a heading stands twice",
        changed(tabs, r"(14\. Investors\n)", r"\1\1"),
        "the first is taken for the end of the explanation before",
        UNACCREDITED,
    ),
    Case(
        "the labels of a list without entries stand twice",
        changed(tabs, r"(Recipient\t.*\n)", r"\1\1"),
        "a recipient is invented, by the name of the label",
    ),
    Case(
        "a mark goes on in the line of a label that has no box",
        changed(lines, r"Relationship:\nX\n", "Relationship: X\n"),
        "the mark goes to the address above",
        OFFICER,
    ),
    Case(
        "a line of a description is the label of a box that is lost",
        changed(brackets_by_line, r"\[ \] Corporation\n", ""),
        "records takes a label without a mark, though the document draws its empty boxes; the description is cut",
        GERMAN,
    ),
    Case(
        "a person's first label is half lost",
        changed(lines, r"(?s)(Chair of the board\n)Last Name", r"\1Name"),
        "the rest of the label is taken for the end of the explanation before",
        CHAIR,
    ),
]


OPEN: set[str] = set()
"""The cases that are still read wrong; the others hold what was mended."""


def marked(case: Case) -> ParameterSet:
    marks = [pytest.mark.xfail(strict=True, raises=AssertionError, reason=case.reason)] if case.name in OPEN else []
    return pytest.param(case, id=case.name, marks=marks)


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_nothing_is_wrong_without_a_problem(case: Case) -> None:
    """A document is read with a problem beside every wrong value, or refused."""
    try:
        extraction = extract_text(case.write(case.truth))
    except SeveralFilings:
        return
    assert silent(case.truth, extraction) == []


ALREADY = {"a clarification is the next heading", "a previous name is X"}
"""The cases that are read wrong as any layout shows them."""

RIGHT = [case for case in CASES if case.name not in ALREADY]


@pytest.mark.parametrize("case", RIGHT, ids=[case.name for case in RIGHT])
def test_each_case_is_read_right_before_it_is_changed(case: Case) -> None:
    for text in (render_html(case.truth), tabs(case.truth), columns(case.truth)):
        assert silent(case.truth, extract_text(text)) == []


def test_half_a_character_is_no_crash() -> None:
    assert extract_text(replaced(tabs(PLAIN), "Smith", "Sm\ud800th")).format == "text"


def test_a_long_list_is_no_crash() -> None:
    names = tuple(f"Old Creek {number} LLC" for number in range(1500))
    truth = filing(primary_issuer=issuer(issuer_previous_names=names))
    extraction = extract_text(lines(truth))
    assert any(problem.path == "primary_issuer.issuer_previous_names" for problem in extraction.problems)
