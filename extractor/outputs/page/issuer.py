"""Items 4 and 5: the industry and the size of the issuer."""

from collections.abc import Iterator, Sequence
from typing import get_args

from extractor.model import (
    AggregateNetAssetValueRange,
    Filing,
    IndustryGroup,
    InvestmentFundType,
    RevenueRange,
)
from extractor.outputs.page.cells import (
    bare_box,
    blank,
    boxed,
    heading,
    label,
    one_box,
    row,
    table,
    yes_or_no,
)
from extractor.outputs.page.element import Element, element

POOLED = "Pooled Investment Fund"

BANKING = (
    "Commercial Banking",
    "Insurance",
    "Investing",
    "Investment Banking",
    POOLED,
    "Other Banking and Financial Services",
)

ENERGY = (
    "Coal Mining",
    "Electric Utilities",
    "Energy Conservation",
    "Environmental Services",
    "Oil and Gas",
    "Other Energy",
)

HEALTH = (
    "Biotechnology",
    "Health Insurance",
    "Hospitals and Physicians",
    "Pharmaceuticals",
    "Other Health Care",
)

REAL_ESTATE = ("Commercial", "Construction", "REITS and Finance", "Residential", "Other Real Estate")

TECHNOLOGY = ("Computers", "Telecommunications", "Other Technology")

TRAVEL = ("Airlines and Airports", "Lodging and Conventions", "Tourism and Travel Services", "Other Travel")


def shown(group: str) -> str:
    """The name of an industry group as the page shows it.

    >>> shown("Oil and Gas")
    'Oil & Gas'
    """
    return group.replace(" and ", " & ")


def industry_group(group: IndustryGroup) -> Iterator[Element]:
    """Item 4."""
    top = {"vAlign": "top"}
    yield heading("4. Industry Group")
    columns = row(
        element("td", _first_column(group)),
        element("td", _second_column(group), **top),
        element("td", _third_column(group), **top),
    )
    yield table(columns, border="0", summary="Industry Group")


def _first_column(group: IndustryGroup) -> Element:
    return table(
        _outer("Agriculture", group),
        _title("Banking & Financial Services"),
        row(blank(), element("td", _banking(group), width="100%")),
        _outer("Business Services", group),
        _title("Energy"),
        *_inner(ENERGY, group),
        border="0",
        summary="Industry Group, Agriculture",
    )


def _banking(group: IndustryGroup) -> Element:
    rows: list[Element] = []
    for name in BANKING:
        rows.append(_outer(name, group))
        if name == POOLED:
            rows.extend(_fund(group))
    return element("table", *rows, border="0", summary="Industry Group, Banking & Financial Services")


def _fund(group: IndustryGroup) -> Iterator[Element]:
    """The kind of fund, shown only under a checked Pooled Investment Fund, and the question on the 1940 act."""
    info = group.investment_fund_info
    if group.industry_group_type == POOLED:
        kind = info.investment_fund_type if info else None
        kinds = (row(*boxed(name, name == kind)) for name in get_args(InvestmentFundType))
        yield row(blank(), element("td", element("table", *kinds, border="0", summary=POOLED)))
    lines = ("Is the issuer registered as ", "an investment company under ", "the Investment Company ")
    question = [part for line in lines for part in (line, element("br"))]
    yield row(blank(), label(*question, "Act of 1940? "))
    yield row(blank(), element("td", yes_or_no(info.is40_act if info else None)))


def _second_column(group: IndustryGroup) -> Element:
    return table(
        _title("Health Care"),
        *_inner(HEALTH, group),
        _outer("Manufacturing", group),
        _title("Real Estate"),
        *_inner(REAL_ESTATE, group),
        border="0",
        summary="Industry Group, Health Care",
    )


def _third_column(group: IndustryGroup) -> Element:
    return table(
        *(_apart(name, group) for name in ("Retailing", "Restaurants")),
        _title("Technology"),
        *_inner(TECHNOLOGY, group),
        _title("Travel"),
        *_inner(TRAVEL, group),
        _apart("Other", group),
        border="0",
        summary="Industry Group, Retailing",
    )


def _title(text: str) -> Element:
    """A heading without a box."""
    return row(blank(), label(text))


def _outer(name: str, group: IndustryGroup) -> Element:
    """A group at the left edge."""
    return row(*boxed(shown(name), group.industry_group_type == name))


def _apart(name: str, group: IndustryGroup) -> Element:
    """A group at the left edge whose box has a little table of its own."""
    return row(element("td", bare_box(group.industry_group_type == name)), label(shown(name)))


def _inner(names: Sequence[str], group: IndustryGroup) -> Iterator[Element]:
    """Groups under a heading."""
    for name in names:
        yield row(blank(), element("td", one_box(shown(name), group.industry_group_type == name)))


def issuer_size(filing: Filing) -> Iterator[Element]:
    """Item 5."""
    size = filing.issuer_size
    widths = ("2", "20%", "15%", "2", "65%")
    ranges = zip(get_args(RevenueRange), get_args(AggregateNetAssetValueRange), strict=True)
    rows = (
        row(*boxed(revenue, size.revenue_range == revenue), *boxed(net, size.aggregate_net_asset_value_range == net))
        for revenue, net in ranges
    )
    titles = row(
        element("th", "Revenue Range", colspan="2", class_="FormText"),
        element("th", "OR", rowspan="9", class_="FormText", valign="top", align="center"),
        element("th", "Aggregate Net Asset Value Range", colspan="2", class_="FormText"),
    )
    yield heading("5. Issuer Size")
    columns = element("colgroup", *(element("col", width=width) for width in widths), span="4")
    yield element("table", columns, element("tbody", titles, *rows), border="0", summary="Issuer Size")
