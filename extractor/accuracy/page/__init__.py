"""The report as one page that opens anywhere: no server, no network, nothing beside it."""

from extractor.accuracy.page.page import MOST_FILINGS, MOST_MISTAKES, to_html, write_page

__all__ = ["MOST_FILINGS", "MOST_MISTAKES", "to_html", "write_page"]
