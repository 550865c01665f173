"""pdfminer's interpreter, with what it passes over: clipping, opacity, layers, and the cost of drawing orders."""

from collections.abc import Sequence

from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager, PDFStackT
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import PSLiteral, literal_name
from pdfminer.utils import MATRIX_IDENTITY, Matrix, apply_matrix_rect

from extractor.readers.pdf_device import BYTES, Device, Sight
from extractor.readers.pdf_drawing import NOWHERE
from extractor.readers.pdf_layers import Layers


class Interpreter(PDFPageInterpreter):
    """Runs the orders of a page, at the cost of the budget, even if they paint nothing.

    outer: the interpreter of the drawing that draws this one, which begins with the colours and text state there.
    """

    def __init__(
        self, resources: PDFResourceManager, device: Device, layers: Layers, outer: "Interpreter | None" = None
    ) -> None:
        super().__init__(resources, device)
        self._device, self._layers, self._outer = device, layers, outer
        self._saved: list[Sight] = []
        self._tags: list[Sight] = []

    def dup(self) -> "Interpreter":
        """Return an interpreter for a drawing in this one."""
        return Interpreter(self.rsrcmgr, self._device, self._layers, self)

    def init_state(self, ctm: Matrix) -> None:
        """Begin a drawing."""
        super().init_state(ctm)
        if self._outer is not None:
            self.graphicstate = self._outer.graphicstate.copy()
            self.textstate = self._outer.textstate.copy()

    def render_contents(
        self, resources: dict[object, object], streams: Sequence[object], ctm: Matrix = MATRIX_IDENTITY
    ) -> None:
        """Run the orders of a page or a form."""
        for one in streams:
            stream = resolve1(one)
            if isinstance(stream, PDFStream):
                self._device.budget.spend(len(stream.get_data()) // BYTES)
        before = self._device.sight
        super().render_contents(resources, streams, ctm)
        self._device.sight = before

    def do_q(self) -> None:
        """Save the state of the drawing."""
        super().do_q()
        self._saved.append(self._device.sight)

    def do_Q(self) -> None:
        """Restore the state of the drawing; a layer lasts until its mark ends."""
        super().do_Q()
        if self._saved:
            self._device.sight = self._saved.pop()._replace(shown=self._device.sight.shown)

    def do_gs(self, name: object) -> None:
        """Set how opaque the drawing is."""
        state = resolve1(self._entry("ExtGState", name))
        values = {key: resolve1(state.get(key)) for key in ("ca", "CA")} if isinstance(state, dict) else {}
        fill, line = (
            min(max(float(value), 0.0), 1.0) if isinstance(value, int | float) else now
            for value, now in ((values.get("ca"), self._device.sight.fill), (values.get("CA"), self._device.sight.line))
        )
        self._device.sight = self._device.sight._replace(fill=fill, line=line)

    def do_W(self) -> None:
        """Clip what follows by the path that was just made: by the rectangle around it."""
        points = [(x, y) for _, *parts in self.curpath for x, y in zip(parts[::2], parts[1::2], strict=False)]
        xs, ys = [float(x) for x, _ in points], [float(y) for _, y in points]
        box = self._device.place((min(xs), min(ys), max(xs), max(ys))) if points else NOWHERE
        self._device.sight = self._device.sight.within(box)

    do_W_a = do_W

    def do_BMC(self, tag: object) -> None:
        """Begin a marked part of the drawing."""
        self._tags.append(self._device.sight)

    def do_BDC(self, tag: object, props: object) -> None:
        """Begin a marked part of the drawing, perhaps one on a layer."""
        self._tags.append(self._device.sight)
        if isinstance(tag, PSLiteral) and literal_name(tag) == "OC":
            layer = self._entry("Properties", props) if isinstance(props, PSLiteral) else props
            self._device.sight = self._seen(layer)

    def do_EMC(self) -> None:
        """End a marked part of the drawing."""
        if self._tags:
            self._device.sight = self._device.sight._replace(shown=self._tags.pop().shown)

    def do_Do(self, xobjid_arg: PDFStackT) -> None:
        """Draw a form or picture."""
        form = resolve1(self.xobjmap.get(literal_name(xobjid_arg)))
        before = self._device.sight
        if isinstance(form, PDFStream):
            self._device.sight = self._seen(form.get("OC"))
            corners, matrix = _numbers(form.get("BBox"), 4), _numbers(form.get("Matrix"), 6)
            if _is_form(form) and len(corners) == 4:
                inner = (
                    (matrix[0], matrix[1], matrix[2], matrix[3], matrix[4], matrix[5]) if matrix else MATRIX_IDENTITY
                )
                frame = apply_matrix_rect(inner, (corners[0], corners[1], corners[2], corners[3]))
                self._device.sight = self._device.sight.within(self._device.place(frame))
        super().do_Do(xobjid_arg)
        self._device.sight = before
        self._device.set_ctm(self.ctm)

    def _seen(self, layer: object) -> Sight:
        sight = self._device.sight
        return sight._replace(shown=False) if self._layers.hides(layer) else sight

    def _entry(self, kind: str, name: object) -> object:
        """A named resource, not resolved."""
        table = resolve1(self.resources.get(kind))
        return table.get(literal_name(name)) if isinstance(table, dict) and isinstance(name, PSLiteral) else None


def _is_form(stream: PDFStream) -> bool:
    kind = resolve1(stream.get("Subtype"))
    return isinstance(kind, PSLiteral) and literal_name(kind) == "Form"


def _numbers(value: object, count: int) -> list[float]:
    """So many numbers of an array, or none."""
    value = resolve1(value)
    numbers = [
        part for part in map(resolve1, value if isinstance(value, list) else ()) if isinstance(part, int | float)
    ]
    return [float(number) for number in numbers] if len(numbers) == count else []
