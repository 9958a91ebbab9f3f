"""The frame of a session: four stages, and the pages of the one that is open."""

import pytest
from django.test import Client

from accounts.enums import Role
from tests.factories.accounts import make_user
from tests.factories.trainers import make_session
from trainers.enums import SessionMode
from trainers.sessions.tabs import session_frame

pytestmark = pytest.mark.django_db


def test_stages_hold_every_page_of_a_session_once() -> None:
    frame = session_frame(make_session("SEG-1"), make_user(Role.COMMITTEE), "roster")

    assert [
        (one["label"], [page["label"] for page in one["pages"]]) for one in frame["stages"]
    ] == [
        ("Préparer", ["Préparation", "Formateurs", "Plan"]),
        ("Animer", ["Présence", "Liste", "Importer"]),
        ("Évaluer", ["Tests et résultats", "Avis", "Suivi"]),
        ("Clore", ["Pièces", "Rapport", "Validation", "Attestations"]),
    ]
    assert [one["label"] for one in frame["stages"] if one["is_current"]] == ["Animer"]


def test_online_session_has_no_list_to_import() -> None:
    session = make_session("SEG-1")
    session.mode = SessionMode.ONLINE
    stage = session_frame(session, make_user(Role.COMMITTEE), "attendance")["stages"][1]

    assert stage["label"] == "Suivre"
    assert [page["label"] for page in stage["pages"]] == ["Progression", "Liste"]


@pytest.mark.parametrize(
    "path",
    [
        *("", "liste/", "inscriptions/", "appel/saisie/", "import/", "preparation/"),
        *("preparation/modifier/", "formateurs/", "plan/", "resultats/", "avis/", "suivi/"),
        *("pieces/", "rapport/", "validation/", "attestations/"),
    ],
)
def test_each_page_says_where_it_is(client: Client, path: str) -> None:
    make_session("SEG-1")
    client.force_login(make_user(Role.COMMITTEE))
    page = client.get(f"/sessions/SEG-1/{path}").content.decode()

    frame = page.split('aria-label="Pages de la session"')[1].split("</nav>")[0]
    assert (frame.count('aria-current="true"'), frame.count('aria-current="page"')) == (1, 1)
