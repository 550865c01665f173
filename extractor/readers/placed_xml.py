"""Texts with places in XML: what poppler, MuPDF, pdfminer and programs for text recognition write of each page."""

from collections.abc import Iterator, Mapping
from typing import Final

import regex
from lxml import etree

from extractor.errors import BrokenInput
from extractor.readers.html_source import parse_html
from extractor.readers.placed_page import JOINT, Page, Text, boxed

Element = etree._Element

NUMBER: Final = regex.compile(r"-?\d++(?:\.\d*+)?+(?:[eE][-+]?\d++)?+|-?\.\d++")

BOX: Final = regex.compile(r"\bbbox((?:\s++-?\d++(?:\.\d++)?+){4})")
"""The place in a title of hOCR: `bbox 36 92 618 361`."""

LINES: Final = ("ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat")
WORDS: Final = ("ocrx_word", "ocr_word")
"""The classes of lines and words in hOCR."""


def parse_xml(text: str) -> Element:
    """The root element, after repairs: pdftohtml nests wrongly. Raises BrokenInput if there is none."""
    parser = etree.XMLParser(
        recover=True, huge_tree=True, resolve_entities=False, no_network=True, load_dtd=False, encoding="utf-8"
    )
    root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    if root is None:
        raise BrokenInput("expected XML with texts and their places, saw no element: make the file again")
    return root


def read_pdf2xml(text: str) -> list[Page]:
    """The pages that `pdftohtml -xml` writes: strings of one font, in whole pixels."""
    fonts: dict[str, tuple[float, str]] = {}
    pages = []
    for page in _all(parse_xml(text), "page"):
        for font in _all(page, "fontspec"):
            fonts[font.get("id", "")] = _number(font, "size"), font.get("family", "") + font.get("color", "")
        texts = [text for element in _all(page, "text") for text in _string(element, fonts)]
        pages.append(Page((_number(page, "width"), _number(page, "height")), texts))
    return pages


def _string(element: Element, fonts: Mapping[str, tuple[float, str]]) -> Iterator[Text]:
    """Yield the text of a string, and the space at its ends."""
    words = _words(element)
    left, top = _number(element, "left"), _number(element, "top")
    box = left, top, left + _number(element, "width"), top + _number(element, "height")
    size, style = fonts.get(element.get("font", ""), (0.0, ""))
    shown = JOINT.join(words.split()) or JOINT  # a blank one is a box
    bold = "".join(_words(part) for part in element.iter("b"))
    if bold.strip():
        style += " bold"
        if bold.split() != words.split():
            shown = shown.replace(JOINT, " ")  # partly bold: its width tells nothing
    text = boxed(shown, box, size, style)
    if shown != JOINT and words[:1].isspace():
        yield text._replace(text=" ", x1=text.x0)
    yield text
    if shown != JOINT and words[-1:].isspace():
        yield text._replace(text=" ", x0=text.x1)


def read_bbox(text: str) -> list[Page]:
    """The pages that `pdftotext -bbox` and `-bbox-layout` write: words."""
    root = parse_xml(text)
    return [
        Page(
            (_number(page, "width"), _number(page, "height")),
            [
                boxed(word, _box_of(element, ("xMin", "yMin", "xMax", "yMax")))
                for element in _all(page, "word")
                if (word := _words(element).strip())
            ],
        )
        for page in _all(root, "page")
    ]


def read_stext(text: str) -> list[Page]:
    """The pages that MuPDF writes as structured text: characters, with their font."""
    return [
        Page((_number(page, "width"), _number(page, "height")), list(_stext(page)))
        for page in _all(parse_xml(text), "page")
    ]


def _stext(page: Element) -> Iterator[Text]:
    for font in _all(page, "font"):
        size = _number(font, "size")
        for char in _all(font, "char"):
            sign = char.get("c", "")
            quad = _numbers(char.get("quad") or char.get("bbox") or "")
            if sign.strip() and len(quad) >= 4:
                x0, x1 = min(quad[::2]), max(quad[::2])
                yield Text(sign, x0, x1, _number(char, "y"), size, font.get("name", ""))


def read_alto(text: str) -> list[Page]:
    """The pages of an ALTO file: words, of which those that a line's end cuts stand in two parts."""
    return [
        Page((_number(page, "WIDTH"), _number(page, "HEIGHT")), list(_alto(page)))
        for page in _all(parse_xml(text), "Page")
    ]


def _alto(page: Element) -> Iterator[Text]:
    for line in _all(page, "TextLine"):
        top, height = _number(line, "VPOS"), _number(line, "HEIGHT")
        for word in _all(line, "String"):
            left = _number(word, "HPOS")
            if shown := word.get("CONTENT", "").strip():
                yield boxed(shown, (left, top, left + _number(word, "WIDTH"), top + height))


def read_hocr(text: str) -> list[Page]:
    """The pages of hOCR: words, in the pixels of the scanned page."""
    pages = []
    for page in _of_class(parse_html(text), ("ocr_page",)):
        box = _title_box(page)
        if box is None:
            raise BrokenInput(
                f"expected the size of a page (hOCR) in line {page.sourceline}, seen {page.get('title')!r}"
            )
        pages.append(Page((box[2], box[3]), list(_hocr(page))))
    return pages


def _hocr(page: Element) -> Iterator[Text]:
    for line in _of_class(page, LINES):
        around = _title_box(line)
        for word in _of_class(line, WORDS):
            box = _title_box(word)
            if box and around and (shown := _words(word).strip()):
                yield boxed(shown, (box[0], around[1], box[2], around[3]))


def _of_class(element: Element, names: tuple[str, ...]) -> Iterator[Element]:
    return (inner for inner in element.iter(etree.Element) if not set(names).isdisjoint(inner.get("class", "").split()))


def _title_box(element: Element) -> tuple[float, float, float, float] | None:
    match = BOX.search(element.get("title", ""))
    if match is None:
        return None
    x0, top, x1, bottom = map(float, match[1].split())
    return x0, top, x1, bottom


def _all(element: Element, name: str) -> Iterator[Element]:
    """The elements below with this name, in whatever namespace."""
    return element.iter(f"{{*}}{name}")


def _words(element: Element) -> str:
    return "".join(map(str, element.itertext()))


def _numbers(value: str) -> list[float]:
    return [float(number) for number in NUMBER.findall(value)]


def _number(element: Element, name: str) -> float:
    """The number that an attribute holds. Raises BrokenInput if it holds none."""
    value = element.get(name, "")
    if not NUMBER.fullmatch(value):
        raise BrokenInput(
            f"expected a number as {name} of <{etree.QName(element).localname}> in line {element.sourceline}, "
            f"seen {value!r}: the file is damaged, make it again"
        )
    return float(value)


def _box_of(element: Element, names: tuple[str, str, str, str]) -> tuple[float, float, float, float]:
    x0, top, x1, bottom = (_number(element, name) for name in names)
    return x0, top, x1, bottom
