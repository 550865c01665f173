"""What makes an element of a page a checkbox, beside the boxes written in its text."""

from functools import lru_cache
from typing import Final

import regex
from lxml import etree

from extractor.readers.marks import find_boxes

CELL_X: Final = frozenset({"X", "x", "\N{MULTIPLICATION SIGN}"})
"""What a cell that is declared a box holds when it is checked, beside the glyphs that `find_boxes` knows."""

PICTURES: Final = ("img", "svg", "object", "embed", "canvas")

PICTURE_STATE: Final = regex.compile(
    r"""
    (?P<off> un-?(?:checked|ticked|selected) | not[\ _-]?(?:checked|ticked|selected)
           | (?:empty|blank)[\ _-]?(?:check)?[\ _-]?box | check[\ _-]?box[\ _-]?(?:off|empty|blank)\b )
    | (?P<on> (?<![[:alpha:]])(?:is)?(?:checked|ticked|selected)(?![[:alpha:]]) | check[\ _-]?box[\ _-]?on\b )
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
"""What a picture's file name or alternative text says of a box: `checkbox_checked.gif`, `unchecked`, `empty box`."""


@lru_cache(maxsize=1024)
def declares_box(classes: str) -> bool:
    """Whether one of an element's class names ends in checkbox.

    >>> [declares_box(name) for name in ("CheckBox", "cell form-check-box", "CheckBoxLabel", "")]
    [True, True, False, False]
    """
    return any(name.replace("-", "").replace("_", "").endswith("checkbox") for name in classes.lower().split())


def input_state(element: etree._Element) -> bool | None:
    """The state of an `<input>` that is a checkbox or a radio button, None for any other."""
    if element.get("type", "").strip().lower() not in ("checkbox", "radio"):
        return None
    return element.get("checked") is not None


def picture_state(element: etree._Element) -> bool | None:
    """The state of the box that a picture is called by its alternative text or file name.

    None if they say nothing of a box, or contradict each other.
    """
    alternative, source = element.get("alt", "").strip(), element.get("src", "").strip()
    states = {checked for _, _, checked in find_boxes(alternative)}
    if alternative in CELL_X:
        states.add(True)
    name = "" if source.startswith("data:") else source.partition("?")[0].rpartition("/")[2]
    for said in (alternative, name):
        states.update(match["on"] is not None for match in PICTURE_STATE.finditer(said))
    return states.pop() if len(states) == 1 else None


def picture_name(element: etree._Element) -> str:
    """A picture in words, for a place where it must not pass unseen: `[img tick.gif]`."""
    name = element.get("alt") or element.get("src", "").rpartition("/")[2][:80]
    return f"[{element.tag} {name}".strip() + "]"
