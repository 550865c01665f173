"""Our own sample filings as pages: writes the HTML, text and PDF of every `samples/*.xml`.

    python -m tests.make_samples              all of them
    python -m tests.make_samples red-clay ... those whose names begin so

The XML is written by hand and is the truth; what stands here says only how each page is laid out. The filings and
everybody in them are invented.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import get_args

from extractor.model import (
    AggregateNetAssetValueRange,
    EntityType,
    Filing,
    IndustryGroup,
    IndustryGroupType,
    InvestmentFundInfo,
    InvestmentFundType,
    IssuerSize,
    RevenueRange,
    YearOfInc,
)
from extractor.outputs.page.press import PRINT
from extractor.outputs.render import (
    EDGAR_PAGE,
    PageOptions,
    PrintOptions,
    TextStyle,
    print_pdf,
    render_html,
    render_text,
)
from extractor.readers.edgar import from_edgar_xml

SAMPLES = Path(__file__).parents[1] / "samples"


@dataclass(frozen=True, slots=True)
class Look:
    """How a sample's page is laid out, written as text and printed."""

    text: TextStyle
    page: PageOptions = EDGAR_PAGE
    paper: PrintOptions = PRINT


BROWSER_TOP = ("11/2/24, 9:14 AM", "SEC FORM D", "")
BROWSER_BOTTOM = ("https://www.example.org/saved/xslFormDX01/primary_doc.xml", "", "{page}/{pages}")

LOOKS = {
    "alder-creek-robotics": Look(TextStyle("tabs")),
    "five-rivers-programs": Look(
        TextStyle("columns", width=100),
        PageOptions(issuers="grouped"),
        PrintOptions(margin=0.25, top=BROWSER_TOP, bottom=BROWSER_BOTTOM),
    ),
    "great-oak-insurance": Look(
        TextStyle("pipes", "markdown"),
        PageOptions(blank_cells="kept"),
        PrintOptions(scale=0.75, bottom=("", ":", "")),
    ),
    "lantern-hill-fund": Look(
        TextStyle("pipes", "ballots"),
        paper=PrintOptions("a4", top=BROWSER_TOP, bottom=BROWSER_BOTTOM),
    ),
    "lookalike-holdings": Look(TextStyle("tabs", "inputs", escape_dollars=True)),
    "mercer-street-credit": Look(TextStyle("tabs", "brackets"), paper=PrintOptions("a4", landscape=True)),
    "morgenroete-biotech": Look(TextStyle("lines", "brackets"), paper=PrintOptions("a4", scale=0.9, margin=0.75)),
    "nought-and-nothing": Look(TextStyle("lines")),
    "plum-hollow-exchange": Look(
        TextStyle("columns", "checks", width=72),
        PageOptions(states="columns"),
        PrintOptions(scale=1.2, margin=0.5),
    ),
    "red-clay-fertilizer": Look(TextStyle("columns"), PageOptions(states="line")),
    "southern-sky-growth": Look(TextStyle("lines", "markdown"), paper=PrintOptions(scale=0.6)),
}


def filing(slug: str) -> Filing:
    """The filing of a sample, read from its XML."""
    return from_edgar_xml((SAMPLES / f"{slug}.xml").read_bytes())


def page(slug: str) -> str:
    """The HTML of a sample."""
    return render_html(filing(slug), LOOKS[slug].page)


def text(slug: str) -> str:
    """The text of a sample."""
    return render_text(filing(slug), LOOKS[slug].text, LOOKS[slug].page)


def choices() -> Iterator[tuple[str, Filing]]:
    """Filings that differ in the boxes of which only one can be checked, so that each is checked in one of them.

    (The committed samples have one industry group each, far fewer than the form has boxes.)
    """
    base = filing("alder-creek-robotics")
    sizes = cycle(
        [
            *(IssuerSize(revenue_range=size) for size in get_args(RevenueRange)),
            *(IssuerSize(aggregate_net_asset_value_range=size) for size in get_args(AggregateNetAssetValueRange)),
        ]
    )
    entities, ages = cycle(get_args(EntityType)), cycle(tuple(_ages()))
    groups = [IndustryGroup(industry_group_type=kind) for kind in get_args(IndustryGroupType)]
    funds = [
        IndustryGroup(
            industry_group_type="Pooled Investment Fund",
            investment_fund_info=InvestmentFundInfo(investment_fund_type=kind, is40_act=number % 2 == 0),
        )
        for number, kind in enumerate(get_args(InvestmentFundType))
    ]
    for group in (*groups, *funds):
        info = group.investment_fund_info
        kind = info.investment_fund_type if info else group.industry_group_type
        issuer = base.primary_issuer.model_copy(update={"entity_type": next(entities), "year_of_inc": next(ages)})
        parts = {"primary_issuer": issuer, "industry_group": group, "issuer_size": next(sizes)}
        yield str(kind), base.model_copy(update=parts)


def _ages() -> Iterator[YearOfInc]:
    no = {"within_five_years": False, "yet_to_be_formed": False, "over_five_years": False}
    yield YearOfInc.model_validate({**no, "over_five_years": True})
    yield YearOfInc.model_validate({**no, "within_five_years": True, "value": 2021})
    yield YearOfInc.model_validate({**no, "yet_to_be_formed": True})


def main(names: list[str]) -> None:
    """Write the pages of the samples whose names begin with one of `names`, or of all."""
    for slug, look in LOOKS.items():
        if names and not slug.startswith(tuple(names)):
            continue
        (SAMPLES / f"{slug}.html").write_text(page(slug), "utf-8")
        (SAMPLES / f"{slug}.txt").write_text(text(slug), "utf-8")
        print_pdf(page(slug), SAMPLES / f"{slug}.pdf", look.paper)
        sys.stdout.write(f"{slug}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
