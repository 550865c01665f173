"""Remnants of HTML and Markdown taken off a line of text, so that each character left keeps its place.

Markup is not cut but painted over, one for one: GONE for a character that shows nothing, BREAK for the end of a
paragraph, a ballot box for an `<input>`. So columns of a line still count as in the document.
"""

from collections import Counter
from collections.abc import Container, Sequence
from html import unescape
from html.entities import html5
from typing import NamedTuple

import regex

from extractor.readers.hints import BARE, BULLETS, DOLLAR, MARKDOWN, hints_of
from extractor.readers.marks import find_boxes

GONE = "\0"
BREAK = "\v"

SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
HIDDEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
BREAKS = "\x0b\x85\u2028\u2029"
CHARACTERS = (
    {code: GONE for code in (*range(28), *range(127, 160)) if code != ord("\t")}
    | dict.fromkeys((*range(28, 32), *map(ord, SPACES)), " ")
    | dict.fromkeys(map(ord, HIDDEN), GONE)
    | dict.fromkeys(map(ord, BREAKS), BREAK)
)
"""Every space to a space, a line's end within a line to BREAK, what has no width and no meaning to GONE."""

_BLOCK = """
    address article aside blockquote body br caption center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5
    h6 head header hr html legend li main nav ol option p pre section select table tbody td tfoot th thead title tr
    ul
"""
_INLINE = """
    a abbr acronym b bdi bdo big cite code col colgroup del dfn em font i img input ins kbd label mark meta nobr q s
    samp small span strike strong sub sup tt u var wbr
"""
BLOCK_TAGS = frozenset(_BLOCK.split())
INLINE_TAGS = frozenset(_INLINE.split())
NEED_ATTRIBUTES = frozenset({"a", "font", "img", "input", "meta"})
"""Tags that open nothing without attributes: `<A>` is more likely a letter in the text."""

TAG = regex.compile(
    r"""
    (?<!\\) < (?P<close>/?) (?P<name>[a-zA-Z][a-zA-Z0-9]*+)
    (?P<attributes> (?: [\s/] (?: [^<>"'] | "[^"<>]*+" | '[^'<>]*+' )*+ )?+ ) >
    | <!-- (?: [^<>-] | - (?!->) )*+ -->
    """,
    regex.VERBOSE,
)
CELL_TAG = regex.compile(r"<t[dh](?=[\s>])[^<>]*+>", regex.IGNORECASE)
ATTRIBUTE = regex.compile(
    r"""
    (?P<name> [^\s"'<>/=]++ )
    (?: \s*+ = \s*+ (?: "(?P<value>[^"]*+)" | '(?P<value>[^']*+)' | (?P<value>[^\s"'<>]++) ) )?+
    """,
    regex.VERBOSE,
)
CHECKED_VALUES = frozenset({"", "checked", "true", "1", "yes", "on"})
"""What stands after `checked=`; with "false", which HTML takes for checked and an author does not, nothing is sure."""

ENTITY = regex.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]{1,31}|\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6});")
SHOWN_ENTITY = regex.compile(r"(?!&(?:amp|lt|gt|quot|apos|\#(?:34|38|39|60|62));)" + ENTITY.pattern)
ESCAPE = regex.compile(r"\\([!-/:-@\[-`{-~]|\Z)")
LINK = regex.compile(r"(?<!\\)(!?\[)(?![\ xX]?\])([^\[\]\n]++)(?<!\\)(\]\([^\s()<>]*+\))")
TICKS = regex.compile(r"(?<![`\\])(`{1,3})(?!`)([^`]++)(\1)(?!`)")
STRONG = regex.compile(r"(?<![\\*])(\*\*)(?=[^\s*])((?:[^*\\]|\\.)++)(?<!\s)(\1)(?!\*)")
EMPHASIS = regex.compile(
    r"""
    (?<![\w\\*]) (\*{1,3}) (?=[\w"'$(\[\\\0]) ((?:[^*\\]|\\.)++) (?<!\s) (\1) (?![\w*])
    """,
    regex.VERBOSE,
)
UNDERLINE = regex.compile(r"(?<![\w\\])(_{1,3})(?=[^\W_]|[\"'$(\[\\\0])((?:[^_\\]|\\.)++)(?<!\s)(\1)(?!\w)")
PAIRS = ((LINK, "]("), (TICKS, "`"), (STRONG, "**"), (EMPHASIS, "*"), (STRONG, "**"), (UNDERLINE, "_"))
"""Markup in pairs, each pattern in three groups: opening, what is shown, closing; and what a line must hold to have
it. Strong text comes twice, as emphasis may stand inside it."""

PREFIX = regex.compile(
    r"""
    [ \0]*+ (?P<quotes> (?: > [ ]? )++ )?+ [ \0]*+
    (?: (?P<heading> \#{1,6} ) [ ]++ | (?P<bullet> [-+*\N{BULLET}\N{TRIANGULAR BULLET}] ) [ ]++ )?+ (?=\S)
    """,
    regex.VERBOSE,
)
SIGNS = ("<", ";", "\\", "`", "*", "_")
"""What an ASCII line must hold for markup to be in it, beside what it begins with (`LEADS`)."""

LEADS = frozenset("-+*#>=~:|\N{BULLET}\N{TRIANGULAR BULLET}")


