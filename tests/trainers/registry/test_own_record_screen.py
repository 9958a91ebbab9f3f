"""« Mon dossier de formateur »: answers, days taken, consent; nobody answers for another."""

import datetime

import pytest
import time_machine
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from tests.factories.accounts import make_person, make_user
from tests.factories.trainers import make_session, make_trainer, staff
from trainers.models import SessionTrainer, Trainer, TrainerInvitation, TrainerUnavailability
from trainers.registry.availability import add_unavailability
from trainers.registry.moves import suspend_trainer
from trainers.staffing.calls import open_call
from trainers.staffing.invitations import invite_trainer

pytestmark = pytest.mark.django_db
PAGE = "/formateurs/mon-dossier/"
MONDAY, FRIDAY = datetime.date(2025, 6, 9), datetime.date(2025, 6, 13)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime.datetime(2025, 5, 2, 8, tzinfo=datetime.UTC), tick=False):
        yield


@pytest.fixture
def organiser() -> User:
    return make_user(Role.COMMITTEE)


@pytest.fixture
def own(client: Client) -> Trainer:
    person = make_person("BA", "Sira")
    client.force_login(make_user(Role.TRAINER, person=person))
    return make_trainer(person, qualified=True)


def invited(trainer: Trainer, organiser: User, code: str = "SEG-1") -> TrainerInvitation:
    return invite_trainer(
        session=make_session(code), trainer=trainer, role="CO_TRAINER", by=organiser
    )


def text(client: Client) -> str:
    return " ".join(client.get(PAGE).content.decode().split())


@pytest.mark.parametrize(
    ("answer", "state", "assigned"), [("accept", "ACCEPTED", 1), ("decline", "DECLINED", 0)]
)
def test_invitation_is_answered_once_from_the_page(
    client: Client, own: Trainer, organiser: User, answer: str, state: str, assigned: int
) -> None:
    one = invited(own, organiser)
    assert "Co-formateur · du 12 au 13 mai 2025 · Ségou" in text(client)
    for _ in range(2):  # a double click
        page = client.post(f"{PAGE}invitations/{one.pk}/", {"answer": answer, "note": "Merci"})
        assert page.headers["Location"] == PAGE

    one.refresh_from_db()
    assert (one.state, SessionTrainer.objects.count()) == (state, assigned)
    assert client.get(PAGE).context["invitations"] == []


def test_refused_answer_is_told_in_a_sentence(
    client: Client, own: Trainer, organiser: User
) -> None:
    one = invited(own, organiser)
    suspend_trainer(trainer=own, reason="Plainte", by=organiser)
    client.post(f"{PAGE}invitations/{one.pk}/", {"answer": "accept"})
    assert "inscription au répertoire suspendue. Choisissez une autre personne." in text(client)
    assert SessionTrainer.objects.count() == 0


def test_nobody_answers_for_another(client: Client, own: Trainer, organiser: User) -> None:
    other = make_trainer(make_person("SECRET"))
    one = invited(other, organiser)
    away = add_unavailability(trainer=other, starts_on=MONDAY, ends_on=FRIDAY, reason="SECRET")
    answers = [
        client.post(f"{PAGE}invitations/{one.pk}/", {"answer": "accept"}),
        client.post(f"{PAGE}indisponibilites/{away.pk}/enlever/"),
        client.get(PAGE),
    ]
    assert [answer.status_code for answer in answers] == [404, 302, 200]
    assert not any(b"SECRET" in answer.content for answer in answers)
    assert (SessionTrainer.objects.count(), TrainerUnavailability.objects.count()) == (0, 1)


def test_call_is_answered_and_taken_back(client: Client, own: Trainer, organiser: User) -> None:
    session = make_session("SEG-1")
    call = open_call(session=session, closes_on=datetime.date(2025, 5, 8), by=organiser)
    assert "répondre avant le 8 mai 2025" in text(client)
    for _ in range(2):
        client.post(f"{PAGE}appels/{call.pk}/", {"note": "Libre"})
    one = TrainerInvitation.objects.get()
    assert (one.state, one.note, client.get(PAGE).context["calls"]) == ("APPLIED", "Libre", [])
    client.post(f"{PAGE}invitations/{one.pk}/", {"answer": "withdraw"})
    one.refresh_from_db()
    assert one.state == "WITHDRAWN"


