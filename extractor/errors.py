"""The errors of the toolkit, one tree.

    ExtractorError
    ├── UnreadableInput      the bytes cannot be read as text, HTML, XML or PDF
    │   ├── EmptyInput       nothing, or nothing but white space
    │   ├── BinaryInput      a kind of file that holds no filing text (an image, a ZIP, ...)
    │   ├── BrokenInput      a PDF or XML that is damaged or cut short
    │   ├── EncryptedInput   a PDF that asks for a password
    │   ├── ImageOnlyInput   a PDF whose pages hold pictures but no text
    │   └── SeveralFilings   more than one filing in one document
    ├── NotAFormD            readable, but no filing of Form D
    └── MissingProgram       an output needs a program that is not installed

A document raises; a field never does: what is wrong with a field is a `Problem` of the result.
"""


class ExtractorError(Exception):
    """Any error the toolkit raises on purpose; its text says what was expected, what was seen and what to do."""


class UnreadableInput(ExtractorError):
    """The input cannot be read at all."""


class EmptyInput(UnreadableInput):
    """The input holds no text."""


class BinaryInput(UnreadableInput):
    """The input is a kind of file that holds no filing text."""


class BrokenInput(UnreadableInput):
    """The input is damaged or cut short."""


class EncryptedInput(UnreadableInput):
    """The input asks for a password."""


class ImageOnlyInput(UnreadableInput):
    """The input holds pictures of pages but no text."""


class SeveralFilings(UnreadableInput):
    """The input holds more than one filing."""


class NotAFormD(ExtractorError):
    """The input is readable but is no filing of Form D."""


class MissingProgram(ExtractorError):
    """A program that an output needs is not installed."""
