"""Every way a checkbox is written in text, as one table and one pattern.

A bare letter X is not in it: whether that is a mark or a word is for the engine to say, by where it stands.
Neither are signs that people use both ways (a red cross for "no" and for "chosen") or whose state cannot be seen.
"""

from collections.abc import Iterator, Sequence

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
    "\N{X IN A RECTANGLE BOX}",
    "\N{CHECK MARK}",
    "\N{HEAVY CHECK MARK}",
    "\N{LIGHT CHECK MARK}",
    "\N{SQUARE ROOT}",  # typed for a check mark; no filing holds a square root
    "\N{BALLOT X}",
    "\N{HEAVY BALLOT X}",
    "\N{BALLOT SCRIPT X}",
    "\N{BALLOT BOLD SCRIPT X}",
    "\N{MULTIPLICATION X}",
    "\N{HEAVY MULTIPLICATION X}",
    "\N{SQUARED LATIN CAPITAL LETTER X}",
    "\N{NEGATIVE SQUARED LATIN CAPITAL LETTER X}",
    "\N{CIRCLED LATIN CAPITAL LETTER X}",
    "\N{CIRCLED LATIN SMALL LETTER X}",
    "\N{BLACK SQUARE}",
    "\N{BLACK MEDIUM SQUARE}",
    "\N{BLACK MEDIUM SMALL SQUARE}",
    "\N{BLACK LARGE SQUARE}",
    "\N{WHITE SQUARE CONTAINING BLACK SMALL SQUARE}",
    "\N{RADIO BUTTON}",
    "\N{FISHEYE}",
    "\N{CIRCLED BULLET}",
    "\N{BULLSEYE}",
    "\uf0fe",  # Wingdings: box with check
    "\uf0fd",  # Wingdings: box with x
    "\uf0fc",  # Wingdings: check
    "\uf0fb",  # Wingdings: x
    "\uf078",  # Wingdings: box with x
    "\uf06e",  # Wingdings: black square
    "\uf052",  # Wingdings 2: box with check
    "\uf053",  # Wingdings 2: box with x
    "\uf054",  # Wingdings 2: box with bold x
    "\uf051",  # Wingdings 2: box with script x
    "\uf050",  # Wingdings 2: check
    "\uf04f",  # Wingdings 2: x
}

UNCHECKED = {
    "\N{BALLOT BOX}",
    "\N{WHITE SQUARE}",
    "\N{WHITE SQUARE WITH ROUNDED CORNERS}",
    "\N{WHITE MEDIUM SQUARE}",
    "\N{WHITE MEDIUM SMALL SQUARE}",
    "\N{WHITE LARGE SQUARE}",
    "\N{LOWER RIGHT SHADOWED WHITE SQUARE}",
    "\N{UPPER RIGHT SHADOWED WHITE SQUARE}",
    "\N{LOWER RIGHT DROP-SHADOWED WHITE SQUARE}",
    "\N{UPPER RIGHT DROP-SHADOWED WHITE SQUARE}",
    "\N{WHITE CIRCLE}",
    "\N{LARGE CIRCLE}",
    "\uf0a8",  # Wingdings: empty box
    "\uf06f",  # Wingdings: empty box
    "\uf070",  # Wingdings: shadowed empty box
    "\uf071",  # Wingdings: shadowed empty box
    "\uf072",  # Wingdings: shadowed empty box
    "\uf0a3",  # Wingdings 2: empty box
}

WORDS = {
    ":selected:": True,  # Azure Document Intelligence
    ":unselected:": False,
    ":ballot_box_with_check:": True,  # the names of emoji
    ":white_check_mark:": True,
    ":heavy_check_mark:": True,
    ":white_large_square:": False,
    ":black_large_square:": True,
    r"\boxtimes": True,  # LaTeX
    r"\checkmark": True,
    r"\CheckedBox": True,
    r"\XBox": True,
    r"\blacksquare": True,
    r"\square": False,
    r"\Square": False,
    r"\Box": False,
}

LONE = {
    "\N{LATIN SMALL LETTER THORN}": True,  # Wingdings 0xFE, 0xFD and 0xA8 whose font was lost
    "\N{LATIN SMALL LETTER Y WITH ACUTE}": True,
    "\N{DIAERESIS}": False,
}
"""Letters that are a box where they stand alone: no word of a filing is one of them."""

