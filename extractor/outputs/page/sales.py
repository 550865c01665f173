"""Items 12 to 16: who is paid for selling, what is sold and to whom, and where the money goes."""

from collections.abc import Iterator

from extractor.form.places import name_of
from extractor.model import AmountEstimate, Filing, Recipient, StatesOfSolicitation
from extractor.outputs.page.cells import (
    PageOptions,
    bare_box,
    blank,
    clarification,
    dollars,
    head,
    heading,
    label,
    one_box,
    row,
    table,
    value,
    values,
)
from extractor.outputs.page.element import Element, element
from extractor.outputs.page.identity import state_or_country

STATES = "State(s) of Solicitation (select all that apply)"
INDIVIDUAL = "Check “All States” or check individual States"

STATES_A_ROW = 4
"""How many states the option "columns" puts into one row."""

NON_ACCREDITED = (
    "Select if securities in the offering have been or may be sold to persons who do not qualify as accredited "
    "investors, and enter the number of such non-accredited investors who already have invested in the offering."
)

INVESTED = (
    "Regardless of whether securities in the offering have been or may be sold to persons who do not qualify as "
    "accredited investors, enter the total number of investors who already have invested in the offering:"
)

EXPENSES = (
    "Provide separately the amounts of sales commissions and finders fees expenses, if any. If the amount of an "
    "expenditure is not known, provide an estimate and check the box next to the amount."
)

PROCEEDS = (
    "Provide the amount of the gross proceeds of the offering that has been or is proposed to be used for payments to "
    "any of the persons required to be named as executive officers, directors or promoters in response to Item 3 "
    "above. If the amount is unknown, provide an estimate and check the box next to the amount."
)

NOBODY = Recipient(recipient_crd_number="None", associated_bd_name="None", associated_bd_crd_number="None")
"""What the page shows where there is no recipient: the labels, and every box None checked."""


def sales_compensation(filing: Filing, options: PageOptions) -> Iterator[Element]:
    """Item 12."""
    yield heading("12. Sales Compensation")
    for recipient in filing.sales_compensation:
        yield _recipient_table(*(part for pair in _recipient(recipient, options) for part in pair))
        yield element("hr")
    if not filing.sales_compensation:
        yield _recipient_table(*(labels for labels, _ in _recipient(NOBODY, options)))
        yield element("hr")


def _recipient_table(*rows: Element) -> Element:
    return element("div", element("table", *rows, width="100%", summary="Sales Compensation"))


def _recipient(recipient: Recipient, options: PageOptions) -> Iterator[tuple[Element, Element]]:
    """Each row of labels with the row of answers below it."""
    place, crd, dealer = recipient.recipient_address, recipient.recipient_crd_number, recipient.associated_bd_name
    dealer_crd = recipient.associated_bd_crd_number
    yield (
        row(label("Recipient"), _none("Recipient CRD Number", crd)),
        values((recipient.recipient_name, crd), options),
    )
    yield (
        row(
            _none("(Associated) Broker or Dealer", dealer),
            _none("(Associated) Broker or Dealer CRD Number", dealer_crd),
        ),
        values((dealer, dealer_crd), options),
    )
    yield (
        row(head("Street Address 1"), head("Street Address 2")),
        values((place.street1, place.street2), options),
    )
    yield (
        row(label("City"), label("State/Province/Country"), label("ZIP/Postal Code")),
        values((place.city, state_or_country(place), place.zip_code), options),
    )
    yield _solicitation(recipient), row(_states(recipient.states_of_solicitation, options))


def _none(text: str, said: str | None) -> Element:
    """A label with its box None."""
    return element("td", one_box("None", said == "None", text))


def _solicitation(recipient: Recipient) -> Element:
    everywhere = recipient.states_of_solicitation.value == "All States"
    return row(
        element("td", one_box("All States", everywhere, STATES, element("br"), INDIVIDUAL)),
        element("td", one_box("Foreign/non-US", recipient.foreign_solicitation)),
    )


def _states(states: StatesOfSolicitation, options: PageOptions) -> Element:
    """The cell of the states of solicitation."""
    names = [state.description or name_of(state.state or "") or "" for state in states.states]
    if not names:
        return blank()
    if options.states == "line":
        return value(", ".join(names))
    wide = STATES_A_ROW if options.states == "columns" else 1
    rows = (row(*map(value, names[start : start + wide])) for start in range(0, len(names), wide))
    return element("td", table(*rows, border="0", summary="List of States"))


def amounts(filing: Filing) -> Iterator[Element]:
    """Item 13."""
    sales = filing.offering_sales_amounts
    yield heading("13. Offering and Sales Amounts")
    yield table(
        _or_indefinite("Total Offering Amount", sales.total_offering_amount),
        row(label("Total Amount Sold"), dollars(sales.total_amount_sold), label("USD")),
        _or_indefinite("Total Remaining to be Sold", sales.total_remaining),
        border="0",
        summary="Offering and Sales Amounts",
    )
    yield from clarification(sales.clarification_of_response)


def _or_indefinite(text: str, amount: int | str | None) -> Element:
    known = amount if isinstance(amount, int) else None
    indefinite = one_box("Indefinite", amount == "Indefinite", "or")
    return row(label(text), dollars(known), label("USD"), element("td", indefinite))


def investors(filing: Filing) -> Iterator[Element]:
    """Item 14."""
    said = filing.investors
    select = element("td", bare_box(said.has_non_accredited_investors), valign="middle")
    yield heading("14. Investors")
    yield table(
        row(
            select,
            label(NON_ACCREDITED),
            _number("Investors, Number Non Accredited Investors", said.number_non_accredited_investors),
        ),
        row(
            blank(),
            label(INVESTED),
            _number("Investors, Total NumberAlready Invested", said.total_number_already_invested),
        ),
        border="0",
        summary="Investors",
    )


def _number(summary: str, number: int | None) -> Element:
    """A cell with a framed number; the frame is there without a number too."""
    cells = row(value(str(number)) if number is not None else None)
    return element("td", table(cells, border="1", width="100", summary=summary), vAlign="top")


def expenses(filing: Filing) -> Iterator[Element]:
    """Item 15."""
    paid = filing.sales_commissions_finders_fees
    yield heading("15. Sales Commissions & Finder's Fees Expenses")
    yield element("p", EXPENSES, class_="FormText")
    lines = (("Sales Commissions", paid.sales_commissions), ("Finders' Fees", paid.finders_fees))
    titled = ((element("td", text, class_="FormTextR", width="200"), amount) for text, amount in lines)
    rows = (_estimated(title, amount) for title, amount in titled)
    yield table(*rows, border="0", summary="Sales Commissions & Finder's Fees Expenses")
    yield from clarification(paid.clarification_of_response)


def _estimated(title: Element, amount: AmountEstimate) -> Element:
    """A row with an amount and its box Estimate."""
    estimate = one_box("Estimate", amount.is_estimate)
    return row(title, dollars(amount.dollar_amount), label("USD"), element("td", estimate, align="right"))


def use_of_proceeds(filing: Filing) -> Iterator[Element]:
    """Item 16."""
    used = filing.use_of_proceeds
    yield heading("16. Use of Proceeds")
    yield element("p", PROCEEDS, class_="FormText")
    title = element("td", align="right", scope="col", vAlign="middle", width="200")
    yield table(_estimated(title, used.gross_proceeds_used), border="0", summary="Use of Proceeds")
    yield from clarification(used.clarification_of_response)
