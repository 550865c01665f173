"""Tables within a cell of a Markdown table, which some converters write into the cell's line, row behind row.

`| a | | b | c | | --- | --- | | d | e | |` is a row of two cells: `a`, and a table of the rows `b c` and `d e`. A
single space between two pipes is where a table within begins, where one of its rows ends, and where it ends.
"""

from collections.abc import Iterator, Sequence

from extractor.readers.markup import BREAK, GONE

JUNCTION = " "
"""What stands between the pipes that end a row and begin the next one; a blank cell is wider."""


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
            text += BREAK
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
