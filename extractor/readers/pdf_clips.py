"""The part of a page on which an object shows, as PDFium has it: the rectangle around each path that clips it."""

from collections.abc import Sequence
from itertools import repeat

from pdfminer.utils import Matrix

from extractor.readers import pdf_calls as pdfium
from extractor.readers.pdf_drawing import NOWHERE, Box
from extractor.readers.pdf_paths import around, placed


class Clips:
    """The clips of a page's objects. Many objects share one, by its last path."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], Box] = {}

    def of(self, objects: Sequence[int]) -> list[Box | None]:
        """Return where each object shows, in its own coordinates; None for one that is not clipped."""
        clips = list(map(pdfium.object_clip, objects))
        counts = map(pdfium.count_clips, clips)
        return [self._box(clip, count) if count > 0 else None for clip, count in zip(clips, counts, strict=True)]

    def _box(self, clip: int, count: int) -> Box:
        key = count, pdfium.clip_segment(clip, count - 1, 0)
        known = self._known.get(key)
        if known is None:
            boxes = [_around(clip, number) for number in range(count)]
            known = boxes[0]
            for box in boxes[1:]:
                known = known.common(box)
            self._known[key] = known
        return known


def _around(clip: int, number: int) -> Box:
    """The rectangle around one path of a clip."""
    count = pdfium.count_clip_segments(clip, number)
    segments = list(map(pdfium.clip_segment, repeat(clip), repeat(number), range(max(count, 0))))
    points = pdfium.POINTS.each(segments)
    return around(points) if points else NOWHERE


def clip_within(outer: Box | None, own: Box | None, matrix: Matrix | None) -> Box | None:
    """What two clips leave. outer: a form's, on the page. own: of its part. matrix: the form's; None: of the page."""
    if own is None:
        return outer
    if matrix is not None:
        own = around(placed(own.corners, matrix)) if own.x0 <= own.x1 and own.top <= own.bottom else NOWHERE
    return own if outer is None else outer.common(own)
