import datetime

import pytest

from trainers.awareness.event_rows import Words, read_day, read_events

WORDS = Words(
    kinds={"dialogue": "COMMUNITY_DIALOGUE", "campagne": "CAMPAIGN"},
    themes={"la loi": "LAW"},
    languages={"bamanankan": "bamanankan"},
    sectors={"transport": "TRANSPORT"},
    territories={"segou": "segou", "niono": "segou/niono"},
)
NO_HEADINGS = "Aucune ligne de titres : il faut au moins Nature, Territoire et Date."
HEADINGS = ["N°", "Nature", "Région", "Date", "Femmes", "Hommes", "Total"]


@pytest.mark.parametrize(
    "value",
    [
        datetime.date(2026, 7, 30),
        datetime.datetime(2026, 7, 30, 9, 0),  # noqa: DTZ001 as a spreadsheet gives it
        46233,
        46233.0,
        "30/07/2026",
        "30-07-26",
        "2026-07-30",
        "jeudi 30 juillet 2026",
        "le 30 juillet 2026",
    ],
)
def test_day_is_read_as_people_write_it(value: object) -> None:
    assert read_day(value) == datetime.date(2026, 7, 30)


@pytest.mark.parametrize("value", ["31/02/2026", "juillet 2026", "hier", 12, True, "", "1/2/3/4"])
def test_day_is_never_guessed(value: object) -> None:
    assert read_day(value) is None


def test_rows_are_read_under_a_title_and_above_a_total() -> None:
    sheet = read_events(
        [
            ["Actions du trimestre"],
            [],
            HEADINGS,
            [1, "Dialogue", "Région de Ségou", "30/07/2026", 12, "8", 20],
            [None, "", "", "", "", "", ""],
            [2, "campagne", "NIONO", "1er août 2026", "", "", 350],
            ["Total", "", "", "", 12, 8, 370],
            ["Fait à Ségou"],
        ],
        WORDS,
    )

    assert [(row.line, row.kind, row.territory, row.cells, row.errors) for row in sheet.rows] == [
        (4, "COMMUNITY_DIALOGUE", "segou", {("F", "ADULT"): 12, ("M", "ADULT"): 8}, ()),
        (6, "CAMPAIGN", "segou/niono", {("", "UNKNOWN"): 350}, ()),
    ]
    assert (sheet.errors, sheet.unknown) == ((), ("N°",))


def test_every_error_of_a_row_is_told() -> None:
    sheet = read_events(
        [
            [*HEADINGS, "Réponses après", "Réponses justes après", "Réponses avant"],
            ["", "Fête", "Atlantide", "31/02/2026", "beaucoup", 8, 21, 10, 11, 5],
            ["", "", "", "30/07/2026", "", "", "", "", "", ""],
        ],
        WORDS,
    )

    assert [row.errors for row in sheet.rows] == [
        (
            "La nature « Fête » n'est pas connu de la plateforme.",
            "Le territoire « Atlantide » n'est pas connu de la plateforme.",
            "La date « 31/02/2026 » ne se lit pas : écrivez 30/07/2026.",
            "« beaucoup » n'est pas un nombre de personnes.",
            "Le total (21) n'est pas la somme des effectifs (8).",
            "Il faut les réponses avant et les réponses justes avant.",
            "Il y a plus de réponses justes après que de réponses.",
        ),
        ("La nature manque.", "Le territoire manque."),
    ]


@pytest.mark.parametrize(
    ("rows", "error"),
    [
        ([], NO_HEADINGS),
        ([["Nom", "Prénom"], ["A", "B"]], NO_HEADINGS),
        ([["Nature", "Date"], ["Dialogue", "30/07/2026"]], "Il manque la colonne « Territoire »."),
    ],
)  # fmt: skip
def test_sheet_without_its_columns_is_refused(rows: list[list[object]], error: str) -> None:
    assert read_events(rows, WORDS).errors == (error,)
