"""The little HTML of rich text as a tree in one shape, whoever wrote it. Pure.

Two HTML texts that mean the same give the same tree: an import writes `<strong>`, Wagtail's editor
writes `<b>` and gives each block a key; both count as one.
"""

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import NoReturn

from courses.rich_text import NO_BREAK, TAGS, THIN_NO_BREAK, plain_spaces

SAME_AS = {"b": "strong", "i": "em"}
VOID = frozenset({"br", "hr"})
INLINE = frozenset({"strong", "em", "a", "br"})
HOLDS_BLOCKS = frozenset({"", "ul", "ol", "li"})
IGNORED_ATTRIBUTES = frozenset({"data-block-key"})  # the editor's own bookkeeping
ALL_SPACES = f" {NO_BREAK}{THIN_NO_BREAK}"
SPACES = re.compile(r"[ \t\r\n\f]+")


class CannotWrite(ValueError):
    """A content that the folder's format has no way to say; the text is a French sentence."""


@dataclass(frozen=True, slots=True)
class Element:
    """A tag; `tag` is "" for the whole text. `href` is for links only."""

    tag: str
    href: str
    children: tuple["Node", ...]


Node = Element | str


def tree_of(html: str) -> Element:
    """Return the tree of a rich text. Raises CannotWrite for a tag or an attribute outside it."""
    parser = _TreeParser()
    parser.feed(html)
    parser.close()
    return parser.whole()


def text_of(node: Node) -> str:
    """The words, without tags."""
    if isinstance(node, str):
        return node
    return "".join(text_of(child) for child in node.children)


def is_inline(node: Node) -> bool:
    return isinstance(node, str) or node.tag in INLINE


class _TreeParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[tuple[str, str, list[Node]]] = [("", "", [])]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = SAME_AS.get(tag, tag)
        if tag not in TAGS:
            _refuse(f"« <{tag}> »")
        href = ""
        for name, value in attrs:
            if tag == "a" and name == "href":
                href = value or ""
            elif name not in IGNORED_ATTRIBUTES:
                _refuse(f"l'attribut « {name} » de <{tag}>")
        if tag in VOID:
            self._open[-1][2].append(Element(tag, "", ()))
        else:
            self._open.append((tag, href, []))

    def handle_endtag(self, tag: str) -> None:
        tag = SAME_AS.get(tag, tag)
        if tag in VOID:
            return
        if self._open[-1][0] != tag or len(self._open) == 1:
            _refuse(f"une balise </{tag}> mal placée")
        name, href, children = self._open.pop()
        self._open[-1][2].append(Element(name, href, _in_order(name, children)))

    def handle_data(self, data: str) -> None:
        self._open[-1][2].append(data)

    def whole(self) -> Element:
        if len(self._open) != 1:
            _refuse(f"une balise <{self._open[-1][0]}> qui n'est pas fermée")
        return Element("", "", _in_order("", self._open[0][2]))


def _in_order(tag: str, children: list[Node]) -> tuple[Node, ...]:
    """Children in one shape: no empty block, spaces single, none at the ends of a block."""
    if tag in HOLDS_BLOCKS:
        return _blocks(tag, children)
    nodes = _inline(children)
    return nodes if tag in INLINE else _trimmed(nodes)


def _blocks(tag: str, children: list[Node]) -> tuple[Node, ...]:
    """In a list item, words and lists may follow each other; elsewhere only blocks are kept."""
    blocks: list[Node] = []
    run: list[Node] = []
    for child in [*children, None]:
        if child is not None and is_inline(child):
            run.append(child)
            continue
        words = _trimmed(_inline(run))
        if words and tag == "":
            blocks.append(Element("p", "", words))
        elif words and tag != "li":
            _refuse("un texte hors d'un paragraphe")
        else:
            blocks += words
        run = []
        if child is not None and not _is_empty(child):
            blocks.append(child)
    return tuple(blocks)


def _is_empty(node: Node) -> bool:
    return isinstance(node, Element) and node.tag != "hr" and not node.children


def _inline(children: list[Node]) -> tuple[Node, ...]:
    """Join the texts, move spaces out of bold, italic and links, drop what is empty."""
    nodes: list[Node] = []
    for child in children:
        for piece in _spaces_out(child):
            _append(nodes, piece)
    return tuple(nodes)


def _spaces_out(node: Node) -> list[Node]:
    if isinstance(node, str):
        return [_single_spaces(node)]
    if node.tag == "br" or not node.children:
        return [node] if node.tag == "br" else []
    first, last = node.children[0], node.children[-1]
    before = " " if isinstance(first, str) and first.startswith(" ") else ""
    after = " " if isinstance(last, str) and last.endswith(" ") else ""
    inner = _trimmed(node.children, " ")
    if not inner:
        return [before or after]
    return [before, Element(node.tag, node.href, inner), after]


def _single_spaces(text: str) -> str:
    """Plain spaces, one at a time: an unbreakable one beside another becomes plain, then one."""
    return SPACES.sub(" ", plain_spaces(SPACES.sub(" ", text)))


def _append(nodes: list[Node], piece: Node) -> None:
    last = nodes[-1] if nodes else None
    if isinstance(piece, str):
        if isinstance(last, str):
            nodes[-1] = _single_spaces(last + piece)
        elif piece:
            nodes.append(piece)
    elif (
        isinstance(last, Element)
        and piece.tag != "br"
        and (last.tag, last.href) == (piece.tag, piece.href)
    ):
        nodes[-1] = Element(piece.tag, piece.href, _inline([*last.children, *piece.children]))
    else:
        nodes.append(piece)


def _trimmed(nodes: tuple[Node, ...], spaces: str = ALL_SPACES) -> tuple[Node, ...]:
    """Without spaces at the ends, nor around a line break."""
    kept: list[Node] = []
    for position, node in enumerate(nodes):
        if not isinstance(node, str):
            kept.append(node)
            continue
        text = node
        if position == 0 or _is_break(nodes[position - 1]):
            text = text.lstrip(spaces)
        if position == len(nodes) - 1 or _is_break(nodes[position + 1]):
            text = text.rstrip(spaces)
        if text:
            kept.append(text)
    return tuple(kept)


def _is_break(node: Node) -> bool:
    return isinstance(node, Element) and node.tag == "br"


def _refuse(what: str) -> NoReturn:
    raise CannotWrite(f"le texte contient {what}, que le dossier ne sait pas écrire.")
