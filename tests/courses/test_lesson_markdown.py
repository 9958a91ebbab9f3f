import datetime
from pathlib import Path

import pytest

from courses.folder_problems import FileReport
from courses.lesson_markdown import read_parts
from courses.lesson_parts import (
    Activity,
    Attention,
    Case,
    CaseQuestion,
    Check,
    CheckChoice,
    KeyPoints,
    Law,
    Sign,
    Steps,
    Term,
    Text,
)
from courses.media_files import MediaFolder


def read(body: str, media: Path = Path("absent")) -> tuple[list[object], list[str]]:
    report = FileReport("lecon.md")
    parts = read_parts(body, report, first_line=10, media=MediaFolder(media))
    return list(parts), [str(problem) for problem in report.problems]


def test_read_parts_keeps_text_and_boxes_in_order() -> None:
    parts, problems = read(
        "Avant.\n\n:::signe Sur elle\n- Peur visible.\n:::\n\n## Après\n\nFin : oui.\n"
    )

    assert problems == []
    assert parts == [
        Text("<p>Avant.</p>"),
        Sign("Sur elle", "<ul>\n<li>Peur visible.</li>\n</ul>"),
        Text("<h2>Après</h2>\n<p>Fin&nbsp;: oui.</p>"),
    ]


def test_read_parts_reads_a_law_with_its_reference_and_date() -> None:
    parts, problems = read(
        ':::loi Les peines {reference="Loi n°2012-023, article 7" a_jour_au="2026-11-22"}\n'
        "De cinq à dix ans.\n:::\n"
    )

    assert problems == []
    assert parts == [
        Law(
            "Les peines",
            "Loi n°2012-023, article 7",
            datetime.date(2026, 11, 22),
            "<p>De cinq à dix ans.</p>",
        )
    ]


def test_read_parts_splits_a_case_from_its_questions() -> None:
    parts, problems = read(
        ":::cas Le car\nSituation fictive. Un homme paie.\n\nIl dit :\n\n"
        "- Qui agit ? — L'homme\n  qui paie.\n- Que manque-t-il ?\n:::\n"
    )

    assert problems == []
    assert parts == [
        Case(
            "Le car",
            "<p>Un homme paie.</p>\n<p>Il dit&nbsp;:</p>",
            (
                CaseQuestion("Qui agit\u00a0?", "L'homme qui paie."),
                CaseQuestion("Que manque-t-il\u00a0?", ""),
            ),
        )
    ]


def test_read_parts_reads_a_check_with_its_right_answer() -> None:
    parts, problems = read(
        ":::verifier\nEst-ce\nun acte ?\n\n- [ ] Non. — Relisez.\n- [x] Oui. — Bien.\n:::\n"
    )

    assert problems == []
    assert parts == [
        Check(
            "Est-ce un acte\u00a0?",
            (CheckChoice("Non.", False, "Relisez."), CheckChoice("Oui.", True, "Bien.")),
        )
    ]


def test_read_parts_reads_lists_of_steps_and_key_points() -> None:
    parts, problems = read(
        ":::etapes Avant de citer\n1. **Ouvrez** le texte.\n2. Notez la date.\n:::\n"
        ":::retenir\n- Un point.\n:::\n:::attention Prudence\nNe promettez rien.\n:::\n"
    )

    assert problems == []
    assert parts == [
        Steps(
            "Avant de citer",
            ("<p><strong>Ouvrez</strong> le texte.</p>", "<p>Notez la date.</p>"),
        ),
        KeyPoints("À retenir", ("<p>Un point.</p>",)),
        Attention("Prudence", "<p>Ne promettez rien.</p>"),
    ]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (":::film Film\nTexte.\n:::", "ligne 10 : encadré inconnu « film »"),
        (':::signe T {urgence="1"}\nTexte.\n:::', "n'a pas d'attribut « urgence »"),
        (":::signe T {urgence=1}\nTexte.\n:::", "les attributs s'écrivent {nom="),
        (':::terme Un titre {slug="acte"}\n:::', "ligne 10 : l'encadré « terme » n'a pas de titre"),
        (':::terme {slug="acte"}\nTexte.\n:::', "« terme » ne contient pas de texte"),
        (":::terme\n:::", "l'encadré « terme » doit dire slug="),
        (':::terme {slug="L Acte"}\n:::', "« L Acte » n'est pas l'identifiant d'un terme"),
        (":::activite Essai\n:::", "l'encadré « activite » doit dire code="),
        (':::activite {code="x"}\n:::', "l'encadré « activite » doit porter un titre"),
        (":::signe Titre\nTexte.", "ligne 10 : cet encadré n'est pas fermé"),
        (":::signe Un\nTexte.\n:::loi Deux\n:::", "ligne 12 : l'encadré ouvert ligne 10"),
        ("Texte.\n:::\n", "ligne 11 : ligne « ::: » qui n'ouvre ni ne ferme"),
        (":::signe\nTexte.\n:::", "ligne 10 : l'encadré « signe » doit porter un titre."),
        (":::attention Titre\n\n:::", "ligne 10 : l'encadré « attention » est vide."),
        ("# Un titre\n", "ligne 10 : un titre de niveau 1"),
        (':::loi T {a_jour_au="2026-11-22"}\nTexte.\n:::', "doit dire reference"),
        (':::loi T {reference="Loi"}\nTexte.\n:::', "doit dire a_jour_au"),
        (':::loi T {reference="Loi" a_jour_au="hier"}\nTexte.\n:::', "pas « hier »"),
        (":::cas Titre\nUne histoire.\n:::", "doit finir par une liste de questions"),
        (":::cas Titre\n- Une question ?\n:::", "doit raconter une situation"),
        (":::etapes Titre\nTexte.\n\n1. Une étape.\n:::", "ne contient qu'une liste"),
        (":::verifier\n- [x] Oui.\n- [ ] Non.\n:::", "doit poser une question"),
        (":::verifier\nQuoi ?\n\n- [x] Oui.\n:::", "au moins deux réponses"),
        (":::verifier\nQuoi ?\n\n- [x] Oui.\n- [x] Non.\n:::", "une seule réponse doit être juste"),
        (":::verifier\nQuoi ?\n\n- [ ] Oui.\n- [ ] Non.\n:::", "une seule réponse doit être juste"),
        (":::verifier\nQuoi ?\n\n- [x] Oui.\n- Non.\n:::", "ligne 14 : une réponse proposée"),
    ],
)
def test_read_parts_reports_what_is_wrong(body: str, sentence: str) -> None:
    _parts, problems = read(body)

    assert any(sentence in problem for problem in problems), problems


def test_read_parts_reads_terms_and_activities() -> None:
    parts, problems = read(
        ':::terme {slug="dette"}\n:::\n:::activite Trier les faits {code="tri-1"}\n:::\n'
    )

    assert problems == []
    assert parts == [Term("dette"), Activity("Trier les faits", "tri-1")]
