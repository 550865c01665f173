"""How EDGAR's XML writes the fields of the model (schema X0808): which element, inside which, and how often.

The names come from the model itself (`zip_code` is `zipCode`); the tables here hold only what the model does not say:
the acronyms, the elements that hold lists, and the boxes that the XML marks by the presence of an element.
"""

import datetime
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Literal, get_args, get_origin

from extractor.model import Filing, Issuer, Record, RelatedPerson, SignatureBlock, StatesOfSolicitation

Kind = Literal["text", "choice", "cik", "amount", "indefinite", "year", "date", "boolean", "presence", "record"]
"""How an element's text is read; "indefinite" is an amount or the word, "presence" a boolean that is only ever true."""

ROOT = "edgarSubmission"

PRESENCE = frozenset(
    {
        *("within_five_years", "yet_to_be_formed", "over_five_years", "yet_to_occur", "is_estimate"),
        *("is_equity_type", "is_debt_type", "is_option_to_acquire_type", "is_security_to_be_acquired_type"),
        *("is_pooled_investment_fund_type", "is_tenant_in_common_type", "is_mineral_property_type", "is_other_type"),
        *("over100_issuer_flag", "over100_persons_flag", "over100_recipient_flag"),
    }
)
"""The fields of the schema's IS_TRUE_TYPE: the element stands there with "true", or does not stand there at all."""

_STEPS: dict[tuple[type[Record], str], tuple[str, ...]] = {
    (Filing, "notification_addresses"): ("notificationAddressList", "notificationEmailAddress"),
    (Filing, "additional_issuers"): ("issuerList", "issuer"),
    (Filing, "over100_issuer_flag"): ("issuerList", "over100IssuerFlag"),
    (Filing, "related_persons"): ("relatedPersonsList", "relatedPersonInfo"),
    (Filing, "over100_persons_flag"): ("relatedPersonsList", "over100PersonsFlag"),
    (Filing, "federal_exemptions_exclusions"): ("federalExemptionsExclusions", "item"),
    (Filing, "sales_compensation"): ("salesCompensationList", "recipient"),
    (Filing, "over100_recipient_flag"): ("salesCompensationList", "over100RecipientFlag"),
    (Issuer, "issuer_previous_names"): ("issuerPreviousNameList", "previousName"),
    (Issuer, "edgar_previous_names"): ("edgarPreviousNameList", "previousName"),
    (RelatedPerson, "related_person_relationships"): ("relatedPersonRelationshipList", "relationship"),
    (StatesOfSolicitation, "states"): (),
    (SignatureBlock, "signatures"): ("signature",),
}
_TAGS = {"states_of_solicitation": "statesOfSolicitationList"}
_ACRONYMS = frozenset({"crd", "bd"})
_FIRST_OF_OFFERING = "industry_group"

NONE_LISTS = frozenset({"issuer_previous_names", "edgar_previous_names"})
"""The lists whose element may hold `<value>None</value>` in place of names: the box None is checked."""


@dataclass(frozen=True, slots=True)
class FieldElement:
    """How the XML writes one field of a part of the filing.

    name: the field. steps: the elements from the part's own down to the field's; none for parts that stand one after
    the other without an element of their own (item 12's states, each a `state` and its `description`). kind: how its
    text is read. record: the part it holds, if it holds one. many: whether it is a list.
    """

    name: str
    steps: tuple[str, ...]
    kind: Kind
    record: type[Record] | None
    many: bool


@cache
def elements_of(part: type[Record]) -> tuple[FieldElement, ...]:
    """Return the elements of one part of the filing, in the schema's order (which is the model's).

    >>> from extractor.model import Recipient
    >>> [element.steps for element in elements_of(Recipient)][:3]
    [('recipientName',), ('recipientCRDNumber',), ('associatedBDName',)]
    """
    names = list(part.model_fields)
    found = []
    for position, name in enumerate(names):
        steps = _STEPS.get((part, name), (_TAGS.get(name) or _camel(name),))
        if part is Filing and position >= names.index(_FIRST_OF_OFFERING):
            steps = ("offeringData", *steps)
        types_ = _types(part.model_fields[name].annotation)
        record = next((one for one in types_ if isinstance(one, type) and issubclass(one, Record)), None)
        found.append(FieldElement(name, steps, _kind(name, types_, record), record, tuple in types_))
    return tuple(found)


def _camel(name: str) -> str:
    """Return the element's name of a field: first_name is firstName, recipient_crd_number recipientCRDNumber."""
    first, *rest = name.split("_")
    return first + "".join(word.upper() if word in _ACRONYMS else word.capitalize() for word in rest)


def _types(annotation: object) -> list[object]:
    """Return the plain types and literal values of an annotation: `tuple[str, ...] | None` is tuple and str."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is None:
        return [] if annotation in (type(None), ...) else [annotation]
    if origin is Literal:
        return list(arguments)
    if origin is Annotated:
        return _types(arguments[0])
    own: list[object] = [tuple] if origin is tuple else []
    return own + [one for argument in arguments for one in _types(argument)]


def _kind(name: str, types_: list[object], record: type[Record] | None) -> Kind:
    """Return how the text of a field is read, by its name and its types."""
    if record is not None:
        return "record"
    if name == "cik":
        return "cik"
    if bool in types_:
        return "presence" if name in PRESENCE else "boolean"
    if "Indefinite" in types_:
        return "indefinite"
    if int in types_:
        return "year" if name == "value" else "amount"
    if datetime.date in types_:
        return "date"
    return "text" if str in types_ else "choice"
