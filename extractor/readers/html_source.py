"""The source of a page: its elements, the page or text that it only shows, and where its texts stand in it."""

from typing import Final

import regex
from lxml import etree

from extractor.errors import BrokenInput, EmptyInput
from extractor.source import Place

Element = etree._Element

MAX_SOURCELINE: Final = 65535
"""The parser counts lines up to here only."""

SEARCH_WINDOW: Final = 2000
"""How many characters behind the text before it a text is looked for in its line, so that a search stays cheap."""

UNSEEN: Final = frozenset(
    {"script", "style", "template", "noscript", "noframes", "noembed", "title", "meta", "link"}
    | {"iframe", "audio", "video", "canvas", "datalist"}
)
"""Elements whose contents no browser shows. `head` is not one: what a broken page has there is shown."""

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
            f"({error.message}): the page is damaged, save it again from the browser"
        )
    if root is None:
        raise EmptyInput("expected a page, saw no element and no text in it")
    return root


def text_of(element: Element) -> str:
    """All text in an element, as the document holds it."""
    return "".join(map(str, element.itertext()))


def shown_text(root: Element) -> str | None:
    """What `unwrap_html` says of a parsed page. Chrome shows a source as a table of lines, others as one `<pre>`."""
    if lines := SHOWN_LINES(root):
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
        self._column = 0

    def find(self, text: str, line: int) -> Place:
        """The place of `text`, which begins in `line`; without columns if it is not written there as it is shown."""
        if line != self._line:
            self._line, self._column = line, 0
        for written in (text, text.replace("&", "&amp;")) if "&" in text else (text,):
            start = self._search(written)
            if start >= 0:
                self._column = start + len(written)
                return Place(line=line, columns=(start + 1, self._column))
        return self.at(line)

    def at(self, line: int) -> Place:
        """The place of something that begins in `line`; no place where the parser no longer counts."""
        return Place(line=line) if line < MAX_SOURCELINE else Place()

    def _search(self, text: str) -> int:
        """Where `text` begins, right behind a tag or the text before it and not in a tag; -1 if nowhere."""
        source = self._lines[self._line - 1] if self._line <= len(self._lines) else ""
        begin, end = self._column, self._column + SEARCH_WINDOW + len(text)
        while (start := source.find(text, begin, end)) >= 0:
            behind = start + len(text)
            if source[start - 1 : start] == ">" and source[behind : behind + 1] == "<":
                return start
            before = source[begin:start].rstrip()
            opening, closing = source.find("<", behind, end), source.find(">", behind, end)
            in_tag = closing >= 0 and not 0 <= opening < closing
            if not in_tag and (not before or before[-1] in ">;"):
                return start
            if closing < 0:
                break
            begin = closing + 1
        return -1
