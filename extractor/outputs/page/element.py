"""Elements of a page: a small frozen tree, and its HTML.

The tree is our own because EDGAR's page is not well built (item 6 puts cells into cells): a parser's tree would mend
what has to stay as it is.
"""

import html
from collections.abc import Iterator
from dataclasses import dataclass

import regex

NBSP = "\N{NO-BREAK SPACE}"

INLINE = {"a", "span", "br"}
"""Elements after which EDGAR's page starts no new line."""

VOID = {"br", "col", "hr", "meta"}
"""Elements that have no end tag."""

UNPRINTABLE = regex.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Control characters, which HTML cannot hold."""


@dataclass(frozen=True, slots=True)
class Element:
    """An element: its tag, its attributes in order, and its content."""

    tag: str
    attributes: tuple[tuple[str, str], ...]
    children: tuple["Element | str", ...]

    def get(self, name: str) -> str:
        """The attribute `name`, or "" if it has none."""
        return dict(self.attributes).get(name, "")


Child = Element | str


def element(tag: str, *children: Child | None, **attributes: str) -> Element:
    """The element `tag`; a child None is left out.

    Attributes are keywords: class_ is class, http_equiv is http-equiv.

    >>> print(to_html(element("td", "A & B", None, class_="FormData")))
    <td class="FormData">A &amp; B</td>
    """
    named = tuple((name.rstrip("_").replace("_", "-"), value) for name, value in attributes.items())
    return Element(tag, named, tuple(child for child in children if child is not None))


def to_html(node: Child) -> str:
    """The HTML of `node`, with line breaks where EDGAR's page has them.

    >>> print(to_html(element("tr", element("td", "1"), element("td", "2"))))
    <tr>
    <td>1</td>
    <td>2</td>
    </tr>
    """
    return "".join(_pieces(node))


def _pieces(node: Child) -> Iterator[str]:
    if isinstance(node, str):
        yield _escape(node)
        return
    yield f"<{node.tag}{''.join(_attribute(name, value) for name, value in node.attributes)}>"
    if node.tag in VOID:
        return
    if node.tag == "style":
        yield "".join(child for child in node.children if isinstance(child, str))
    else:
        yield from _content(node)
    yield f"</{node.tag}>"


def _content(node: Element) -> Iterator[str]:
    """A line break after the start tag, after each block and before the end tag, unless there is text or one child."""
    spread = len(node.children) > 1 and not any(isinstance(child, str) for child in node.children)
    ended = False
    if spread:
        yield "\n"
    for child in node.children:
        yield from _pieces(child)
        ended = isinstance(child, Element) and child.tag not in INLINE
        if spread and ended:
            yield "\n"
    if spread and not ended:
        yield "\n"


def _attribute(name: str, value: str) -> str:
    quoted = _escape(value).replace('"', "&quot;")
    return f' {name}="{quoted}"'


def _escape(text: str) -> str:
    printable = UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)
    return html.escape(printable, quote=False).replace(NBSP, "&nbsp;")
