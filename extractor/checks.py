"""Checks of a filing against the form's own rules; they report and never change anything."""

import datetime
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from extractor.finding import Problem, ProblemKind
from extractor.form.places import PLACES, SOLICITATION_STATES
from extractor.model import Address, Filing, Issuer, Record

LIMITS: Mapping[str, int] = MappingProxyType(
    {
        "street1": 40,
        "street2": 40,
        "city": 30,
        "zip_code": 10,
        "issuer_phone_number": 20,
        "cik": 10,
        "entity_name": 150,
        "jurisdiction_of_inc": 50,
        "entity_type_other_desc": 255,
        "issuer_previous_names": 150,
        "edgar_previous_names": 150,
        "first_name": 150,
        "middle_name": 150,
        "last_name": 200,
        "relationship_clarification": 255,
        "description_of_other_type": 255,
        "clarification_of_response": 255,
        "recipient_name": 200,
        "recipient_crd_number": 9,
        "associated_bd_name": 200,
        "associated_bd_crd_number": 9,
        "issuer_name": 150,
        "signature_name": 30,
        "name_of_signer": 150,
        "signature_title": 60,
    }
)
"""The most characters an answer may have (schema X0808)."""

LARGEST = 999_999_999_999
"""The largest amount or number (schema POSITIVE_INTEGER_TYPE)."""

MOST = {"additional_issuers": 99, "related_persons": 100, "sales_compensation": 100, "issuer_previous_names": 6}
"""The most elements a list may have (schema X0808); a page shows two lists of three previous names as one."""

SECURITIES_ACT = datetime.date(1933, 5, 27)
ELECTRONIC_FORM = datetime.date(2008, 9, 15)
"""The first day on which this form could be filed electronically."""


def check(filing: Filing) -> list[Problem]:
    """The problems of a filing as a whole: sums, limits, dates, signatures."""
    return [
        *_limits(filing, ""),
        *_streets(filing),
        *_amounts(filing),
        *_dates(filing),
        *_years(filing),
        *_signatures(filing),
        *_sizes(filing),
        *_states(filing),
        *_codes(filing),
        *_descriptions(filing),
    ]


def _limits(part: Record, prefix: str) -> Iterator[Problem]:
    for name, value in part.__dict__.items():
        if isinstance(value, str):
            if len(value) > LIMITS.get(name, len(value)):
                yield _over(f"{prefix}{name}", f"{LIMITS[name]} characters", f"{len(value)}: {value!r}")
        elif isinstance(value, Record):
            yield from _limits(value, f"{prefix}{name}.")
        elif isinstance(value, tuple):
            yield from _list_limits(name, value, f"{prefix}{name}")
        elif isinstance(value, int) and value > LARGEST:
            yield _over(f"{prefix}{name}", f"at most {LARGEST}", str(value))


def _list_limits(name: str, values: tuple[object, ...], path: str) -> Iterator[Problem]:
    if len(values) > MOST.get(name, len(values)):
        yield _over(path, f"{MOST[name]} entries", str(len(values)))
    for number, value in enumerate(values):
        if isinstance(value, Record):
            yield from _limits(value, f"{path}[{number}].")
        elif isinstance(value, str) and len(value) > LIMITS.get(name, len(value)):
            yield _over(f"{path}[{number}]", f"{LIMITS[name]} characters", f"{len(value)}: {value!r}")


def _streets(filing: Filing) -> Iterator[Problem]:
    """Second lines of addresses that may stand in the first: it is too long to be one line alone."""
    for path, address in addresses(filing):
        if address.street2 is None and len(address.street1 or "") > LIMITS["street1"]:
            message = f"nothing was read here, but Street Address 1 is longer than one line: {address.street1!r}"
            yield Problem(f"{path}.street2", ProblemKind.AMBIGUOUS, message)


def _over(path: str, expected: str, seen: str) -> Problem:
    return Problem(path, ProblemKind.OVER_LIMIT, f"the SEC's schema allows {expected}, seen {seen}")


def _amounts(filing: Filing) -> Iterator[Problem]:
    """Total Offering Amount is Total Amount Sold plus Total Remaining to be Sold."""
    amounts = filing.offering_sales_amounts
    path = "offering_sales_amounts.total_remaining"
    total, sold, remaining = amounts.total_offering_amount, amounts.total_amount_sold, amounts.total_remaining
    if total is None or sold is None or remaining is None:
        return
    if isinstance(total, int) and isinstance(remaining, int):
        if total != sold + remaining:
            message = f"offering {total:,} is not sold {sold:,} + remaining {remaining:,}"
            yield Problem(path, ProblemKind.ARITHMETIC, message)
    elif isinstance(total, int) or isinstance(remaining, int):
        message = f"offering is {total!r} but remaining is {remaining!r}: both are amounts, or both Indefinite"
        yield Problem(path, ProblemKind.ARITHMETIC, message)


def _dates(filing: Filing) -> Iterator[Problem]:
    sale = filing.type_of_filing.date_of_first_sale
    path = "type_of_filing.date_of_first_sale.value"
    if sale.value is not None and sale.yet_to_occur:
        message = f"first sale is dated {sale.value}, but the box 'First Sale Yet to Occur' is checked"
        yield Problem(path, ProblemKind.INCONSISTENT, message)
    if sale.value is not None and sale.value < SECURITIES_ACT:
        yield Problem(path, ProblemKind.OUT_OF_RANGE, f"{sale.value} is before the Securities Act of {SECURITIES_ACT}")
    for number, signature in enumerate(filing.signature_block.signatures):
        date = signature.signature_date
        if date is not None and date < ELECTRONIC_FORM:
            where = f"signature_block.signatures[{number}].signature_date"
            message = f"{date} is before {ELECTRONIC_FORM}, the first day of this form's electronic filing"
            yield Problem(where, ProblemKind.OUT_OF_RANGE, message)


