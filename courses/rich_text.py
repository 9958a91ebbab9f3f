"""Markdown to the little HTML that a lesson may hold. Pure."""

import re

import markdown
import nh3

# The tags of `courses.blocks.RICH_TEXT_FEATURES`: what an editor can also make in Wagtail.
TAGS = frozenset({"h2", "h3", "h4", "p", "strong", "em", "ul", "ol", "li", "a", "hr", "br"})
ATTRIBUTES = {"a": {"href"}}
URL_SCHEMES = {"http", "https", "mailto", "tel"}

NO_BREAK = "\u00a0"
THIN_NO_BREAK = "\u202f"


def to_html(text: str) -> str:
    """Return the HTML of a Markdown text, reduced to the tags that RichText keeps.

    French spaces become unbreakable: no line of a phone starts with a colon or a guillemet.
    """
    html = markdown.markdown(french_spaces(text.strip()), extensions=["sane_lists"])
    return nh3.clean(
        html, tags=set(TAGS), attributes=ATTRIBUTES, url_schemes=URL_SCHEMES, link_rel=None
    )


def french_spaces(text: str) -> str:
    """Return `text` with unbreakable spaces where French typography wants them."""
    text = re.sub(r"(?<=\S) ([:;?!»])", rf"{NO_BREAK}\1", text)
    text = re.sub(r"« (?=\S)", f"«{NO_BREAK}", text)
    text = re.sub(r"(?<=\d) (?=\d{3}(?!\d))", THIN_NO_BREAK, text)
    return re.sub(r"(?<=\d) (?=FCFA|%)", NO_BREAK, text)


def plain_spaces(text: str) -> str:
    """Return `text` with ordinary spaces where `french_spaces` makes them unbreakable."""
    text = re.sub(rf"{NO_BREAK}(?=[:;?!»])", " ", text)
    text = re.sub(rf"(?<=«){NO_BREAK}", " ", text)
    text = re.sub(rf"(?<=\d){THIN_NO_BREAK}(?=\d{{3}}(?!\d))", " ", text)
    return re.sub(rf"(?<=\d){NO_BREAK}(?=FCFA|%)", " ", text)
