"""Filings whose truth is known, sent through other people's converters and read again: `python -m tests.matrix XMLDIR`.

Each XML of a folder is laid out as EDGAR does, and that page, its print and what a dozen programs and libraries make
of the two are read. The table says, per format, how much of what the page shows was read right, wrong or not at all,
and how much is wrong without a problem that says so.
"""
