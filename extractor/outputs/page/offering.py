"""Items 6 to 11: the exemption claimed, and what is offered."""

from collections.abc import Iterator, Sequence

from extractor.form.editions import SECTION_3C
from extractor.model import Filing
from extractor.outputs.page.cells import (
    blank,
    boxed,
    clarification,
    dollars,
    heading,
    label,
    one_box,
    row,
    table,
    two_boxes,
    value,
    yes_or_no,
)
from extractor.outputs.page.element import NBSP, Element, element
from extractor.outputs.page.wording import Wording

CLAIMED = "Federal Exemptions and Exclusions Claimed"

ENDS = {"3C.9": NBSP * 2}
"""EDGAR's page ends the label of Section 3(c)(9) with two no-break spaces."""

SECURITIES = (
    (("is_equity_type", "Equity"), ("is_pooled_investment_fund_type", "Pooled Investment Fund Interests")),
    (("is_debt_type", "Debt"), ("is_tenant_in_common_type", "Tenant-in-Common Securities")),
    (
        ("is_option_to_acquire_type", "Option, Warrant or Other Right to Acquire Another Security"),
        ("is_mineral_property_type", "Mineral Property Securities"),
    ),
    (
        (
            "is_security_to_be_acquired_type",
            "Security to be Acquired Upon Exercise of Option, Warrant or Other Right to Acquire Security",
        ),
        ("is_other_type", "Other (describe)"),
    ),
)
"""Item 9: the rows of the page, each two boxes by field and label."""

COMBINATION = (
    "Is this offering being made in connection with a business combination transaction, "
    "such as a merger, acquisition or exchange offer?"
)


def exemptions(filing: Filing, wording: Wording) -> Iterator[Element]:
    """Item 6. EDGAR's page puts the cells of the left column into a cell of their row."""
    claimed = filing.federal_exemptions_exclusions or ()
    rules = (row(element("td", *boxed(text, code in claimed))) for code, text in wording.rules)
    yield heading("6. Federal Exemption(s) and Exclusion(s) Claimed (select all that apply)")
    columns = row(
        element("td", table(*rules, border="0", summary=wording.rules_summary)),
        element("td", _sections(claimed)),
    )
    yield table(columns, width="80%", border="0", summary=CLAIMED)


def _sections(claimed: Sequence[str]) -> Element:
    """The right column: Section 3(c) alone, then its exclusions, two a row as long as there are two."""
    top, *exclusions = ((box.label + ENDS.get(box.code, ""), box.code in claimed) for box in SECTION_3C)
    summary = f"{CLAIMED}, Section 3"
    act = table(row(*boxed(*top)), border="0", width="100%", summary=summary)
    rows = [row(element("td", act, colspan="2"))]
    for first in range(0, len(exclusions), 2):
        pair = exclusions[first : first + 2]
        rows.append(row(element("td", two_boxes(*pair) if len(pair) > 1 else one_box(*pair[0]))))
    return table(*rows, border="0", width="100%", summary=summary)


def type_of_filing(filing: Filing) -> Iterator[Element]:
    """Item 7."""
    amended = filing.type_of_filing.new_or_amendment.is_amendment
    sale = filing.type_of_filing.date_of_first_sale
    yield heading("7. Type of Filing")
    yield table(
        row(
            *boxed("New Notice", amended is False),
            element("td", colspan="2"),
            label("Date of First Sale"),
            value(sale.value.isoformat() if sale.value else ""),
            element("td", colspan="2"),
            *boxed("First Sale Yet to Occur", sale.yet_to_occur),
        ),
        row(*boxed("Amendment", amended)),
        border="0",
        summary="Type of Filing",
    )


def duration(filing: Filing) -> Iterator[Element]:
    """Item 8."""
    question = "Does the Issuer intend this offering to last more than one year?"
    state = filing.duration_of_offering.more_than_one_year
    yield heading("8. Duration of Offering")
    cells = row(label(question), blank(), element("td", yes_or_no(state)))
    yield table(cells, border="0", summary="Duration of Offering")


def securities(filing: Filing) -> Iterator[Element]:
    """Item 9."""
    kinds = filing.types_of_securities_offered
    states = kinds.model_dump()
    rows = [row(*(cell for field, text in pair for cell in boxed(text, states[field]))) for pair in SECURITIES]
    description = kinds.description_of_other_type
    shown = value(description, colspan="2") if description else element("td", colspan="2")
    columns = element("colgroup", *(element("col", width=width) for width in ("2", "50%") * 2), span="4")
    yield heading("9. Type(s) of Securities Offered (select all that apply)")
    body = element("tbody", *rows, row(element("td", colspan="2"), shown))
    yield element("table", columns, body, border="0", summary="Types of Securities Offered")


def business_combination(filing: Filing) -> Iterator[Element]:
    """Item 10."""
    combination = filing.business_combination_transaction
    answers = yes_or_no(combination.is_business_combination_transaction)
    cells = row(label(COMBINATION), blank(), element("td", answers))
    yield heading("10. Business Combination Transaction")
    yield table(cells, border="0", summary="Business Combination Transaction", width="80%")
    yield from clarification(combination.clarification_of_response)


def minimum_investment(filing: Filing) -> Iterator[Element]:
    """Item 11."""
    question = "Minimum investment accepted from any outside investor"
    cells = row(label(question), dollars(filing.minimum_investment_accepted), label("USD"))
    yield heading("11. Minimum Investment")
    yield table(cells, border="0", summary="Minimum Investment")
