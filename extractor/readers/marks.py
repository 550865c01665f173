"""Every way a checkbox is written in text, as one table and one pattern.

A bare letter X is not in it: whether that is a mark or a word is for the engine to say, by where it stands.
"""

from collections.abc import Iterator

import regex

CHECKED = {
    "\N{BALLOT BOX WITH CHECK}",
    "\N{BALLOT BOX WITH X}",
    "\N{BALLOT BOX WITH BOLD CHECK}",
    "\N{BALLOT BOX WITH LIGHT X}",
    "\N{BALLOT BOX WITH SCRIPT X}",
    "\N{BALLOT BOX WITH BOLD SCRIPT X}",
    "\N{WHITE HEAVY CHECK MARK}",
    "\N{NEGATIVE SQUARED CROSS MARK}",
    "\N{SQUARED TIMES}",
    "\N{CHECK MARK}",
    "\N{HEAVY CHECK MARK}",
    "\N{LIGHT CHECK MARK}",
    "\N{BALLOT X}",
    "\N{HEAVY BALLOT X}",
    "\N{MULTIPLICATION X}",
    "\N{HEAVY MULTIPLICATION X}",
    "\N{BLACK SQUARE}",
    "\N{BLACK MEDIUM SQUARE}",
    "\N{BLACK LARGE SQUARE}",
    "\N{RADIO BUTTON}",
    "\N{FISHEYE}",
    "\uf0fe",  # Wingdings: box with check
    "\uf0fd",  # Wingdings: box with x
    "\uf0fc",  # Wingdings: check
    "\uf0fb",  # Wingdings: x
    "\uf078",  # Wingdings: box with x
    "\uf06e",  # Wingdings: black square
    "\uf052",  # Wingdings 2: box with check
    "\uf053",  # Wingdings 2: box with x
    "\uf050",  # Wingdings 2: check
    "\uf04f",  # Wingdings 2: x
}

UNCHECKED = {
    "\N{BALLOT BOX}",
    "\N{WHITE SQUARE}",
    "\N{WHITE SQUARE WITH ROUNDED CORNERS}",
    "\N{WHITE MEDIUM SQUARE}",
    "\N{WHITE LARGE SQUARE}",
    "\N{LOWER RIGHT SHADOWED WHITE SQUARE}",
    "\N{UPPER RIGHT SHADOWED WHITE SQUARE}",
    "\N{LOWER RIGHT DROP-SHADOWED WHITE SQUARE}",
    "\N{UPPER RIGHT DROP-SHADOWED WHITE SQUARE}",
    "\N{WHITE CIRCLE}",
    "\uf0a8",  # Wingdings: empty box
    "\uf06f",  # Wingdings: empty box
    "\uf071",  # Wingdings: shadowed empty box
    "\uf0a3",  # Wingdings 2: empty box
}

BOX = regex.compile(
    r"""
    (?P<glyph>[%s%s]) \N{VARIATION SELECTOR-16}?
    | [\[(] [\ \N{NO-BREAK SPACE}\t_]* (?P<inside> [xX\N{CHECK MARK}\N{HEAVY CHECK MARK}\N{BALLOT X}\N{MULTIPLICATION SIGN}*]? )
      [\ \N{NO-BREAK SPACE}\t_]* [\])] (?<! \(\) )
    | :(?P<word>selected|unselected):
    """
    % ("".join(sorted(CHECKED)), "".join(sorted(UNCHECKED))),
    regex.VERBOSE,
)
"""A box written out: a ballot glyph, `[X]`, `[ ]`, `[]`, `(X)`, `( )`, `:selected:`; not `()`."""


def find_boxes(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield (start, end, checked) for each written box of `text`, from left to right.

    >>> list(find_boxes("[X] Yes [ ] No \N{BALLOT BOX} Other :selected: (x)"))
    [(0, 3, True), (8, 11, False), (15, 16, False), (23, 33, True), (34, 37, True)]
    >>> list(find_boxes("Rule 504(b)(1) X f()"))
    []
    """
    for match in BOX.finditer(text):
        glyph, inside, word = match["glyph"], match["inside"], match["word"]
        yield match.start(), match.end(), glyph in CHECKED if glyph else bool(inside) or word == "selected"
