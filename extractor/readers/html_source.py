"""The source of a page: its elements, the page or text that it only shows, and where its texts stand in it."""

from html import unescape
from typing import Final, cast

import regex
from lxml import etree

from extractor.errors import BrokenInput, EmptyInput
from extractor.source import Place

Element = etree._Element

BLOCK: Final = regex.compile(
    r"<(?:table|tr|td|p|div|li|dt|dd|pre|h[1-6]|form|input|select|textarea|section|article|blockquote|center)\b",
    regex.IGNORECASE,
)
"""What sets texts apart, or shows other things than text."""

ENDS: Final = {"br": "\0", "hr": "\1"}
LINE_ENDS: Final = {0: "\n", 1: "\f"}
"""Elements that end a line and a page, as signs that no page holds, and what becomes of these."""

LINE_START: Final = regex.compile(r"(?<=[\n\f])[ \t]++")

MAX_SOURCELINE: Final = 65535
"""The parser counts lines up to here only."""

SEARCH_WINDOW: Final = 100_000
SHORT_WINDOW: Final = 2000
MAX_MISSES: Final = 50
"""How many characters behind the text before it a text is looked for in its line: many, as a whole page may stand in
one line; but few once that many texts of the line were not found, so that searching stays cheap."""

MAX_BLANK_LINES: Final = 50

UNSEEN: Final = frozenset(
    {"script", "style", "template", "noscript", "noframes", "noembed", "title", "meta", "link"}
    | {"iframe", "audio", "video", "canvas", "datalist"}
)
"""Elements whose contents no browser shows. `head` is not one: what a broken page has there is shown."""

TAG: Final = r"""<(?!!)(?:[^>"']++|"[^"]*+"|'[^']*+')*+>|<!--.*?-->|<![^>]*+>"""

GAP: Final = regex.compile(
    rf"""
    (?: < (?P<unseen> \L<unseen> ) \b [^>]*+ > .*? </ (?P=unseen) \s*+ >
      | {TAG}
      | \s++ | &nbsp; | &\#160;
    )*+
    """,
    regex.VERBOSE,
    unseen=UNSEEN | {tag.upper() for tag in UNSEEN},
)
"""What may stand between a text and the next."""

TOKEN: Final = regex.compile(rf"(?P<tag>{TAG})|&\#?\w++;|[^<&]++|[<&]")
"""A source cut into tags, entities and text."""

USUAL_TAGS: Final = ("<td", "<th", "<p", "<span")
USUAL_LENGTH: Final = 100
"""The tags, and their length, behind which most texts of a filing begin."""

SHOWN_LINES: Final = etree.XPath("/descendant::td[@class='line-content']")
"""The lines of a source that Chrome shows."""

SHOWN_PAGE: Final = regex.compile(
    r"\s* (?: <!-- .*? --> \s* )*+ < (?: !doctype \s+ html | html | head | body | table ) \b",
    regex.VERBOSE | regex.IGNORECASE | regex.DOTALL,
)


def unwrap_html(text: str) -> str | None:
    """The text that a page does nothing but show: a source in a view-source page, a text file opened in a browser.

    None if the page is a page in its own right. Raises as `read_html` does.

    >>> unwrap_html("<html><body><pre>a  &lt;b&gt;</pre></body></html>")
    'a  <b>'
    >>> unwrap_html("<p>Notice</p><pre>a</pre>")
    """
    return shown_text(parse_html(text))


def lines_of(text: str) -> str | None:
    r"""The lines of a page that has nothing but lines: it ends them with `<br>`, and its pages with `<hr>`.

    None if it has anything else that sets texts apart: a table, a paragraph, a list ... .

    >>> lines_of("<html><body>City<br/><b>ZIP</b><br/>33139<hr/>A&#160;B</body></html>")
    'City\nZIP\n33139\x0cA B'
    """
    if BLOCK.search(text):
        return None
    root = parse_html(text)
    parts: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "end":
            parts.append(element.tail or "")
        elif element.tag in ENDS:
            parts.append(ENDS[element.tag])
        elif element.tag not in UNSEEN:
            parts.append(element.text or "")
    shown = "".join(parts).replace("\n", " ").replace("\N{NO-BREAK SPACE}", " ").translate(LINE_ENDS)
    return LINE_START.sub("", shown).strip()


