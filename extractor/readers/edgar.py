"""EDGAR's own formats: the XML of a filing (`primary_doc.xml`) and the full submission (`.txt`) that holds it.

The XML names its answers, so reading it needs no form: `read_edgar` gives every text with its line and, where the
element is one of the schema's, the field that it answers; `from_edgar_xml` makes the filing directly.

What the XML does not say: an element without text says nothing (None). An element that marks by its presence
(`elements.PRESENCE`) and is not there says false, if the part that would hold it is there; such a False is an answer
too, with the text "false" and the line of that part. White space within a text is collapsed.
"""

import codecs
from collections.abc import Mapping
from types import MappingProxyType

import regex
from lxml import etree
from pydantic import ValidationError

from extractor.errors import BrokenInput, EmptyInput, NotAFormD, UnreadableInput
from extractor.form.elements import ROOT
from extractor.model import Filing
from extractor.readers.edgar_parts import Found, line_of, list_part, local_name, plain_text, read_part, unreadable
from extractor.readers.sgml import header_facts, primary_document
from extractor.source import Cell, Place, Source

MAX_SIZE = 8 * 1024 * 1024
"""The most bytes (or characters) that are read; the largest filings have a few hundred thousand."""

_PARSER = etree.XMLParser(
    encoding="utf-8",
    resolve_entities=False,
    no_network=True,
    load_dtd=False,
    remove_blank_text=True,
    remove_comments=True,
    remove_pis=True,
)
_MIXED = etree.XPath("descendant-or-self::*[*]/text()[normalize-space()]")
_START = regex.compile(r"[^<]*+(?:<\?xml\s[^>]*+>)?")
_ENCODING = regex.compile(rb"<\?xml\s[^>]{0,100}?\bencoding\s*=\s*[\"'](?P<name>[A-Za-z0-9._-]+)")
_BEGINNINGS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)


def read_edgar(data: bytes) -> Source:
    """Return the texts of an EDGAR XML document or full submission, with the fields they answer.

    items: a cell per element that has text. answers: the fields by their paths; a text that is not among them belongs
    to no element of the schema. facts: the submission's header (`sgml.header_facts`), empty for the XML alone.
    Raises EmptyInput, BrokenInput (with the line), UnreadableInput, or NotAFormD.
    """
    header, root = _open(data)
    found = Found()
    list_part(root, Filing, "", found)
    cells = {element: cell for element in root.iter() if (cell := _cell(_own_text(element), element))}
    answers = tuple(
        (path, cells[element] if text is None else _shown(text, element)) for path, element, text in found.answers
    )
    facts: Mapping[str, str] = MappingProxyType(header_facts(header))
    return Source("edgar", tuple(cells.values()), 0.0, 1.0, columns=False, facts=facts, answers=answers)


def from_edgar_xml(xml: str | bytes) -> Filing:
    """Return the filing that an EDGAR XML document (or a full submission) says.

    Raises EmptyInput, BrokenInput or NotAFormD for the document; UnreadableInput if an element is unknown, stands
    twice, or has a value that is not of the schema's kind. (`extract` reads around such elements and reports them.)
    """
    _, root = _open(xml)
    if _MIXED(root):
        raise _stray_text(root)
    try:
        return Filing.model_validate(read_part(root, Filing))
    except ValidationError as error:
        raise _not_of_the_schema(error, root) from None


def _open(document: str | bytes) -> tuple[str, etree._Element]:
    """Return a submission's header ("" for the XML alone) and the root of the XML."""
    if len(document) > MAX_SIZE:
        raise UnreadableInput(f"expected at most {MAX_SIZE} bytes, saw {len(document)}; a Form D is far smaller")
    text = document if isinstance(document, str) else _decode(document)
    header, xml = primary_document(text)
    root = _parse(xml)
    _check_form(root)
    return header, root


def _check_form(root: etree._Element) -> None:
    """Raise NotAFormD unless the root is a submission of Form D: by its type, without one by what it holds."""
    if local_name(root.tag) != ROOT:
        raise NotAFormD(f"expected <{ROOT}>, saw <{local_name(root.tag)}>")
    inside = {local_name(child.tag): child for child in root}
    kind = plain_text(inside["submissionType"]) if "submissionType" in inside else ""
    if kind not in ("D", "D/A") and (kind or not inside.keys() & {"primaryIssuer", "offeringData"}):
        raise NotAFormD(f"expected a submission of type D or D/A, saw {kind or 'none'!r}")


def _decode(data: bytes) -> str:
    """Return the text of bytes, by their byte order mark or the encoding they declare, else as UTF-8."""
    declared = _ENCODING.search(data)
    name = declared["name"].decode() if declared else "utf-8"
    if name.casefold().startswith(("utf-16", "utf16", "ucs")):
        name = "utf-8"  # its declaration could be read byte by byte, so it is not what it declares
    name = next((encoding for beginning, encoding in _BEGINNINGS if data.startswith(beginning)), name)
    try:
        return data.decode(name)
    except LookupError:
        raise BrokenInput(f"the XML declares an encoding that does not exist: {name!r}") from None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BrokenInput(f"line {line} holds bytes that are no {error.encoding} text; get the file again") from None


def _parse(xml: str) -> etree._Element:
    """Return the root element; the text's declaration is passed over, its lines keep their numbers."""
    start = _START.match(xml)
    begin = start.end() if start else 0
    body = xml[begin:]
    if not body:
        raise BrokenInput("expected XML, saw no element") if xml.strip() else EmptyInput("the document is empty")
    if "<!DOCTYPE" in body:
        raise UnreadableInput("the XML declares a document type; EDGAR's has none, and it could define entities")
    try:
        return etree.fromstring(("\n" * xml.count("\n", 0, begin) + body).encode(), _PARSER)
    except etree.XMLSyntaxError as error:
        what = error.msg.partition(", line ")[0]
        raise BrokenInput(f"the XML is damaged on line {error.lineno}: {what}; get the file again") from None
    except UnicodeEncodeError:
        raise BrokenInput("the XML holds half a character (a lone surrogate); get the file again") from None


def _own_text(element: etree._Element) -> str:
    """Return the text that stands directly in an element, before, between and after the elements in it."""
    return " ".join(" ".join([element.text or "", *(child.tail or "" for child in element)]).split())


def _cell(text: str, element: etree._Element) -> Cell | None:
    """Return the cell of a text, None for no text."""
    return _shown(text, element) if text else None


def _shown(text: str, element: etree._Element) -> Cell:
    """Return a text's cell on its element's line."""
    line = line_of(element)
    row = float(line or 0)
    return Cell(text, 0.0, 0.0, row, row, Place(line=line))


def _not_of_the_schema(error: ValidationError, root: etree._Element) -> UnreadableInput:
    """Return the error of the first value that the model refuses, with the element where it stands."""
    first = error.errors()[0]
    path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in first["loc"]).removeprefix(".")
    found = Found()
    list_part(root, Filing, "", found)
    expected = first.get("ctx", {}).get("expected", first["msg"])
    element = next((element for known, element, _ in found.answers if known == path), root)
    return unreadable(element, str(expected), str(first["input"]))


def _stray_text(root: etree._Element) -> UnreadableInput:
    """Return the error of text that stands beside elements."""
    holders = (element for element in root.iter() if len(element) and _own_text(element))
    holder = next(holders, root)
    return unreadable(holder, "elements only", _own_text(holder))