def _years(filing: Filing) -> Iterator[Problem]:
    signed = [one.signature_date.year for one in filing.signature_block.signatures if one.signature_date]
    for prefix, issuer in issuers(filing):
        year = issuer.year_of_inc
        path = f"{prefix}.year_of_inc.value"
        if year.value is None:
            if year.within_five_years:
                message = "Within Last Five Years is checked: expected a year beside it, seen none"
                yield Problem(path, ProblemKind.MISSING_VALUE, message)
            continue
        if year.within_five_years is False:
            message = f"the year {year.value} is given, but Within Last Five Years is not checked"
            yield Problem(path, ProblemKind.INCONSISTENT, message)
        if not 2000 <= year.value <= 2999 or (signed and year.value > max(signed)):
            yield Problem(path, ProblemKind.OUT_OF_RANGE, f"{year.value} cannot be a year within the last five")


def _signatures(filing: Filing) -> Iterator[Problem]:
    """Each issuer signs: one row of the signature table for each."""
    rows, count = filing.signature_block.signatures, 1 + len(filing.additional_issuers)
    if rows and len(rows) < count:
        message = f"expected a signature for each of {count} issuers, seen {len(rows)}"
        yield Problem("signature_block.signatures", ProblemKind.INCONSISTENT, message)


def _states(filing: Filing) -> Iterator[Problem]:
    """Each recipient has states of solicitation, or all, or is paid for soliciting abroad."""
    for number, recipient in enumerate(filing.sales_compensation):
        states = recipient.states_of_solicitation
        if not states.states and not states.value and not recipient.foreign_solicitation:
            path = f"sales_compensation[{number}].states_of_solicitation"
            message = "expected states, or the box 'All States' or 'Foreign/non-US' checked, seen none of them"
            yield Problem(path, ProblemKind.MISSING_VALUE, message)


def _codes(filing: Filing) -> Iterator[Problem]:
    """States and countries have the codes of EDGAR's list, states of solicitation those of item 12."""
    for path, address in addresses(filing):
        if address.state_or_country is not None and address.state_or_country not in PLACES:
            yield _unknown(f"{path}.state_or_country", address.state_or_country)
    for number, recipient in enumerate(filing.sales_compensation):
        for index, one in enumerate(recipient.states_of_solicitation.states):
            if one.state is not None and one.state not in SOLICITATION_STATES:
                path = f"sales_compensation[{number}].states_of_solicitation.states[{index}].state"
                yield _unknown(path, one.state)


def _descriptions(filing: Filing) -> Iterator[Problem]:
    """Who checks Other says what, and nobody else does."""
    for prefix, issuer in issuers(filing):
        if issuer.entity_type == "Other" and not issuer.entity_type_other_desc:
            path = f"{prefix}.entity_type_other_desc"
            yield Problem(
                path, ProblemKind.MISSING_VALUE, "Other (Specify) is checked: expected a description, seen none"
            )
        elif issuer.entity_type != "Other" and issuer.entity_type_other_desc:
            path, box = f"{prefix}.entity_type_other_desc", "Other (Specify)"
            yield Problem(path, ProblemKind.INCONSISTENT, f"a description is there, but {box} is not checked")
    offered = filing.types_of_securities_offered
    if offered.description_of_other_type and not offered.is_other_type:
        path, box = "types_of_securities_offered.description_of_other_type", "Other (describe)"
        yield Problem(path, ProblemKind.INCONSISTENT, f"a description is there, but {box} is not checked")
    if offered.is_other_type and not offered.description_of_other_type:
        path = "types_of_securities_offered.description_of_other_type"
        yield Problem(path, ProblemKind.MISSING_VALUE, "Other (describe) is checked: expected a description, seen none")


def _unknown(path: str, code: str) -> Problem:
    return Problem(path, ProblemKind.UNKNOWN_CODE, f"expected a code of EDGAR's list, seen {code!r}")


def _sizes(filing: Filing) -> Iterator[Problem]:
    if filing.issuer_size.revenue_range and filing.issuer_size.aggregate_net_asset_value_range:
        message = "a revenue range and a net asset value range are given: the form asks for one of them"
        yield Problem("issuer_size", ProblemKind.GROUP_CONFLICT, message)


def issuers(filing: Filing) -> Iterator[tuple[str, Issuer]]:
    """Each issuer with its path."""
    yield "primary_issuer", filing.primary_issuer
    for number, issuer in enumerate(filing.additional_issuers):
        yield f"additional_issuers[{number}]", issuer


def addresses(filing: Filing) -> Iterator[tuple[str, Address]]:
    """Each address with its path."""
    for prefix, issuer in issuers(filing):
        yield f"{prefix}.issuer_address", issuer.issuer_address
    for number, person in enumerate(filing.related_persons):
        yield f"related_persons[{number}].related_person_address", person.related_person_address
    for number, recipient in enumerate(filing.sales_compensation):
        yield f"sales_compensation[{number}].recipient_address", recipient.recipient_address