def parse_html(text: str) -> Element:
    """The root element of a page or of a piece of one.

    Raises EmptyInput if there is neither element nor text, BrokenInput if the parser cannot follow to the end: it gives
    up where elements are nested more than 2048 deep, and would leave out the rest.
    """
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    data = text.replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace")
    root = etree.fromstring(data, parser) if data.strip() else None
    for error in parser.error_log.filter_from_fatals():
        raise BrokenInput(
            f"expected a page that can be parsed to its end, but at line {error.line} the parser gave up "
            f"({error.message.partition(',')[0]}): the page is damaged, save it again from the browser"
        )
    if root is None:
        raise EmptyInput("expected a page, saw no element and no text in it")
    return root


def text_of(element: Element) -> str:
    """All text in an element, as the document holds it."""
    return "".join(map(str, element.itertext()))


def shown_text(root: Element) -> str | None:
    """What `unwrap_html` says of a parsed page. Chrome shows a source as a table of lines, others as one `<pre>`."""
    if lines := cast("list[Element]", SHOWN_LINES(root)):
        return "\n".join(map(text_of, lines))
    pre = next(root.iter("pre"), None)
    if pre is None or any(True for _ in pre.iter("table", "input", "br", "p")):
        return None
    inside = set(pre.iter())
    for element in root.iter(etree.Element):
        if element not in inside and element.tag not in UNSEEN and (element.text or "").strip():
            return None
        if (element is pre or element not in inside) and (element.tail or "").strip():
            return None
    return text_of(pre)


class Finder:
    """Finds where texts stand in the document; they must be asked for in the document's order."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._line = 0
        self._column = 0  # behind the text found last in that line
        self._misses = 0

    def find(self, text: str, line: int) -> Place:
        """The place of `text`, which begins in `line`; without columns if it does not end there or cannot be found.

        The columns are those of the source: between them may be tags, and entities count as they are written.
        """
        if line != self._line:
            self._line, self._column, self._misses = line, 0, 0
        window = SEARCH_WINDOW if self._misses < MAX_MISSES else SHORT_WINDOW
        source, start = self._behind_gap(window)
        end = start + len(text)
        if not source.startswith(text, start) or source[end : end + 1].isalnum():
            found = _align(source, start, text) or _search(source, self._column, text, window)
            if found is None:
                self._misses += 1
                return self.at(line)
            start, end = found
        self._column = end
        return Place(line=self._line, columns=(start + 1, end))

    def at(self, line: int) -> Place:
        """The place of something that begins in `line`; no place where the parser no longer counts."""
        return Place(line=line) if line < MAX_SOURCELINE else Place()

    def _behind_gap(self, window: int) -> tuple[str, int]:
        """The line in which the next text begins, and where; the parser drops some blank lines and does not count them.

        The usual gap, one short tag, is passed without the pattern, for speed.
        """
        last = min(self._line + MAX_BLANK_LINES, len(self._lines))
        while True:
            source = self._lines[self._line - 1] if self._line <= len(self._lines) else ""
            end = source.find(">", self._column, self._column + USUAL_LENGTH) + 1
            if end and source.startswith(USUAL_TAGS, self._column) and source[end : end + 1].isalnum():
                tag = source[self._column : end]
                if tag.count('"') % 2 == 0 and "'" not in tag:
                    return source, end
            gap = GAP.match(source, self._column, self._column + window)
            start = gap.end() if gap else self._column
            if start < len(source) or self._line >= last:
                return source, start
            self._line, self._column = self._line + 1, 0


def _align(source: str, start: int, text: str) -> tuple[int, int] | None:
    """Where `text` stands if it begins at `start`, with tags in it or written with entities.

    >>> _align("<b>$</b><i>25,000 </i> USD", 3, "$25,000"), _align("A &amp; B", 0, "A & B"), _align("AB", 0, "A")
    ((3, 17), (0, 9), None)
    """
    wanted, done = text.replace(" ", ""), 0
    for token in TOKEN.finditer(source, start, start + SHORT_WINDOW + 2 * len(text)):
        if token["tag"]:
            continue
        shown = "".join(unescape(token[0]).split())
        if not wanted.startswith(shown, done):
            return None
        done += len(shown)
        if done == len(wanted):
            return start, token.start() + len(token[0].rstrip())
    return None


def _search(source: str, start: int, text: str, window: int) -> tuple[int, int] | None:
    """Where `text` stands between two tags, behind what is not shown."""
    found = source.find(f">{text}<", start, start + window + len(text))
    return (found + 1, found + 1 + len(text)) if found >= 0 else None