_FILL = "xX\u0445\u0425\u03c7\u03a7\u00d7\u221a*" + "".join(sorted(CHECKED))
"""What fills a bracket: X (Latin, Cyrillic, Greek: OCR takes one for the other), times, root, star, any glyph."""

_WORD = "|".join(map(regex.escape, WORDS))

_FILLED = rf"[\s_]{{0,8}}+ (?: [{_FILL}] [\ufe0e\ufe0f]? )?+ [\s_]{{0,8}}+"

BOX = regex.compile(
    rf"""
    (?P<glyph> [{"".join(sorted(CHECKED | UNCHECKED))}\N{{BLACK CIRCLE}}] ) [\ufe0e\ufe0f]?
    | (?P<bullet> (?<!\S) [-*+] \ + )? \[ (?: {_FILLED} | [vV] ) \]
    | (?<![\w)\]}}]) (?: \( (?!\)) {_FILLED} \) (?!\() | \{{ (?!\}}) [\ _]? [xX]?+ [\ _]? \}} )
    | (?<![\w|]) [|] (?: _? [xX] _? | __? | [\ ]{{1,2}} ) [|]
    | (?P<word> \$ (?:{_WORD}) \$ | \( (?:{_WORD}) \) | (?:{_WORD}) (?![A-Za-z]) )
    | (?<!\S) (?P<lone> [{"".join(sorted(LONE))}] ) (?!\S)
    """,
    regex.VERBOSE,
)
"""A box written out: a ballot glyph, `[X]`, `[ ]`, `[]`, `(X)`, `( )`, `{X}`, `|X|`, `|_|`, `:selected:`, `$\\square$`.

The bullet of a Markdown task, `- [x]`, belongs to its box, wherever in a line or table it stands.

Not `()`, `f( )` or `Smith|X|Jones`, and not `<X>`, which reads as a tag."""

DOUBTFUL = regex.compile(r"[(\[][\s_]*\*[\s_]*[)\]]|\|[ ]{1,2}\||\N{BLACK CIRCLE}")
"""Boxes only beside their counterpart: `(*)` is a footnote's sign too, `[*]` a blank, `| |` a cell, a dot a bullet."""

SIGNS = ("[", "{", "|", "\\", "_", "( ", "(x", "(X", "(*", "ed:")
"""What an ASCII text must hold for a box to be in it; most texts have none, and are not looked through for it."""

COUNTERPARTS = {
    "(": regex.compile(r"\([\s_]+\)"),
    "[": regex.compile(r"\[[\s_]*\]"),
    "|": regex.compile(r"\|_?[xX]_?\|"),
    "\N{BLACK CIRCLE}": regex.compile(r"[\N{WHITE CIRCLE}\N{LARGE CIRCLE}]"),
}
"""What must stand in the same text for a doubtful box to be one, by the box's first character."""


def find_boxes(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield (start, end, checked) for each written box of `text`, from left to right.

    >>> list(find_boxes("[X] Yes [ ] No \N{BALLOT BOX} Other :selected: (x)"))
    [(0, 3, True), (8, 11, False), (15, 16, False), (23, 33, True), (34, 37, True)]
    >>> list(find_boxes("Rule 504(b)(1) X f()")), list(find_boxes("a - [x] b"))
    ([], [(2, 7, True)])
    >>> list(find_boxes("(*) see note 1")), list(find_boxes("(*) Yes ( ) No"))
    ([], [(0, 3, True), (8, 11, False)])
    """
    if text.isascii() and not holds_any(text, SIGNS):
        return
    counterparts: dict[str, bool] = {}
    for match in BOX.finditer(text):
        raw = match[0][len(match["bullet"] or "") :]
        if DOUBTFUL.fullmatch(raw):
            if raw[0] not in counterparts:
                counterparts[raw[0]] = COUNTERPARTS[raw[0]].search(text) is not None
            if not counterparts[raw[0]]:
                continue
        yield match.start(), match.end(), _checked(match)


def holds_any(text: str, signs: Sequence[str]) -> bool:
    """Whether a text holds one of some strings; a plain loop, many times faster here than a pattern."""
    for sign in signs:  # noqa: SIM110
        if sign in text:
            return True
    return False


def _checked(match: regex.Match[str]) -> bool:
    if match["glyph"]:
        return match["glyph"] not in UNCHECKED
    if match["lone"]:
        return LONE[match["lone"]]
    if match["word"]:
        return WORDS[match["word"].strip("$()")]
    box = match[0][len(match["bullet"] or "") :]
    return bool(box.strip("[](){}|_").replace("_", " ").strip())
