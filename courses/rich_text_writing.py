"""Rich text back to Markdown, so that reading it again gives the same text. Pure.

What cannot be written is refused with a sentence: each text is read again and compared.
"""

import re

from courses.rich_text import to_html
from courses.rich_text_tree import CannotWrite, Element, Node, is_inline, text_of, tree_of

SPECIAL = re.compile(r"([\\`*_\[\]])")
TAG_LIKE = re.compile(r"<(?=[A-Za-z/!?])")
ENTITY_LIKE = re.compile(r"&(?=#?\w+;)")
LINE_START = re.compile(r"^(#|>|[-+](?=\s|$)|=+(?=\s*$)|-(?=[-\s]*$)|:::)")
NUMBERED = re.compile(r"^(\d+)\.(?=\s|$)")
LITERAL = {"#": "\\#", ">": "\\>", "-": "\\-", "+": "\\+", "=": "&#61;", ":": "&#58;"}
MARKS = {"strong": "**", "em": "*"}
EXCERPT = 60


def to_markdown(html: str) -> str:
    """Return the Markdown of a rich text, in plain spaces. Raises CannotWrite."""
    tree = tree_of(html)
    written = _blocks(tree.children)
    if tree_of(to_html(written)) != tree:
        raise CannotWrite(
            f"la mise en forme de « {_excerpt(tree)} » ne s'écrit pas en Markdown : "
            "simplifiez ce passage."
        )
    return written


def in_one_shape(html: str) -> str:
    """Return the HTML that an import would give for this text. Raises CannotWrite."""
    return to_html(to_markdown(html))


def _blocks(nodes: tuple[Node, ...]) -> str:
    return "\n\n".join(_block(node) for node in nodes)


def _block(node: Node) -> str:
    if isinstance(node, str):
        return _line(node)
    match node.tag:
        case "p":
            return _paragraph(node.children)
        case "h2" | "h3" | "h4":
            return f"{'#' * int(node.tag[1])} {_spans(node.children, inside='')}"
        case "ul" | "ol":
            return _list(node)
        case "hr":
            return "---"
    return _paragraph((node,))


def _paragraph(nodes: tuple[Node, ...]) -> str:
    lines = _spans(nodes, inside="").split("\n")
    return "\n".join(_line(line) for line in lines)


def _line(text: str) -> str:
    """A line that starts like a heading, a list or a box, and is none, says so."""
    text = NUMBERED.sub(r"\1\\.", text)
    return LINE_START.sub(lambda match: LITERAL[match[0][0]] + match[0][1:], text)


def _list(node: Element) -> str:
    is_loose = any(
        isinstance(child, Element) and child.tag == "p"
        for item in node.children
        if isinstance(item, Element)
        for child in item.children
    )
    items = []
    for number, item in enumerate(node.children, 1):
        mark = f"{number}." if node.tag == "ol" else "-"
        body = _item(item, is_loose=is_loose)
        first, *others = body.split("\n")
        indented = [f"    {line}" if line else "" for line in others]
        items.append("\n".join([f"{mark} {first}", *indented]))
    return ("\n\n" if is_loose else "\n").join(items)


def _item(item: Node, *, is_loose: bool) -> str:
    if isinstance(item, str):
        return _line(item)
    pieces: list[str] = []
    run: list[Node] = []
    for child in [*item.children, None]:
        if child is not None and is_inline(child):
            run.append(child)
            continue
        if run:
            pieces.append(_paragraph(tuple(run)))
            run = []
        if child is not None:
            pieces.append(_block(child))
    return ("\n\n" if is_loose else "\n").join(pieces)


def _spans(nodes: tuple[Node, ...], *, inside: str) -> str:
    return "".join(_span(node, inside) for node in nodes)


def _span(node: Node, inside: str) -> str:
    if isinstance(node, str):
        text = SPECIAL.sub(r"\\\1", ENTITY_LIKE.sub("&amp;", node))
        return TAG_LIKE.sub("&lt;", text)
    if node.tag == "br":
        return "  \n"
    if node.tag == "a":
        words = _spans(node.children, inside=inside)
        address = node.href if re.fullmatch(r"[^\s()<>]*", node.href) else f"<{node.href}>"
        return f"[{words}]({address})"
    mark = "_" if node.tag == "em" and inside == "strong" else MARKS.get(node.tag, "")
    return f"{mark}{_spans(node.children, inside=node.tag)}{mark}"


def _excerpt(tree: Element) -> str:
    words = " ".join(text_of(tree).split())
    return words if len(words) <= EXCERPT else f"{words[:EXCERPT]}…"
