"""The text of a page as PDFium reads it, in strings of characters that stand close behind each other.

PDFium tells the place of each character, at the cost of a call; so a string is placed by its beginning, and by the
widths of its characters. Where its end is not where they say, it is read character by character.
"""

import math
from collections.abc import Iterator, Sequence
from ctypes import addressof, c_char, c_float
from dataclasses import dataclass
from itertools import accumulate, compress, groupby, pairwise, repeat
from struct import unpack
from typing import Final, NamedTuple

import regex
from pdfminer.utils import mult_matrix

from extractor.readers import pdf_calls as pdfium
from extractor.readers.pdf_drawing import (
    HIDDEN_MODES,
    LIGHT,
    STROKED,
    STROKED_ONLY,
    UNKNOWN,
    Box,
    quarter_of,
)
from extractor.readers.pdf_objects import IDENTITY, Scene, Unsure, find_lost, lightness
from extractor.readers.pdf_signs import LIKE, SYMBOL_FONT, symbol

HYPHENS: Final = str.maketrans({"\x02": "-", "\ufffe": "-"})
"""What PDFium gives for a hyphen at the end of a line, by its functions."""

RIGHT_TO_LEFT: Final = regex.compile(r"[\p{bc=R}\p{bc=AL}]")

HYPHEN: Final = regex.compile(r"-(?!\Z)")
"""A hyphen with a character behind it."""

BREAKS: Final = str.maketrans("\r\n", "  ")
"""What PDFium may have put between characters, besides spaces."""

LEVEL: Final = 1e-4
"""How much the direction of level text may differ from 0."""

NEAR: Final = 0.1
"""How far, in sizes of the font, a character may stand from where the widths before it say."""

EXACT: Final = 0.06
"""How far a string may end from where the widths say; less than the narrowest gap that parts words."""

RISE: Final = 0.01
"""How far the base lines of a string's parts may differ, in sizes of the font."""


Span = tuple[int, int, int]
"""An object, and the first and the end of the characters that it draws."""


class Widths(dict[str, float]):
    """The widths of a font's characters in sizes of the font, read when they are first asked for."""

    def __init__(self, font: int) -> None:
        super().__init__()
        self.font = font

    def __missing__(self, sign: str) -> float:
        width = c_float()
        pdfium.glyph_width(self.font, ord(sign), 1.0, addressof(width))
        self[sign] = width.value
        return width.value


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """How a text object is drawn.

    size: of its font as drawn. stretch: what a width of 1 comes to along the line. along: the line's direction as a
    unit vector. style, light and hidden: as a glyph's. symbols: the font is one of signs. widths: of its characters.
    level: it runs from left to right. quarter: the quarter turns, against the clock, of its direction, if not slanted.
    """

    size: float
    stretch: float
    along: tuple[float, float]
    style: str
    light: bool
    hidden: bool
    symbols: str
    widths: Widths
    level: bool
    quarter: int | None


Part = tuple[int, int, float, float, float]
"""What one object draws, or characters of it: their first and end by number, both 0 for a lost blank; where they begin
(x, y); their length along the line."""


class String(NamedTuple):
    """Characters of one look on one base line, part by part. turn: of its first object in the page's drawing."""

    texts: list[str]
    look: Look
    turn: int
    parts: list[Part]


Shown = tuple[int, int, int, Look, float, float, Box | None]
"""What an object draws: its turn, the first and the end of its characters, how, from where (x, y), and its clip."""


