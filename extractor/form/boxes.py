"""Every checkbox that the form shows, with its state as a filing tells it."""

from collections.abc import Iterator
from typing import cast

from extractor.finding import BoxState
from extractor.form.editions import EditionName, edition_of
from extractor.form.items import FORM
from extractor.form.spec import Box
from extractor.model import Filing, Issuer, Record

_POOLED = "Pooled Investment Fund"
_RANGES = {
    "issuer_size.revenue_range": "issuer_size.aggregate_net_asset_value_range",
    "issuer_size.aggregate_net_asset_value_range": "issuer_size.revenue_range",
}
"""The two columns of item 5, of which a filer answers one."""


def boxes_of(filing: Filing) -> dict[str, BoxState]:
    """Return the state of every checkbox by its path (path=value), in the form's order.

    A box is checked if the field has its value, unchecked if it has another, and unknown if the field is not known.
    Item 6 has the boxes of the filing's edition (`editions.edition_of`), the fund's boxes of item 4 stand only with
    Pooled Investment Fund, and item 12's only with a recipient.

    >>> boxes = boxes_of(Filing(federal_exemptions_exclusions=("06b",)))
    >>> [path for path, state in boxes.items() if state is BoxState.CHECKED]
    ['federal_exemptions_exclusions=06b']
    """
    edition = edition_of(filing)
    return {
        f"{prefix}{box.name}": _state(part, box)
        for section in FORM
        for prefix, part in _records(filing, section.prefix)
        for box in section.parts()
        if isinstance(box, Box) and _printed(filing, box, edition)
    }


def _records(filing: Filing, prefix: str) -> Iterator[tuple[str, Record]]:
    """Yield the parts of the filing in which a section stands, each with the path before its fields."""
    if not prefix:
        yield "", filing
    elif prefix == "issuers[]":
        yield "primary_issuer.", filing.primary_issuer
        yield from _entries(filing, "additional_issuers")
    else:
        yield from _entries(filing, prefix.removesuffix("[]"))


def _entries(filing: Filing, path: str) -> Iterator[tuple[str, Record]]:
    """Yield the entries of a list."""
    for index, entry in enumerate(cast("tuple[Record, ...]", _value(filing, path))):
        yield f"{path}[{index}].", entry


def _printed(filing: Filing, box: Box, edition: EditionName) -> bool:
    """Return whether the form of this filing prints a box; a box that the filing checks, it does."""
    if box.editions:
        return edition in box.editions or box.value in (filing.federal_exemptions_exclusions or ())
    if not box.always:
        return filing.industry_group.industry_group_type == _POOLED or _value(filing, box.path) is not None
    return True


def _value(part: Record, path: str) -> object:
    """Return the value at a path of names; None where a part on the way is missing."""
    value: object = part
    for name in path.split("."):
        value = getattr(value, name, None)
    return value


def _state(part: Record, box: Box) -> BoxState:
    """Return the state of one box."""
    value = _value(part, box.path)
    if isinstance(part, Issuer) and box.value == "None":
        return _no_previous_names(part)
    if value is None:
        return BoxState.UNCHECKED if _answered_otherwise(part, box) else BoxState.UNKNOWN
    if isinstance(value, bool):
        value = "true" if value else "false"
    checked = box.value in value if isinstance(value, tuple) else box.value == value
    return BoxState.CHECKED if checked else BoxState.UNCHECKED


def _no_previous_names(issuer: Issuer) -> BoxState:
    """Return the state of item 1's box None: the page shows the issuer's and EDGAR's previous names as one list."""
    lists = (issuer.issuer_previous_names, issuer.edgar_previous_names)
    if any(lists):
        return BoxState.UNCHECKED
    return BoxState.CHECKED if () in lists else BoxState.UNKNOWN


def _answered_otherwise(part: Record, box: Box) -> bool:
    """Return whether a field without a value is known to have none, so that its boxes are unchecked."""
    if box.path in _RANGES:
        return _value(part, _RANGES[box.path]) is not None
    if box.path == "industry_group.investment_fund_info.is40_act":  # printed, but asked of pooled funds only
        return _value(part, "industry_group.industry_group_type") not in (None, _POOLED)
    return box.path == "states_of_solicitation.value" and bool(_value(part, "states_of_solicitation.states"))
