"""The cells that EDGAR's page is made of: labels, values, boxes, and the little tables around boxes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from extractor.outputs.page.element import NBSP, Child, Element, element

CLARIFICATION = "Clarification of Response (if Necessary):"


@dataclass(frozen=True, slots=True)
class PageOptions:
    """How the page is laid out where EDGAR's own pages differ, or where nobody has seen one.

    issuers: several issuers as items 1 and 2 one after the other, under headings of their own ("pairs"), or all
    first items under one heading and all second items under another ("grouped"). states: the states of solicitation
    one a row, in one line, or several a row. blank_cells: what happens to the cell of a blank answer (EDGAR drops it,
    so that a row of values may be shorter than its row of labels). edition: the wording of item 6 and of the terms of
    submission; "auto" follows the filing.
    """

    issuers: Literal["pairs", "grouped"] = "pairs"
    states: Literal["rows", "line", "columns"] = "rows"
    blank_cells: Literal["dropped", "kept"] = "dropped"
    edition: Literal["auto", "now", "2013", "before"] = "auto"


def heading(text: str) -> Element:
    """The heading of an item."""
    return element("p", text, class_="SectionTitle")


def row(*cells: Child | None) -> Element:
    """A row of a table."""
    return element("tr", *cells)


def table(*rows: Element, **attributes: str) -> Element:
    """A table whose rows stand in a tbody."""
    return element("table", element("tbody", *rows), **attributes)


def blank() -> Element:
    """A cell that is always empty."""
    return element("td")


def label(*text: Child) -> Element:
    """A cell with a label of the form."""
    return element("td", *text, class_="FormText")


def head(text: str, **attributes: str) -> Element:
    """A heading cell over a value."""
    return element("th", text, class_="FormText", **attributes)


def answer(text: str | None) -> Element:
    """A piece of text that the filer has entered."""
    return element("span", text or None, class_="FormData")


def value(text: str, **attributes: str) -> Element:
    """A cell with what the filer has entered."""
    return element("td", text or None, class_="FormData", **attributes)


def values(texts: Sequence[str | None], options: PageOptions, **attributes: str) -> Element:
    """A row of answers, without the cells of the blank ones unless they are kept."""
    kept = [text or "" for text in texts if text or options.blank_cells == "kept"]
    return row(*(value(text, **attributes) for text in kept))


def box(checked: bool | None) -> Element:
    """A box: X, or two no-break spaces. A box whose state is not known looks like one that is not checked."""
    return element("td", answer("X") if checked else NBSP * 2, class_="CheckBox")


def boxed(text: str, checked: bool | None) -> tuple[Element, Element]:
    """A box and, right of it, its label."""
    return box(checked), label(text)


def one_box(text: str, checked: bool | None, *before: Child) -> Element:
    """The little table of a single box, with a label left of it if there is one."""
    leading = label(*before) if before else None
    cells = row(leading, box(checked), element("td", text, align="left", class_="FormText"))
    return element("table", cells, border="0", summary="Table with single CheckBox")


def bare_box(checked: bool | None) -> Element:
    """The little table of a single box whose label stands outside of it."""
    return element("table", row(box(checked)), border="0", summary="Table with single CheckBox")


def two_boxes(*boxes: tuple[str, bool | None]) -> Element:
    """The little table of two boxes side by side."""
    cells = row(*(cell for text, checked in boxes for cell in boxed(text, checked)))
    return element("table", cells, width="100%", border="0", summary="Table with two boxes")


def yes_or_no(state: bool | None) -> Element:
    """The boxes Yes and No; neither is checked if the answer is not known."""
    return two_boxes(("Yes", state), ("No", state is False))


def clarification(text: str | None) -> tuple[Element, Element]:
    """The clarification of a response: its label, and the text, which may be empty."""
    return element("p", CLARIFICATION, class_="FormText"), answer(text)


def dollars(amount: int | None) -> Element:
    """A cell with an amount; empty if there is none (Indefinite)."""
    if amount is None:
        return blank()
    sign = element("span", "$", class_="FormText")
    return element("td", sign, answer(f"{amount:,}"), align="right")
