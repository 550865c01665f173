"""Text of a document made safe to show to a person."""


def printable(text: str) -> str:
    r"""The text on one line, with whatever could steer a terminal written out as an escape.

    A document's text is foreign: it may hold control characters, characters that turn the direction of writing, halves
    of surrogate pairs. White space of any kind becomes a space.

    >>> printable("Zoë \x1b[31m Ltd.\n\u202egnp")
    'Zoë \\x1b[31m Ltd. \\u202egnp'
    """
    return "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    if character.isprintable():
        return character
    return " " if character.isspace() else character.encode("unicode_escape").decode("ascii")
