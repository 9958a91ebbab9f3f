"""What a printed sheet keeps of a page, and how it gets shorter when it is too long. Pure.

A sheet is one page. It is abridged by whole sentences, headings and lists first in importance:
nothing is ever cut in the middle of a sentence.
"""

import re
from collections.abc import Iterable
from typing import Any

from courses.lesson_parts import Attention, KeyPoints, Law, LessonPart, Sign, Steps, Text
from courses.rich_text_tree import Element, Node, text_of, tree_of

Block = dict[str, Any]  # {"kind": "heading" | "text" | "list" | "box", …}: what the sheet draws
WHOLE, FIRST_SENTENCES, LISTS_ONLY = "whole", "first sentences", "lists only"
SENTENCE_END = re.compile(r"(?<=[.!?])[\s\u00a0]+(?=[A-ZÀ-Ý«])")


def blocks_of(parts: Iterable[LessonPart]) -> list[Block]:
    """Return what can be read on paper: texts, lists, boxes; no exercise, picture or sound."""
    blocks: list[Block] = []
    for part in parts:
        match part:
            case Text():
                blocks += _rich(part.html)
            case Steps():
                items = [_spans(tree_of(step)) for step in part.steps]
                blocks.append({"kind": "heading", "spans": _plain(part.title)})
                blocks.append({"kind": "list", "ordered": True, "items": items})
            case KeyPoints():
                items = [_spans(tree_of(point)) for point in part.points]
                body = [{"kind": "list", "ordered": False, "items": items}]
                blocks.append(_box(part.title, body, ""))
            case Law():
                blocks.append(_box(part.title, _rich(part.html), part.reference))
            case Sign() | Attention():
                blocks.append(_box(part.title, _rich(part.html), ""))
    return blocks


def shortened(blocks: list[Block], level: str) -> list[Block]:
    """Return the blocks at a level: whole, paragraphs at their first sentence, or without them.

    A box keeps its words at every level; a heading that nothing follows any more goes with it.
    """
    if level == WHOLE:
        return blocks
    kept: list[Block] = []
    for block in blocks:
        if block["kind"] != "text":
            kept.append(block)
        elif level == FIRST_SENTENCES:
            kept.append({**block, "spans": _first_sentence(block["spans"])})
    return _without_lone_headings(kept)


def without_last_section(blocks: list[Block]) -> list[Block]:
    """Return the blocks without the last heading and what follows it, or without the last one."""
    starts = [place for place, block in enumerate(blocks) if block["kind"] == "heading"]
    last = starts[-1] if starts else len(blocks) - 1
    return blocks[: max(last, 0)]


def _rich(html: str) -> list[Block]:
    blocks: list[Block] = []
    for node in tree_of(html).children:
        if not isinstance(node, Element) or node.tag == "hr":
            continue
        if node.tag in {"ul", "ol"}:
            items = [_spans(item) for item in node.children]
            blocks.append({"kind": "list", "ordered": node.tag == "ol", "items": items})
        elif node.tag == "p":
            blocks.append({"kind": "text", "spans": _spans(node)})
        else:
            blocks.append({"kind": "heading", "spans": _spans(node)})
    return blocks


def _box(title: str, body: list[Block], source: str) -> Block:
    return {"kind": "box", "title": title, "body": body, "source": source}


def _plain(text: str) -> list[dict[str, Any]]:
    return [{"text": text, "bold": False, "italic": False}]


def _spans(node: Node, *, bold: bool = False, italic: bool = False) -> list[dict[str, Any]]:
    """The words with their weight; a list inside a list is read on with semicolons."""
    if isinstance(node, str):
        return [{"text": node, "bold": bold, "italic": italic}]
    bold, italic = bold or node.tag == "strong", italic or node.tag == "em"
    if node.tag == "br":
        return [{"text": " ", "bold": bold, "italic": italic}]
    if node.tag in {"ul", "ol"}:
        return _plain(" " + " ; ".join(text_of(item) for item in node.children))
    return [span for child in node.children for span in _spans(child, bold=bold, italic=italic)]


def _first_sentence(spans: list[dict[str, Any]]) -> list[dict[str, Any]]:
    whole = "".join(span["text"] for span in spans)
    length = len(SENTENCE_END.split(whole, maxsplit=1)[0])
    kept: list[dict[str, Any]] = []
    for span in spans:
        if length <= 0:
            break
        kept.append({**span, "text": span["text"][:length]})
        length -= len(span["text"])
    return kept


def _without_lone_headings(blocks: list[Block]) -> list[Block]:
    following = [*blocks[1:], {"kind": "heading"}]
    return [
        block
        for block, after in zip(blocks, following, strict=True)
        if block["kind"] != "heading" or after["kind"] != "heading"
    ]
