"""The screens that prepare a session: facts, half-days, papers, state, copy, history."""

import datetime

import pytest
import time_machine
from django.contrib.auth import get_user
from django.test import Client

from accounts.enums import Role
from tests.factories.accounts import make_person, make_region, make_user
from tests.factories.trainers import attend, make_session, make_trainer, staff
from trainers.enums import EvidenceKind, SessionRole
from trainers.models import Evidence, TrainingSession
from trainers.sessions.planning import cancel_session

pytestmark = pytest.mark.django_db

PAGE = "/sessions/SEG-1/preparation/"


@pytest.fixture
def session(client: Client) -> TrainingSession:
    """A session whose trainer is signed in."""
    person = make_person("DIALLO", "Sira")
    session = make_session("SEG-1", seats=20)
    staff(session, make_trainer(person))
    client.force_login(make_user(Role.TRAINER, person=person))
    return session


def half_day_data(*lines: tuple[str, str, int], initial: int = 4) -> dict[str, object]:
    data: dict[str, object] = {"d-TOTAL_FORMS": len(lines), "d-INITIAL_FORMS": initial}
    for rank, (held_on, half, minutes) in enumerate(lines):
        data |= {f"d-{rank}-held_on": held_on, f"d-{rank}-half": half, f"d-{rank}-minutes": minutes}
    return data


def test_page_shows_what_is_settled_and_what_to_do(
    client: Client, session: TrainingSession
) -> None:
    with time_machine.travel(datetime.date(2025, 5, 1)):
        client.force_login(get_user(client))
        page = client.get(PAGE)

    assert page.context["frame"]["to_do"].text.startswith("Joignez les termes de référence")
    assert {one["term"]: one["text"] for one in page.context["facts"]}["Places"] == "20"
    assert page.context["moves"] == ["confirm", "start", "hand_in", "cancel"]
    assert [line.what for line in page.context["history"]] == ["Session ouverte"]


@pytest.mark.parametrize("slots", [1, 3])
def test_page_asks_the_database_as_often_for_1_half_day_as_for_3(
    client: Client, slots: int, django_assert_num_queries
) -> None:
    make_session("SEG-1", slot_count=slots)
    client.force_login(make_user(Role.COMMITTEE))
    client.get(PAGE)

    with django_assert_num_queries(8):
        page = client.get(PAGE)

    assert len(page.context["slots"]) == slots


@pytest.mark.parametrize(
    "path",
    ["", "modifier/", "demi-journees/", "copier/", "termes-de-reference/", "agenda/"],
)
def test_session_out_of_reach_does_not_exist(client: Client, path: str) -> None:
    make_session("SEG-1", territory=make_region("kayes", "Kayes"), venue="Lieu secret")
    for role, status in ((Role.FOCAL_POINT, 404), (Role.TRAINER, 404), (Role.PARTNER, 403)):
        client.force_login(make_user(role))
        answer = client.get(PAGE + path)
        assert answer.status_code == status
        assert b"Lieu secret" not in answer.content


@pytest.mark.parametrize("path", ["confirmer/", "rouvrir/", "annuler/", "agenda/"])
def test_observer_looks_and_changes_nothing(client: Client, path: str) -> None:
    person = make_person()
    staff(make_session("SEG-1"), make_trainer(person), SessionRole.OBSERVER)
    client.force_login(make_user(Role.TRAINER, person=person))

    assert client.get(PAGE).context["moves"] == []
    assert client.post(PAGE + path, {"reason": "Essai"}).status_code == 403
    assert Evidence.objects.count() == 0


def test_session_is_confirmed_reopened_and_cancelled_on_screen(
    client: Client, session: TrainingSession
) -> None:
    states = []
    for path, reason in (
        ("confirmer/", ""),
        ("confirmer/", ""),  # a double click
        ("rouvrir/", "Salle prise"),
        ("annuler/", ""),
        ("annuler/", "Route coupée"),
    ):
        answer = client.post(PAGE + path, {"reason": reason})
        assert answer.headers["Location"] == PAGE
        session.refresh_from_db()
        states.append(session.state)

    assert states == ["CONFIRMED", "CONFIRMED", "PLANNED", "PLANNED", "CANCELLED"]
    page = client.get(PAGE).content.decode()
    assert "Route coupée" in page
    assert "Salle prise" in page


def test_facts_are_corrected(client: Client, session: TrainingSession) -> None:
    answer = client.post(
        f"{PAGE}modifier/",
        {"territory": "segou", "venue": "Salle B", "seats": "30", "organizer": "Barreau du Mali"},
    )

    session.refresh_from_db()
    assert answer.headers["Location"] == PAGE
    assert (session.venue, session.seats, session.organizer.name) == (
        "Salle B",
        30,
        "Barreau du Mali",
    )