class Fonts:
    """The looks of a document's text, each made once."""

    def __init__(self) -> None:
        self.known: dict[tuple[int, int, bytes, bytes], Look] = {}
        self._looks: dict[tuple[object, ...], Look] = {}
        self._fonts: dict[int, tuple[str, str, Widths]] = {}

    def look(self, font: int, matrix: tuple[float, ...], size: float, color: tuple[int, ...], mode: int) -> Look:
        """The look of text with these properties. matrix: without its place. color: red, green, blue, opacity."""
        key = (font, matrix, size, color, mode)
        known = self._looks.get(key)
        if known is None:
            known = self._looks[key] = self._make(font, matrix, size, color, mode)
        return known

    def _make(self, font: int, matrix: tuple[float, ...], size: float, color: tuple[int, ...], mode: int) -> Look:
        name, symbols, widths = self._font(font)
        a, b, c, d = matrix
        scale = math.hypot(a, b) or 1.0
        sense = math.copysign(1, size)
        return Look(
            size=abs(size) * math.hypot(c, d),
            stretch=abs(size) * scale,
            along=(sense * a / scale, sense * b / scale),
            style=f"{name} {color[:3]}",
            light=lightness(color) >= LIGHT,
            hidden=mode in HIDDEN_MODES or color[3] == 0,
            symbols=symbols,
            widths=widths,
            level=abs(b) < LEVEL * scale and sense * a > 0,
            quarter=quarter_of(sense * a, sense * b),
        )

    def _font(self, font: int) -> tuple[str, str, Widths]:
        if font not in self._fonts:
            name = pdfium.font_name(font)
            match = SYMBOL_FONT.search(name)
            self._fonts[font] = name, (match.lastgroup or "") if match else "", Widths(font)
        return self._fonts[font]


class Chars:
    """The characters of a page, by their numbers."""

    def __init__(self, text_page: int) -> None:
        self._page = text_page
        self.count = max(pdfium.count_chars(text_page), 0)

    def text(self) -> str:
        """Return the characters, one each."""
        buffer = (c_char * (2 * self.count + 2))()
        units = pdfium.text_between(self._page, 0, self.count, addressof(buffer))
        text = buffer.raw[: 2 * max(units - 1, 0)].decode("utf-16-le", "replace")
        if len(text) != self.count:
            text = "".join(map(chr, map(pdfium.char_unicode, repeat(self._page), range(self.count))))
        return text

    def spans(self, text: str) -> Iterator[Span]:
        """Yield what each object draws behind each other. text: all the characters.

        PDFium tells the objects one after the other. So where it has put nothing between the characters of a stretch,
        and the first and the last belong to one object, all of them do.
        """
        stretches = self._stretches(text)
        firsts, lasts = self._owners([first for first, _ in stretches]), self._owners([end - 1 for _, end in stretches])
        for (first, end), owner, last in zip(stretches, firsts, lasts, strict=True):
            if owner != last:
                yield from _spans(self._owners(range(first, end)), first)
            elif owner:
                yield owner, first, end

    def _stretches(self, text: str) -> list[tuple[int, int]]:
        """The first and the end of each stretch between what PDFium has put between the characters."""
        pieces = accumulate(map(len, text.translate(BREAKS).split(" ")))
        breaks = [end + before for before, end in enumerate(pieces)][:-1]
        own = compress(breaks, pdfium.numbered(pdfium.char_generated, self._page, breaks))
        return [(one + 1, other) for one, other in pairwise((-1, *own, len(text))) if other - one > 1]

    def _owners(self, numbers: Sequence[int]) -> list[int | None]:
        """The text objects that draw some characters."""
        return list(pdfium.numbered(pdfium.char_object, self._page, numbers))

    def unknown(self) -> set[int]:
        """The characters of which the PDF does not say what they are."""
        flags = list(pdfium.numbered(pdfium.char_unknown, self._page, range(self.count)))
        return {index for index, flag in enumerate(flags) if flag} if any(flags) else set()

    def origins(self, numbers: Sequence[int]) -> list[tuple[float, float]]:
        """Where some characters begin on their base lines."""
        return pdfium.ORIGINS.numbered(self._page, numbers)

    def reaches(self, places: Sequence[tuple[int, float, float, Look]]) -> Iterator[float | None]:
        """Yield how far from a point each character ends along its line; None if the line is slanted.

        places: the characters' numbers, the points, and how they are drawn.
        """
        boxes = pdfium.LOOSE.numbered(self._page, [index for index, _, _, _ in places])
        for (_, x, y, look), (left, top, right, bottom) in zip(places, boxes, strict=True):
            if look.quarter == 0:
                yield right - x
            elif look.quarter is None:
                yield None
            else:
                yield (right - x, max(top, bottom) - y, x - left, y - min(top, bottom))[look.quarter]


