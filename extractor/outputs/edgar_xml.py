"""A filing as EDGAR's XML (schema X0808): the inverse of `readers.edgar.from_edgar_xml`.

A part of which nothing is known is left out. What marks by presence is written only when it is true, so False and
"not known" look alike beside other facts of the same part; the schema has no way to tell them apart. A filing that
came from EDGAR's XML is written such that reading it again gives the same filing.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache
from xml.sax.saxutils import escape

import regex

from extractor.form.elements import NONE_LISTS, ROOT, FieldElement, elements_of
from extractor.form.places import name_of
from extractor.model import Filing, Record

Node = tuple[str, "str | list[Node]"]
"""An element: its name, and its text or its elements."""

_REQUIRED = frozenset({"sales_compensation", "states_of_solicitation"})
"""The fields whose list element the schema requires even when there is nothing in it."""

_DESCRIBED = {"state_or_country_description": "state_or_country", "description": "state"}
"""The fields that hold the name of the place whose code another field holds."""

_FORBIDDEN = regex.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")


def to_edgar_xml(filing: Filing) -> str:
    """Return the filing as the text of an XML document.

    A complete filing is valid under formDSubmission-X0808.xsd. Characters that XML forbids are written as U+FFFD.
    The name of a state or country that the filing knows by code only is added, unless the filing has a schema version:
    then it came from EDGAR, and stands as EDGAR has it.

    >>> print(to_edgar_xml(Filing(submission_type="D")))
    <?xml version="1.0"?>
    <edgarSubmission>
        <submissionType>D</submissionType>
        <offeringData>
            <salesCompensationList></salesCompensationList>
        </offeringData>
    </edgarSubmission>
    """
    root = (ROOT, _nodes(filing, complete=filing.schema_version is None))
    return "\n".join(['<?xml version="1.0"?>', *_lines(root, "")])


def _lines(node: Node, indent: str) -> Iterator[str]:
    """Yield an element's lines."""
    tag, content = node
    if isinstance(content, str) or not content:
        yield f"{indent}<{tag}>{_escaped(content or '')}</{tag}>"
        return
    yield f"{indent}<{tag}>"
    for inner in content:
        yield from _lines(inner, indent + "    ")
    yield f"{indent}</{tag}>"


def _escaped(content: "str | list[Node]") -> str:
    """Return a text as XML writes it."""
    return escape(_FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", str(content)), {"\r": "&#13;"}) if content else ""


def _nodes(part: Record, *, complete: bool) -> list[Node]:
    """Return the elements of one part of the filing, in the schema's order; complete: with the names of places."""
    nodes: list[Node] = []
    for element in elements_of(type(part)):
        value = getattr(part, element.name)
        if value is None and complete and element.name in _DESCRIBED:
            value = name_of(getattr(part, _DESCRIBED[element.name]) or "")
        own = _field_nodes(element, value, complete=complete)
        if own or element.name in _REQUIRED:
            _inside(nodes, element.steps[:-1]).extend(own)
    return nodes


def _inside(nodes: list[Node], steps: tuple[str, ...]) -> list[Node]:
    """Return the elements inside nested elements, which are added where the last one is not it already."""
    for tag in steps:
        if not nodes or nodes[-1][0] != tag:
            nodes.append((tag, []))
        inner = nodes[-1][1]
        assert isinstance(inner, list)
        nodes = inner
    return nodes


def _field_nodes(element: FieldElement, value: object, *, complete: bool) -> list[Node]:
    """Return the elements of one field: none if it says nothing, several for a list."""
    if value == () and element.name in NONE_LISTS:
        return [("value", "None")]
    if value is None or (element.kind == "presence" and value is not True):
        return []
    nodes: list[Node] = []
    for entry in value if isinstance(value, tuple) else (value,):
        if not isinstance(entry, Record):
            nodes.append((element.steps[-1], _text(entry)))
        elif entry == _blank(type(entry)):
            nodes.extend([(element.steps[-1], [])] if element.name in _REQUIRED and not element.many else [])
        elif element.steps:
            nodes.append((element.steps[-1], _nodes(entry, complete=complete)))
        else:
            nodes.extend(_opened(_nodes(entry, complete=complete), elements_of(type(entry))[0].steps[-1]))
    return nodes


@cache
def _blank(part: type[Record]) -> Record:
    """Return a part of which nothing is known."""
    return part()


def _opened(nodes: list[Node], first: str) -> list[Node]:
    """Return the elements of a part without an element of its own; its first element, even empty, begins it."""
    return nodes if nodes[0][0] == first else [(first, ""), *nodes]


def _text(value: object) -> str:
    """Return a value as the schema writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)
