"""The signs that fonts of signs draw by codes of letters: ZapfDingbats and the Wingdings."""

from typing import Final

import regex

SYMBOL_FONT: Final = regex.compile(r"(?P<wingdings>wing\s*dings)|(?P<zapf>dingbats)", regex.IGNORECASE)

ZAPF: Final = {
    ord("3"): "\N{CHECK MARK}",
    ord("4"): "\N{HEAVY CHECK MARK}",
    ord("5"): "\N{MULTIPLICATION X}",
    ord("6"): "\N{HEAVY MULTIPLICATION X}",
    ord("7"): "\N{BALLOT X}",
    ord("8"): "\N{HEAVY BALLOT X}",
    ord("l"): "\N{BLACK CIRCLE}",
    ord("m"): "\N{WHITE CIRCLE}",
    ord("n"): "\N{BLACK SQUARE}",
    ord("o"): "\N{LOWER RIGHT DROP-SHADOWED WHITE SQUARE}",
    ord("p"): "\N{UPPER RIGHT DROP-SHADOWED WHITE SQUARE}",
    ord("q"): "\N{LOWER RIGHT SHADOWED WHITE SQUARE}",
    ord("r"): "\N{UPPER RIGHT SHADOWED WHITE SQUARE}",
    ord(" "): " ",
}
"""The codes of ZapfDingbats that draw boxes and ticks (PDF 32000-1, annex D.6)."""


LIKE: Final = {"\N{SHADOWED WHITE CIRCLE}": "\N{WHITE CIRCLE}"}
"""A sign of ZapfDingbats by its own character, as the sign that it is here."""


def symbol(code: int, font: str) -> str:
    """The sign that a code of a font of signs draws; one that is no box is a bullet. font: the group of SYMBOL_FONT.

    >>> symbol(ord("4"), "zapf"), symbol(0xFE, "wingdings") == "\uf0fe", symbol(32, "wingdings")
    ('\N{HEAVY CHECK MARK}', True, ' ')
    """
    if font == "zapf":
        return ZAPF.get(code, "\N{BULLET}")
    return chr(0xF000 + code) if code != ord(" ") else " "
