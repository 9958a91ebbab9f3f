"""Cut a GIFT file into items and hide its escaped characters."""

from collections.abc import Iterator
from dataclasses import dataclass

from assessments.parsed_questions import FileNote

# Escaped characters stand behind Unicode noncharacters until the item is read: no text holds them.
_ESCAPES = {
    "\\\\": ("\ufdd0", "\\"),
    "\\~": ("\ufdd1", "~"),
    "\\=": ("\ufdd2", "="),
    "\\#": ("\ufdd3", "#"),
    "\\{": ("\ufdd4", "{"),
    "\\}": ("\ufdd5", "}"),
    "\\:": ("\ufdd6", ":"),
    "\\n": ("\ufdd7", "\n"),
    "\\%": ("\ufdd8", "%"),
}


@dataclass(frozen=True)
class GiftBlock:
    """The text of one item, escapes hidden, and the line on which it starts."""

    line: int
    text: str


def hide_escapes(text: str) -> str:
    """Replace each escaped character by its stand-in."""
    for typed, (stand_in, _) in _ESCAPES.items():
        text = text.replace(typed, stand_in)
    return text


def show_escapes(text: str) -> str:
    """Put the escaped characters back, without their backslash, and trim the text."""
    text = text.strip()
    for stand_in, meant in _ESCAPES.values():
        text = text.replace(stand_in, meant)
    return text


def split_items(text: str) -> tuple[list[GiftBlock], list[FileNote]]:
    """The items of a file and the notes on the lines left aside (categories).

    Items are parted by a blank line, or by a title that opens a line once the answers are closed.
    A blank line inside the answers parts nothing, unless a title follows it: a forgotten brace
    must not swallow the rest of the file.
    """
    blocks: list[GiftBlock] = []
    ignored: list[FileNote] = []
    lines: list[str] = []
    start = 0
    for number, line, after_blank in _content_lines(text):
        if line.startswith("$CATEGORY"):
            ignored.append(FileNote(number, f"Catégorie laissée de côté : {line}"))
            continue
        if lines and _starts_anew(line, lines, after_blank=after_blank):
            blocks.append(GiftBlock(start, "\n".join(lines)))
            lines = []
        if not lines:
            start = number
        lines.append(line)
    if lines:
        blocks.append(GiftBlock(start, "\n".join(lines)))
    return blocks, ignored


def _content_lines(text: str) -> Iterator[tuple[int, str, bool]]:
    """Number and text of each line that is neither blank nor comment, and whether a blank came."""
    after_blank = False
    for number, raw in enumerate(hide_escapes(text.removeprefix("\ufeff")).split("\n"), start=1):
        line = raw.strip()
        if line.startswith("//"):
            continue
        if line:
            yield number, line, after_blank
        after_blank = not line


def _starts_anew(line: str, lines: list[str], *, after_blank: bool) -> bool:
    so_far = "\n".join(lines)
    is_open = so_far.count("{") > so_far.count("}")
    is_title = line.startswith("::")
    if after_blank:
        return is_title or not is_open
    return is_title and "}" in so_far and not is_open
