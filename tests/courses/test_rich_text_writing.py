import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.rich_text import french_spaces, plain_spaces, to_html
from courses.rich_text_tree import CannotWrite, tree_of
from courses.rich_text_writing import in_one_shape, to_markdown


@pytest.mark.parametrize(
    "markdown",
    [
        "Un texte : oui.",
        "## Titre\n\nUn *mot* et un **autre _mot_ fort**.",
        "- un\n- deux\n\nFin.",
        "1. un\n2. deux\n    - sous\n    - sous",
        "- un\n\n- deux",
        "Avant  \naprès",
        "[le plan](https://exemple.org/a_b?c=d&e=f) et [courriel](mailto:a@exemple.org)",
        "---",
        "1\\. n'est pas une liste",
        "\\# ni un titre",
        "\\- ni un tiret",
        "5 000 000 FCFA et « 12 % » !",
        "Un \\_souligné\\_, un \\*astre\\*, un \\[crochet\\]",
        "2 < 3 & 4 > 1",
        "&lt;b> n'est pas du gras",
    ],
)
def test_to_markdown_writes_back_what_was_read(markdown: str) -> None:
    html = to_html(markdown)

    assert to_markdown(html) == markdown
    assert in_one_shape(html) == html


@pytest.mark.parametrize(
    ("wagtail", "markdown"),
    [
        ('<p data-block-key="x1">Un <b>mot </b>fort</p>', "Un **mot** fort"),
        ("<p><b>a</b><b>b</b> <i></i></p><p></p>", "**ab**"),
        ("<p>a<br/>b</p>", "a  \nb"),
        ("<ul><li data-block-key='y'>un</li><li>deux<ul><li>sous</li></ul></li></ul>",
         "- un\n- deux\n    - sous"),
        ("<p>Quoi\u00a0?</p><hr/><h3>Ici</h3>", "Quoi ?\n\n---\n\n### Ici"),
        ("<p>::: pas un encadré</p>", "&#58;:: pas un encadré"),
        ("<p>0 \u00a0:</p>", "0 :"),
        ("<p>-- -</p>", "\\-- -"),
    ],
)  # fmt: skip
def test_to_markdown_reads_what_the_editor_of_wagtail_writes(wagtail: str, markdown: str) -> None:
    assert to_markdown(wagtail) == markdown
    assert tree_of(to_html(markdown)) == tree_of(wagtail)


@pytest.mark.parametrize(
    ("html", "sentence"),
    [
        ("<h1>Titre</h1>", "« <h1> »"),
        ("<p><code>x</code></p>", "« <code> »"),
        ('<p><a linktype="page" id="3">ici</a></p>', "l'attribut « linktype » de <a>"),
        ('<p class="grand">x</p>', "l'attribut « class » de <p>"),
        ("<ul><li>un</li></ul><ul><li>deux</li></ul>", "« undeux » ne s'écrit pas en Markdown"),
        ("<p>ouvert", "une balise <p> qui n'est pas fermée"),
        ("<p>a</em></p>", "une balise </em> mal placée"),
        ("<ul>hors<li>un</li></ul>", "un texte hors d'un paragraphe"),
    ],
)
def test_to_markdown_refuses_what_would_be_lost(html: str, sentence: str) -> None:
    with pytest.raises(CannotWrite, match="(?s)" + sentence.replace("(", "\\(")):
        to_markdown(html)


WORDS = st.text(
    alphabet=st.sampled_from("abéçN0129 .:;?!«»-+#*_`[]()<>&\\=\u00a0'’—/%{}|~"),
    min_size=1,
    max_size=24,
).filter(lambda text: text.strip(" \u00a0") != "")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


INLINE = st.recursive(
    WORDS.map(_escaped),
    lambda inner: st.one_of(
        inner.map(lambda html: f"<b>{html}</b>"),
        inner.map(lambda html: f"<i>{html}</i>"),
        st.lists(inner, min_size=2, max_size=3).map("".join),
    ),
    max_leaves=4,
)
PARAGRAPH = INLINE.map(lambda html: f"<p>{html}</p>")
LISTS = st.tuples(st.sampled_from(["ul", "ol"]), st.lists(INLINE, min_size=1, max_size=3)).map(
    lambda pair: f"<{pair[0]}>{''.join(f'<li>{item}</li>' for item in pair[1])}</{pair[0]}>"
)
BLOCKS = st.lists(
    st.one_of(PARAGRAPH, LISTS, INLINE.map(lambda html: f"<h3>{html}</h3>")), max_size=4
).map("".join)


@settings(max_examples=300, deadline=None)
@given(BLOCKS)
def test_to_markdown_keeps_the_whole_text_or_refuses(html: str) -> None:
    try:
        written = to_markdown(html)
    except CannotWrite:
        return

    assert tree_of(to_html(written)) == tree_of(html)
    assert to_markdown(to_html(written)) == written


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS.map(_escaped), min_size=1, max_size=4))
def test_to_markdown_writes_any_plain_paragraph(texts: list[str]) -> None:
    html = "".join(f"<p>{text}</p>" for text in texts)

    assert tree_of(to_html(to_markdown(html))) == tree_of(html)


@given(st.text(alphabet="ab 01259:;?!«»%FCA\u00a0", max_size=30))
def test_plain_spaces_undoes_french_spaces(text: str) -> None:
    typeset = french_spaces(text)

    assert french_spaces(plain_spaces(typeset)) == french_spaces(plain_spaces(french_spaces(text)))
    assert plain_spaces(french_spaces(plain_spaces(text))) == plain_spaces(text)
