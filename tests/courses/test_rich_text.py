from courses.rich_text import french_spaces, to_html


def test_to_html_keeps_only_the_tags_of_rich_text() -> None:
    html = to_html(
        "## Titre\n\nUn <script>alert(1)</script> [lien](javascript:alert(1)) et "
        "[un autre](https://exemple.org) <span style='x'>gris</span>."
    )

    assert html == (
        '<h2>Titre</h2>\n<p>Un  <a>lien</a> et <a href="https://exemple.org">un autre</a> gris.</p>'
    )


def test_to_html_makes_lists_and_emphasis() -> None:
    assert to_html("- **un**\n- *deux*") == (
        "<ul>\n<li><strong>un</strong></li>\n<li><em>deux</em></li>\n</ul>"
    )


def test_french_spaces_are_unbreakable() -> None:
    assert french_spaces("« Oui » : 2 000 000 FCFA, 79 % ? Non !") == (
        "«\u00a0Oui\u00a0»\u00a0: 2\u202f000\u202f000\u00a0FCFA, 79\u00a0%\u00a0? Non\u00a0!"
    )


def test_french_spaces_leave_addresses_and_dates_alone() -> None:
    text = "https://exemple.org le 12 juillet 2012, loi n°2012-023"

    assert french_spaces(text) == text