def read_strings(chars: Chars, scene: Scene, fonts: Fonts) -> list[String]:
    """Return a page's text in the order in which it is drawn; raise Unsure where it is not told surely."""
    text = chars.text().translate(HYPHENS)
    if not text.isascii() and RIGHT_TO_LEFT.search(text):
        raise Unsure("text that runs from right to left")
    told = list(chars.spans(text))
    told += [(blank, 0, 0) for blank in find_lost(scene, {owner for owner, _, _ in told})]
    spans = sorted([(scene.texts[owner][1], first, end, owner) for owner, first, end in told])
    return list(_checked(chars, _joined(chars, text, list(_shown(chars, spans, scene, fonts)))))


def _joined(chars: Chars, text: str, shown: Sequence[Shown]) -> list[String]:
    """The strings of a page's objects; those that go on one another as one. text: all the characters."""
    unknown = chars.unknown()
    strings: list[String] = []
    last: String | None = None
    for turn, first, end, look, x, y, clip in shown:
        plain = text[first:end] if end else " "
        part = first, end, x, y, sum(map(look.widths.__getitem__, plain)) * look.stretch
        if unknown or look.symbols or not plain.isprintable():
            plain = _signs(plain, first, look, unknown)
        if clip is not None and not _is_within(clip, look, part):
            strings += _within(clip, chars, String([plain], look, turn, [part]))
            last = strings[-1] if strings else None
        elif last is not None and look is last.look and _goes_on(last.parts[-1], look, part):
            last.texts.append(plain)
            last.parts.append(part)
        else:
            last = String([plain], look, turn, [part])
            strings.append(last)
    return strings


def _is_within(clip: Box, look: Look, part: Part) -> bool:
    """Whether all of a part shows within a clip."""
    if not look.level:
        return clip.covers(_ink(look, part))
    _, _, x, y, length = part
    left, low, right, high = clip
    return left <= x and x + length <= right and low <= y + 0.3 * look.size <= high


def _ink(look: Look, part: Part) -> Box:
    """The line through the midst of a part's ink, in PDF's coordinates, as a rectangle."""
    _, _, x, y, length = part
    (ex, ey), rise = look.along, 0.3 * look.size
    x0, y0 = x - rise * ey, y + rise * ex
    x1, y1 = x0 + length * ex, y0 + length * ey
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _within(clip: Box, chars: Chars, string: String) -> Iterator[String]:
    """Yield the characters of a string that show within a clip."""
    for sign in spell(chars, string):
        if clip.holds(_ink(sign.look, sign.parts[0]).middle):
            yield sign


def _spans(owners: Sequence[int | None], first: int) -> Iterator[Span]:
    """Yield what each object draws of some characters, the first of which has this number."""
    for owner, group in groupby(owners):
        end = first + len(list(group))
        if owner:
            yield owner, first, end
        first = end


def _shown(chars: Chars, spans: Sequence[tuple[int, int, int, int]], scene: Scene, fonts: Fonts) -> Iterator[Shown]:
    """Yield what objects draw. spans: their turns, the first and the end of their characters, and they."""
    owners = [owner for _, _, _, owner in spans]
    rows = zip(map(pdfium.text_font, owners), map(pdfium.text_mode, owners), pdfium.TEXTS.each(owners), strict=True)
    again = [span[1] for before, span in pairwise(spans) if before[0] == span[0]]
    places, last = iter(chars.origins(again)), 0
    for (turn, first, end, owner), (font, mode, (turned, x, y, paint)) in zip(spans, rows, strict=True):
        _, _, outer, clip = scene.texts[owner]
        look = fonts.known.get((font, mode, turned, paint)) if outer is IDENTITY else None
        if look is None:
            matrix, (size, *rgba) = (*unpack("4f", turned), x, y), unpack("f4i", paint)
            if outer is not IDENTITY:
                matrix = mult_matrix(matrix, outer)
                x, y = matrix[4:]
            color = _with_outline(owner, tuple(rgba), mode) if mode in STROKED else tuple(rgba)
            look = fonts.look(font, matrix[:4], size, color, mode)
            if outer is IDENTITY and mode not in STROKED:
                fonts.known[font, mode, turned, paint] = look
        if turn == last:
            x, y = next(places)
        last = turn
        yield turn, first, end, look, x, y, clip