def test_form_shows_the_territory_of_a_session_opened_elsewhere(client: Client) -> None:
    user = make_user(Role.FOCAL_POINT)
    make_session("SEG-1", territory=make_region("kayes", "Kayes"), encoded_by=user)
    client.force_login(user)
    page = client.get(f"{PAGE}modifier/")

    assert 'value="kayes" selected' in page.content.decode()


def test_half_days_are_changed_line_by_line(client: Client, session: TrainingSession) -> None:
    data = half_day_data(
        ("2025-05-12", "AM", 210),
        ("", "PM", 210),
        ("2025-05-19", "AM", 180),
        ("", "PM", 210),
        ("", "AM", 210),
    )
    answer = client.post(f"{PAGE}demi-journees/", data)

    assert answer.headers["Location"] == PAGE
    assert list(session.slots.order_by("position").values_list("held_on", "minutes")) == [
        (datetime.date(2025, 5, 12), 210),
        (datetime.date(2025, 5, 19), 180),
    ]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([("2025-05-12", "AM", 210), ("2025-05-12", "AM", 60)], "écrite deux fois"),
        ([("", "AM", 210)], "de 1 à 60 demi-journées"),
        ([("2025-05-12", "AM", 5)], "30"),
        ([("demain", "AM", 210)], "date"),
    ],
)
def test_half_days_that_cannot_be_are_told(
    client: Client, session: TrainingSession, lines: list[tuple[str, str, int]], words: str
) -> None:
    answer = client.post(f"{PAGE}demi-journees/", half_day_data(*lines))

    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert session.slots.count() == 4


def test_half_days_with_a_mark_are_only_shown(client: Client, session: TrainingSession) -> None:
    attend(session)
    page = client.get(f"{PAGE}demi-journees/")
    answer = client.post(f"{PAGE}demi-journees/", half_day_data(("2025-05-12", "AM", 210)))

    assert page.context["is_fixed"]
    assert "ne changent plus" in answer.content.decode()
    assert session.slots.count() == 4


def test_copy_asks_a_day_and_a_place(client: Client, session: TrainingSession) -> None:
    attend(session)
    answer = client.post(
        f"{PAGE}copier/", {"starts_on": "2025-09-01", "territory": "segou", "venue": "Salle C"}
    )

    copied = TrainingSession.objects.get(code="SEG-2025-01")
    assert answer.headers["Location"] == "/sessions/SEG-2025-01/preparation/"
    assert (copied.seats, copied.venue, copied.participations.count()) == (20, "Salle C", 0)


def test_cancelled_session_can_be_copied_to_other_days(
    client: Client, session: TrainingSession
) -> None:
    cancel_session(session=session, reason="Route coupée")
    assert client.get(f"{PAGE}modifier/").status_code == 403
    client.post(f"{PAGE}copier/", {"starts_on": "2025-09-01", "territory": "segou"})

    copied = TrainingSession.objects.get(code="SEG-2025-01")
    assert (copied.state, copied.cancellation_reason) == ("PLANNED", "")


def test_copy_with_a_code_already_taken_is_told(client: Client, session: TrainingSession) -> None:
    answer = client.post(
        f"{PAGE}copier/", {"starts_on": "2025-09-01", "territory": "segou", "code": "seg-1"}
    )

    assert list(answer.context["form"].errors) == ["code"]
    assert TrainingSession.objects.count() == 1


@pytest.mark.parametrize(
    ("path", "kind"),
    [("termes-de-reference/", "TERMS_OF_REFERENCE"), ("agenda/", "AGENDA")],
)
def test_paper_is_looked_at_then_joined_as_evidence(
    client: Client, session: TrainingSession, path: str, kind: str
) -> None:
    look = client.get(PAGE + path)
    assert (look.status_code, look.headers["Content-Type"]) == (200, "application/pdf")
    assert Evidence.objects.count() == 0

    client.post(PAGE + path)
    client.post(PAGE + path)  # a double click: the same facts are the same file
    first = Evidence.objects.get()
    assert (first.kind, first.uploaded_by.person.family_name) == (kind, "DIALLO")

    TrainingSession.objects.filter(pk=session.pk).update(venue="Salle B")
    client.post(PAGE + path)
    second = Evidence.objects.get(replaces=first)
    assert EvidenceKind(second.kind) == kind
    page = client.get(PAGE)
    assert {one["file"] for one in page.context["papers"]} == {None, second}
