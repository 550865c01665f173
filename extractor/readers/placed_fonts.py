"""How wide text is in the fonts that prints are set in, where a document does not say it."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

import regex

SERIF: Final = regex.compile(r"(?<!sans[ -]?)(?:serif|times|roman|georgia|garamond|cambria)", regex.IGNORECASE)
MONO: Final = regex.compile(r"courier|mono|consolas", regex.IGNORECASE)
SANS: Final = regex.compile(r"sans|arial|helvetica", regex.IGNORECASE)
BOLD: Final = regex.compile(r"bold|black|heavy", regex.IGNORECASE)

OTHER: Final = 600
WIDE: Final = 1000
FIRST_WIDE: Final = "\u2e80"
"""The width of a sign that the usual fonts lack, in thousandths of the font's size; from here on signs are square."""


def width_of(text: str, family: str = "", *, bold: bool = False) -> float:
    """The width of a text in sizes of its font, as in the usual font of its kind.

    family: names of fonts, the first that is known counts.

    >>> width_of("Form D"), width_of("Form D", "LiberationSerif"), round(width_of("Form D", bold=True), 3)
    (3.333, 3.139, 3.5)
    """
    widths = _widths(family, bold or BOLD.search(family) is not None)
    usual = (widths.get(sign) or (WIDE if sign >= FIRST_WIDE else OTHER) for sign in text.replace("\u00a0", " "))
    return sum(usual) / 1000


@lru_cache(maxsize=256)
def _widths(family: str, bold: bool) -> Mapping[str, int]:
    """The widths of a font, as Adobe publishes them for the 14 that every PDF may use; its equals have the same."""
    from pdfminer.fontmetrics import FONT_METRICS

    if MONO.search(family):
        name = "Courier"
    elif SERIF.search(family) and not SANS.search(family):
        name = "Times-Bold" if bold else "Times-Roman"
    else:
        name = "Helvetica-Bold" if bold else "Helvetica"
    return FONT_METRICS[name][1]
