"""Items 1 to 3: who issues, where, and the related persons."""

from collections.abc import Iterator
from typing import get_args

from extractor.form.places import name_of
from extractor.model import Address, EntityType, Filing, Issuer, RelatedPerson, Relationship, YearOfInc
from extractor.outputs.page.cells import (
    PageOptions,
    answer,
    boxed,
    clarification,
    head,
    heading,
    one_box,
    row,
    table,
    value,
    values,
)
from extractor.outputs.page.element import Child, Element, element

IDENTITY = "1. Issuer's Identity"
CONTACT = "2. Principal Place of Business and Contact Information"
BROWSE = "/cgi-bin/browse-edgar?action=getcompany&CIK="


def issuers(filing: Filing, options: PageOptions) -> Iterator[Element]:
    """Items 1 and 2 of every issuer, in the order that the options ask for."""
    everyone = (filing.primary_issuer, *filing.additional_issuers)
    if options.issuers == "pairs":
        for issuer in everyone:
            yield from (heading(IDENTITY), identity(issuer), heading(CONTACT), contact(issuer, options))
        return
    yield heading(IDENTITY)
    yield from (identity(issuer) for issuer in everyone)
    yield heading(CONTACT)
    yield from (contact(issuer, options) for issuer in everyone)


def identity(issuer: Issuer) -> Element:
    """Item 1 of one issuer."""
    return table(
        row(
            element("th", "CIK (Filer ID Number)", width="33%", class_="FormText"),
            element("th", "Previous Names", width="10%", class_="FormText"),
            element("td", one_box("None", _has_no_previous_names(issuer)), width="23%"),
            element("th", "Entity Type", width="33%", class_="FormText"),
        ),
        row(
            element("td", _cik(issuer)),
            element("td", _previous_names(issuer), rowspan="5", colspan="2", valign="top"),
            element("td", *_entity_type(issuer), rowspan="7", valign="top"),
        ),
        row(head("Name of Issuer")),
        row(value(issuer.entity_name or "")),
        row(head("Jurisdiction of Incorporation/Organization")),
        row(value(issuer.jurisdiction_of_inc or "")),
        row(head("Year of Incorporation/Organization", colspan="2")),
        row(element("td", _year(issuer.year_of_inc), colspan="3")),
        summary="Issuer Identity Information",
        width="100%",
    )


def previous_names(issuer: Issuer) -> tuple[str, ...]:
    """The previous names that the issuer and EDGAR know, each once."""
    return tuple(dict.fromkeys((issuer.issuer_previous_names or ()) + (issuer.edgar_previous_names or ())))


def _has_no_previous_names(issuer: Issuer) -> bool:
    said = issuer.issuer_previous_names is not None or issuer.edgar_previous_names is not None
    return said and not previous_names(issuer)


def _cik(issuer: Issuer) -> Element | None:
    return element("a", issuer.cik, href=BROWSE + issuer.cik) if issuer.cik else None


def _previous_names(issuer: Issuer) -> Element:
    rows = (row(value(name)) for name in previous_names(issuer))
    return table(*rows, border="0", summary="List of Previous Names")


def _entity_type(issuer: Issuer) -> Iterator[Child]:
    kinds = {kind: "Other (Specify)" if kind == "Other" else kind for kind in get_args(EntityType)}
    rows = (row(*boxed(text, issuer.entity_type == kind)) for kind, text in kinds.items())
    yield element("table", *rows, width="100%", border="0", summary="Table with Multiple boxes")
    yield element("br")
    if issuer.entity_type_other_desc:
        yield answer(issuer.entity_type_other_desc)


def _year(year: YearOfInc) -> Element:
    shown = element("td", answer(str(year.value))) if year.value is not None else None
    return table(
        row(*boxed("Over Five Years Ago", year.over_five_years)),
        row(*boxed("Within Last Five Years (Specify Year)", year.within_five_years), shown),
        row(*boxed("Yet to Be Formed", year.yet_to_be_formed)),
        border="0",
        summary="Year of Incorporation/Organization",
    )


def contact(issuer: Issuer, options: PageOptions) -> Element:
    """Item 2 of one issuer."""
    place = issuer.issuer_address
    quarters = ("City", "State/Province/Country", "ZIP/PostalCode", "Phone Number of Issuer")
    return table(
        row(head("Name of Issuer", colspan="2")),
        row(value(issuer.entity_name or "", colspan="2")),
        row(head("Street Address 1", colspan="2"), head("Street Address 2", colspan="2")),
        values((place.street1, place.street2), options, colspan="2"),
        row(*(head(text, width="25%") for text in quarters)),
        values((place.city, state_or_country(place), place.zip_code, issuer.issuer_phone_number), options),
        summary="Principal Place of Business and Contact Information",
        width="90%",
    )


def state_or_country(place: Address) -> str | None:
    """The name of a state or country as the page shows it: as the filing says it, or else by EDGAR's code."""
    if place.state_or_country_description:
        return place.state_or_country_description
    return name_of(place.state_or_country) if place.state_or_country else None


def related_persons(filing: Filing, options: PageOptions) -> Iterator[Element]:
    """Item 3."""
    yield heading("3. Related Persons")
    for person in filing.related_persons:
        yield _person(person, options)
        yield _relationship(person)
        yield from clarification(person.relationship_clarification)
        yield element("hr")


def _person(person: RelatedPerson, options: PageOptions) -> Element:
    name, place = person.related_person_name, person.related_person_address
    return table(
        row(*(head(text, width="30%") for text in ("Last Name", "First Name", "Middle Name"))),
        values((name.last_name, name.first_name, name.middle_name), options),
        row(head("Street Address 1"), head("Street Address 2")),
        values((place.street1, place.street2), options),
        row(head("City"), head("State/Province/Country"), head("ZIP/PostalCode")),
        values((place.city, state_or_country(place), place.zip_code), options),
        summary="Related Persons",
        width="90%",
    )


def _relationship(person: RelatedPerson) -> Element:
    checked = person.related_person_relationships or ()
    boxes = (cell for kind in get_args(Relationship) for cell in boxed(kind, kind in checked))
    return table(row(head("Relationship:"), *boxes), summary="Relationship of Person")