class Style(NamedTuple):
    """How a text is written.

    markdown: with Markdown's signs. bullets: the signs that begin items of lists. escaped: with entities for `&`, `<`
    and quotes too; a text that shows a bare `&` (as the form's own labels do) has none left, so `&amp;` is a value.
    """

    markdown: bool
    bullets: frozenset[str]
    escaped: bool = True


def find_style(text: str, lines: Sequence[str], hints: Container[str] | None = None) -> Style:
    r"""The style of a text. A bullet is one that begins more lines than one: a star alone is a footnote's.

    hints: what its lines hold, if that was asked before.

    >>> find_style(r"costs \$5", [r"costs \$5"]).markdown, find_style("costs $5*", ["costs $5*"]).markdown
    (True, False)
    """
    hints = hints_of(lines) if hints is None else hints
    markdown = MARKDOWN in hints or (DOLLAR in hints and text.count(DOLLAR) * 2 >= text.count("$"))
    bullets = BULLETS if markdown else BULLETS[3:]
    if not any(bullet in hints for bullet in bullets):
        return Style(markdown, frozenset(), BARE not in hints)
    starts = Counter(line.lstrip(" ")[:2] for line in lines)
    found = frozenset(bullet for bullet in bullets if starts[bullet + " "] > 1)
    return Style(markdown, found, BARE not in hints)


def is_printable(line: str) -> bool:
    """Whether all characters of a line show something, are ASCII, or are tabs."""
    return line.isascii() and (line.isprintable() or line.replace("\t", "").isprintable())


def paint_line(line: str, style: Style) -> str:
    r"""A line, as long as before, without tags, list bullets, headings' and quotes' signs; spaces are plain spaces.

    >>> paint_line('<b>A</b> <input type="radio" checked> B<br>', Style(False, frozenset())).replace(GONE, "")
    'A ☒ B\x0b'
    """
    if not is_printable(line):
        line = line.translate(CHARACTERS)
    if "<" in line:
        if "\t" not in line:
            line = CELL_TAG.sub(lambda tag: "\t" + GONE * (len(tag[0]) - 1), line)
        line = TAG.sub(_paint_tag, line)
    if line.lstrip(GONE + " ")[:1] in LEADS:
        line = _paint_prefix(line, style)
    return line


def paint_cell(cell: str, style: Style) -> str:
    r"""A cell of a line, as long as before, without the signs of Markdown and with its entities decoded, once.

    >>> paint_cell(r"**Oil &amp; Gas** \$0", Style(True, frozenset())).replace(GONE, "")
    'Oil & Gas $0'
    """
    if style.markdown:
        for pattern, sign in PAIRS:
            if sign in cell:
                cell = pattern.sub(_paint_pair, cell)
        if "\\" in cell:
            cell = ESCAPE.sub(lambda escape: GONE + escape[1], cell)
    if "&" in cell:
        cell = (ENTITY if style.escaped else SHOWN_ENTITY).sub(_paint_entity, cell)
    return cell


def unmark(text: str, style: Style) -> str:
    r"""What a text shows, without its tags and signs; BREAK where a tag ends a line.

    >>> unmark(r'1\. <span class="a">**A**</span> &amp; B', Style(True, frozenset()))
    '1. A & B'
    """
    return paint_cell(TAG.sub(_paint_tag, text) if "<" in text else text, style).replace(GONE, "")


def _paint_tag(tag: regex.Match[str]) -> str:
    close, name, attributes = tag.group("close", "name", "attributes")
    name = (name or "").lower()
    if name in BLOCK_TAGS:
        shown = BREAK
    elif name == "input" and not close:
        shown = _show_input(tag)
    elif not name or (name in INLINE_TAGS and (close or attributes or name not in NEED_ATTRIBUTES)):
        shown = ""
    else:
        shown = tag[0]
    return shown.ljust(len(tag[0]), GONE)


def _show_input(tag: regex.Match[str]) -> str:
    """A ballot box for a checkbox or radio button, "" for another input, the tag itself if its state is not sure."""
    found = ATTRIBUTE.finditer(tag["attributes"])
    attributes = {attribute["name"].lower(): (attribute["value"] or "").strip("/{}").lower() for attribute in found}
    if attributes.get("type") not in ("checkbox", "radio"):
        return ""
    if "checked" not in attributes:
        return "\N{BALLOT BOX}"
    return "\N{BALLOT BOX WITH X}" if attributes["checked"] in CHECKED_VALUES else tag[0]


def _paint_pair(pair: regex.Match[str]) -> str:
    return GONE * len(pair[1]) + pair[2] + GONE * len(pair[3])


def _paint_entity(entity: regex.Match[str]) -> str:
    """The character an entity stands for; one that HTML does not know stays as written."""
    if entity[0][1] != "#" and entity[0][1:] not in html5:
        return entity[0]
    shown = unescape(entity[0]).translate(CHARACTERS)
    return shown.replace("\t", " ").ljust(len(entity[0]), GONE)


def _paint_prefix(line: str, style: Style) -> str:
    """A line without the signs of quotes and headings, and without a bullet of a list or right before a box."""
    prefix = PREFIX.match(line)
    if not prefix:
        return line
    spans = [prefix.span(name) for name in ("quotes", "heading") if prefix[name] and style.markdown]
    if prefix["bullet"]:
        box = next(find_boxes(line[prefix.end() : prefix.end() + 20]), None)
        if prefix["bullet"] in style.bullets or (box and box[0] == 0):
            spans.append(prefix.span("bullet"))
    for start, end in spans:
        line = line[:start] + GONE * (end - start) + line[end:]
    return line
