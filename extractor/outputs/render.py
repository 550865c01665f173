"""A filing laid out as a page: as EDGAR shows it, as the texts people make of that page, and printed."""

from extractor.model import Filing
from extractor.outputs.page import frame, identity, issuer, offering, sales
from extractor.outputs.page.cells import PageOptions
from extractor.outputs.page.element import Element, element, to_html
from extractor.outputs.page.press import PrintOptions, print_pdf
from extractor.outputs.page.text import TextStyle, write_text
from extractor.outputs.page.wording import wording

__all__ = [
    "PageOptions",
    "PrintOptions",
    "TextStyle",
    "lay_out",
    "print_pdf",
    "render_html",
    "render_text",
    "write_html",
]

EDGAR_PAGE = PageOptions()
"""The page as EDGAR shows it."""

TRANSCRIPTION = TextStyle()
"""The page as people type it off: tabs between cells, X before checked labels."""


def lay_out(filing: Filing, options: PageOptions = EDGAR_PAGE) -> Element:
    """The body of EDGAR's page of `filing`.

    ExtractorError: the edition of item 6 has no box for an exemption that the filing claims.
    """
    words = wording(filing, options)
    return element(
        "body",
        *frame.form_head(),
        *identity.issuers(filing, options),
        *identity.related_persons(filing, options),
        *issuer.industry_group(filing.industry_group),
        *issuer.issuer_size(filing),
        *offering.exemptions(filing, words),
        *offering.type_of_filing(filing),
        *offering.duration(filing),
        *offering.securities(filing),
        *offering.business_combination(filing),
        *offering.minimum_investment(filing),
        *sales.sales_compensation(filing, options),
        *sales.amounts(filing),
        *sales.investors(filing),
        *sales.expenses(filing),
        *sales.use_of_proceeds(filing),
        *frame.signature_and_submission(filing, words, options),
    )


def render_html(filing: Filing, options: PageOptions = EDGAR_PAGE) -> str:
    """EDGAR's page of `filing`, as HTML.

    What the filing does not know looks as if it was left blank. ExtractorError: the edition of item 6 has no box for
    an exemption that the filing claims.
    """
    return write_html(lay_out(filing, options))


def write_html(body: Element) -> str:
    """The page `body`, as HTML."""
    page = element("html", frame.document_head(), body)
    return f"{frame.DOCTYPE}\n{to_html(page)}\n"


def render_text(filing: Filing, style: TextStyle = TRANSCRIPTION, options: PageOptions = EDGAR_PAGE) -> str:
    """EDGAR's page of `filing`, as text in `style`.

    ExtractorError: the edition of item 6 has no box for an exemption that the filing claims.
    """
    return write_text(lay_out(filing, options), style)