def _with_outline(owner: int, fill: tuple[int, ...], mode: int) -> tuple[int, ...]:
    """The darker colour of text whose outline is drawn."""
    (line,) = pdfium.LINES.each([owner])
    return line if mode in STROKED_ONLY else min(fill, line, key=lightness)


def _signs(plain: str, first: int, look: Look, unknown: set[int]) -> str:
    """Some characters, from number `first` on, as they are shown."""
    own = plain
    if look.symbols:
        return "".join(_symbol(sign, look, first + at in unknown) for at, sign in enumerate(own))
    if unknown and not unknown.isdisjoint(range(first, first + len(own))):
        own = "".join(UNKNOWN if first + at in unknown else sign for at, sign in enumerate(own))
    if own.isprintable():
        return own
    return "".join(UNKNOWN if sign < " " and not sign.isspace() else sign for sign in own)


def _symbol(sign: str, look: Look, unknown: bool) -> str:
    """A character of a font of signs. unknown: it is the font's own code; else PDFium may have taken it for a letter.

    ASCII codes are the same in all encodings that it may have taken.
    """
    if unknown or sign.isascii():
        return symbol(ord(sign), look.symbols)
    sign = LIKE.get(sign, sign)
    if ord(sign) < 0x2000:
        raise Unsure("a font of signs that does not say which ones it draws")
    return sign


def _goes_on(last: Part, look: Look, part: Part) -> bool:
    """Whether a part of a look goes on after another of the same look."""
    if not look.level:
        return False
    _, _, x, y, length = last
    _, _, x1, y1, _ = part
    return abs(y1 - y) <= RISE * look.size and abs(x1 - x - length) <= NEAR * look.size


def _checked(chars: Chars, strings: Sequence[String]) -> Iterator[String]:
    """Yield the strings that end where the widths of their characters say, and the characters of the others."""
    ends = []
    for _, look, _, parts in strings:
        _, end, x, y, _ = parts[-1]
        ends.append((end - 1, x, y, look))
    for string, reach in zip(strings, chars.reaches(ends), strict=True):
        _, end, _, _, length = string.parts[-1]
        told = not end or reach is None or abs(reach - length) <= EXACT * string.look.size
        if told and not ("-" in "".join(string.texts) and _has_gap(chars, string)):
            yield string
        else:
            yield from spell(chars, string)


def _has_gap(chars: Chars, string: String) -> bool:
    """Whether a gap follows a hyphen: the one place where PDFium puts no space into a gap."""
    look = string.look
    wide = look.widths["-"] * look.stretch + NEAR * look.size
    each = zip(string.texts, string.parts, strict=True)
    at = [first + match.start() for text, (first, *_) in each if "-" in text for match in HYPHEN.finditer(text)]
    ahead = chars.origins([index + 1 for index in at])
    return any(math.dist(one, other) > wide for one, other in zip(chars.origins(at), ahead, strict=True))


def spell(chars: Chars, string: String) -> Iterator[String]:
    """Yield the characters of a string, each by itself, where PDFium says that it stands."""
    for text, part in zip(string.texts, string.parts, strict=True):
        if part[1]:
            yield from _spell(chars, string, part, text)
        else:
            yield string._replace(texts=[text], parts=[part])


def _spell(chars: Chars, string: String, part: Part, text: str) -> Iterator[String]:
    look = string.look
    ex, ey = look.along
    first, after, _, _, _ = part
    numbers = range(first, after)
    places = chars.origins(numbers)
    reaches = chars.reaches([(index, x, y, look) for index, (x, y) in zip(numbers, places, strict=True)])
    for at, (sign, (x, y), reach) in enumerate(zip(text, places, reaches, strict=True)):
        end = look.widths[sign] * look.stretch if reach is None else reach
        if at + 1 < len(places):
            ahead = (places[at + 1][0] - x) * ex + (places[at + 1][1] - y) * ey
            if 0 < ahead < end or (sign.isspace() and _is_spaces(ahead, look)):
                end = ahead
        yield String([sign], look, string.turn, [(first + at, first + at + 1, x, y, end)])


def _is_spaces(gap: float, look: Look) -> bool:
    """Whether a gap is as wide as some spaces, of which PDFium gives only the first."""
    space = look.widths[" "] * look.stretch
    return space > 0 and gap > 0 and abs(gap / space - round(gap / space)) <= 0.02
