"""Tables within a cell of a table: how converters write them, and where their cells stand.

Some write them into the line of a Markdown table's row, row behind row. `| a | | b | c | | --- | --- | | d | e | |` is
a row of two cells: `a`, and a table of the rows `b c` and `d e`. A single space between two pipes is where a table
within begins, where one of its rows ends, and where it ends.

A browser's text of a page writes a tab behind a cell, and a table within the next one on lines of its own.
"""

from collections.abc import Iterator, Mapping, Sequence

import regex

from extractor.readers.markup import BREAK, GONE

JUNCTION = " "
"""What stands between the pipes that end a row and begin the next one; a blank cell is wider."""

BOXED = regex.compile(rf"{BREAK}[ ]*+{GONE}[ {GONE}]*+{BREAK}[ {GONE}]*+[Xx][ {GONE}]*+\Z")
"""A table that holds a mark and nothing else: it is the box of what follows."""


MOST = 0.7
"""The part of its tabbed lines that ends with a tab, at least, in a text with a tab behind each cell."""


def outer_cells(parts: Sequence[str], ruled: Sequence[bool]) -> Iterator[tuple[int, int, str]]:
    """Yield (index, first column, text) of the cells of a line with tables within; their rows are paragraphs.

    parts: what stands between the line's pipes; ruled: whether it is only a rule. The text is as long as in the line.

    >>> line = "| a | | b | c | | --- | --- | | d | e | |"
    >>> parts = line.split("|")[1:]
    >>> for index, start, text in outer_cells(parts, ["--" in part for part in parts]):
    ...     print(index, start, [" ".join(row.split()) for row in text.replace(GONE, "").split(BREAK)])
    0 0 ['a']
    1 4 ['', 'b c', '', 'd e', '']
    """
    index = start = at = 0
    text, within = "", False
    for number, part in enumerate(parts):
        after = parts[number + 1] if number + 1 < len(parts) else ""
        if part == JUNCTION:
            closes = within and after.strip() == "" and len(after) < 2
            boxed = BOXED.search(text) is not None and not closes
            text += " " if boxed else BREAK
            within = not closes
        else:
            text += GONE * len(part) if ruled[number] else part
        at += len(part) + 1
        if not within or number + 1 == len(parts):
            if text.strip(GONE + BREAK + " "):
                yield index, start, text
            index, start, text = index + 1, at, ""
        else:
            text += " "


def find_shifts(lines: Sequence[str]) -> Mapping[int, int]:
    r"""By how many cells some lines stand further to the right than their tabs say, by the index of the line.

    Lines that follow a tab at a line's end are the rows of a table within the next cell; a line that begins with a
    tab goes on behind that cell, and a blank line ends it all. Only a browser's text has lines of nothing but a tab.
    Where tabs end most of the lines that have any, they stand behind every cell, and tell nothing of tables within.

    >>> dict(find_shifts(["Name\t", "Number\tX\tNone", "", "Acme\t155", "\t"]))
    {1: 1}
    >>> find_shifts(["Name\t", "Number\tX\tNone\t", "", "Acme\t155\t", "\t"])
    {}
    """
    shifts: dict[int, int] = {}
    if "\t" not in lines:
        return shifts
    words = [line for line in lines if "\t" in line.lstrip("\t ")]
    if sum(line.endswith(("\t", "\t ")) for line in words) > MOST * len(words):
        return shifts
    shift = 0
    for index, line in enumerate(lines):
        if not line:
            shift = 0
        elif shift:
            shifts[index] = shift
        if line.endswith("\t"):
            shift += line.count("\t")
        elif line.startswith("\t"):
            shift = 0
    return shifts