def test_call_that_asks_for_another_qualification_is_not_found(
    client: Client, organiser: User
) -> None:
    person = make_person()
    make_trainer(person)
    client.force_login(make_user(person=person))
    call = open_call(
        session=make_session("SECRET-1"), closes_on=datetime.date(2025, 5, 8), by=organiser
    )
    assert client.post(f"{PAGE}appels/{call.pk}/").status_code == 404
    assert b"SECRET" not in client.get(PAGE).content
    assert TrainerInvitation.objects.count() == 0


def test_days_taken_are_added_told_against_sessions_and_taken_off(
    client: Client, own: Trainer
) -> None:
    staff(make_session("SEG-1", starts_on=FRIDAY), own)
    days = {"starts_on": "2025-06-09", "ends_on": "2025-06-13", "reason": "Congé"}
    client.post(f"{PAGE}indisponibilites/", days)
    page = text(client)
    assert "Vous êtes dans l&#x27;équipe de la session SEG-1 ces jours-là" in page
    assert "du 9 juin 2025 au 13 juin 2025" in page

    client.post(f"{PAGE}indisponibilites/{own.unavailabilities.get().pk}/enlever/")
    assert own.unavailabilities.count() == 0


def test_one_day_alone_needs_no_last_day(client: Client, own: Trainer) -> None:
    client.post(f"{PAGE}indisponibilites/", {"starts_on": "2025-06-09"})
    kept = own.unavailabilities.get()
    assert (kept.starts_on, kept.ends_on) == (MONDAY, MONDAY)


def test_days_in_the_past_are_refused_on_the_page(client: Client, own: Trainer) -> None:
    days = {"starts_on": "2025-04-01", "ends_on": "2025-04-02"}
    page = client.post(f"{PAGE}indisponibilites/", days)
    assert page.context["form"].non_field_errors() == ["Cette période est déjà passée."]
    assert own.unavailabilities.count() == 0


def test_trainer_gives_and_takes_back_the_consent_to_be_listed(
    client: Client, own: Trainer
) -> None:
    seen = []
    for listed in ("yes", "yes", "no"):
        client.post(f"{PAGE}repertoire/", {"listed": listed})
        own.refresh_from_db()
        seen.append(own.listing_consent_version)
    assert seen == ["2023-01", "2023-01", ""]
    assert own.history.filter(listing_consent_version="2023-01").exists()


def test_page_says_what_is_held_and_what_is_missing(client: Client, own: Trainer) -> None:
    standing = client.get(PAGE).context["standing"]
    assert [(row.until, row.missing) for row in standing] == [(datetime.date(2026, 1, 1), ())]
    assert standing[0].term.startswith("Pour la prolonger de 24 mois, il manque 2 sessions")

    with time_machine.travel(datetime.datetime(2026, 1, 2, 8, tzinfo=datetime.UTC), tick=False):
        client.force_login(own.person.user)
        late = client.get(PAGE).context["standing"]
    assert late[0].until is None
    assert late[0].missing == (
        "Il manque la formation de formateurs réussie.",
        "Il manque une co-animation d'une session réelle avec un formateur habilité.",
        "Il manque une fiche d'observation.",
    )


def test_somebody_without_a_record_reads_how_one_is_opened(client: Client) -> None:
    client.force_login(make_user())
    assert "Le comité ouvre le dossier d'un formateur." in text(client)
    answers = [
        client.post(f"{PAGE}indisponibilites/", {"starts_on": "2025-06-09"}),
        client.post(f"{PAGE}repertoire/", {"listed": "yes"}),
        client.post(f"{PAGE}invitations/1/", {"answer": "accept"}),
        client.post(f"{PAGE}appels/1/"),
    ]
    assert [answer.status_code for answer in answers] == [404] * 4


def test_visitor_is_asked_to_sign_in(client: Client) -> None:
    assert client.get(PAGE).headers["Location"].startswith("/compte/connexion/")


@pytest.mark.parametrize("asked", [1, 3])
def test_page_takes_as_many_queries_for_3_invitations_as_for_1(
    client: Client, own: Trainer, organiser: User, asked: int, django_assert_num_queries
) -> None:
    for number in range(asked):
        invited(own, organiser, f"SEG-{number}")
        add_unavailability(trainer=own, starts_on=MONDAY, ends_on=FRIDAY, reason=str(number))
    with django_assert_num_queries(17):
        page = client.get(PAGE)
    assert len(page.context["invitations"]) == asked
