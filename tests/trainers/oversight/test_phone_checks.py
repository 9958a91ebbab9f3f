"""Checks by telephone: who draws, what is noted once, what it shows before validation."""

import datetime
from typing import Any

import pytest
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from tests.factories.accounts import make_person, make_region, make_user
from tests.factories.trainers import attend, make_session, make_trainer, staff
from trainers.models import PhoneCheck, TrainingSession
from trainers.oversight.phone_checks import (
    PhoneCheckRefused,
    callable_ids,
    checks_of,
    draw_for_period,
    draw_phone_checks,
    record_call,
    tally,
)
from trainers.oversight.phone_sample import draw_sample
from trainers.sessions.planning import red_flags

pytestmark = pytest.mark.django_db


def held(code: str = "SEG-1", count: int = 5, **facts: Any) -> TrainingSession:
    session = make_session(code, **facts)
    for number in range(count):
        attend(session, make_person(f"{code}-{number}", "Awa"))
    return session


@pytest.fixture
def judge() -> User:
    return make_user(Role.COMMITTEE)


def test_a_draw_is_the_one_of_its_seed_and_a_second_changes_nothing(judge: User) -> None:
    session = held(count=30)
    attend(session, make_person("SANS", "Numéro", phone=""))
    attend(session, make_person("INSCRIT", "Seul"), positions=[])

    drawn = draw_phone_checks(session=session, by=judge)

    ids = callable_ids(session)
    assert len(ids) == 30
    assert {one.participation_id for one in drawn} == set(
        draw_sample(ids, seed=drawn[0].seed, percent=10)
    )
    assert {one.drawn_by for one in drawn} == {judge}
    other = make_user(Role.COMMITTEE)
    assert draw_phone_checks(session=session, by=other, seed=1) == drawn
    assert PhoneCheck.objects.count() == 3


def test_nor_the_trainer_nor_the_encoder_draws_or_calls(judge: User) -> None:
    trainer = make_trainer()
    animates = make_user(Role.COMMITTEE, person=trainer.person)
    encodes = make_user(Role.FOCAL_POINT)
    session = held(encoded_by=encodes)
    staff(session, trainer)
    elsewhere = make_user(Role.FOCAL_POINT, territory=make_region("kayes", "Kayes"))

    for account in (animates, encodes, elsewhere, make_user(Role.TRAINER)):
        with pytest.raises(PhoneCheckRefused):
            draw_phone_checks(session=session, by=account)
    check = draw_phone_checks(session=session, by=judge)[0]
    with pytest.raises(PhoneCheckRefused):
        record_call(check=check, result="CONFIRMED", by=animates)
    check.refresh_from_db()
    assert check.result == ""


def test_a_session_not_over_or_without_a_number_is_not_drawn(judge: User) -> None:
    future = held("SEG-1", starts_on=datetime.date(2090, 1, 1))
    with pytest.raises(PhoneCheckRefused, match="quand la session est terminée"):
        draw_phone_checks(session=future, by=judge)
    silent = make_session("SEG-2")
    attend(silent, make_person(phone=""))
    with pytest.raises(PhoneCheckRefused, match="personne à appeler"):
        draw_phone_checks(session=silent, by=judge)


def test_an_answer_is_noted_once(judge: User) -> None:
    check = draw_phone_checks(session=held(), by=judge)[0]

    record_call(check=check, result="CONFIRMED", note="Deux jours", by=judge)
    again = record_call(check=check, result="CONFIRMED", note="Autre", by=make_user(Role.COMMITTEE))

    assert (again.note, again.called_by) == ("Deux jours", judge)
    with pytest.raises(PhoneCheckRefused, match="un résultat ne change plus"):
        record_call(check=check, result="DENIED", by=judge)
    with pytest.raises(PhoneCheckRefused):
        record_call(check=checks_of([again.participation.session_id])[1], result="?", by=judge)


def test_answers_become_red_flags_and_rates(judge: User) -> None:
    session = held(count=40)
    checks = draw_phone_checks(session=session, by=judge)
    assert red_flags(session) == []
    for check, result in zip(checks, ("DENIED", "WRONG_NUMBER", "CONFIRMED"), strict=False):
        record_call(check=check, result=result, by=judge)

    denied, wrong = checks[0].participation.person, checks[1].participation.person
    assert [(flag.code, flag.sentence) for flag in red_flags(session)] == [
        ("PHONE_CHECK_DENIED", f"Au téléphone, 1 personne dit n'être pas venue : {denied}."),
        (
            "PHONE_CHECK_WRONG_NUMBER",
            f"Au téléphone, 1 numéro est celui d'une autre personne : {wrong}.",
        ),
    ]
    found = tally(checks_of([session.pk]))
    assert (found.drawn, found.called, found.confirmed, found.contested) == (4, 3, 1, 2)
    assert (found.waiting, found.answer_rate) == (1, 100)
    assert found.confirmation_rate == pytest.approx(33.33, abs=0.01)


def test_a_period_draws_each_session_once_and_leaves_those_one_is_a_party_to(judge: User) -> None:
    first, second = held("SEG-1"), held("SEG-2")
    own = held("SEG-3", encoded_by=judge)
    sessions = TrainingSession.objects.order_by("pk")

    assert draw_for_period(sessions=sessions, by=judge) == 4
    assert draw_for_period(sessions=sessions, by=judge) == 0
    assert [len(checks_of([one.pk])) for one in (first, second, own)] == [2, 2, 0]


# --- Screens ------------------------------------------------------------------------------------


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_screen_draws_calls_and_leads_back_to_validation(judge: User) -> None:
    session, client = held(), client_of(judge)
    url = f"/sessions/{session.code}/appels/"
    assert url in client.get(f"/sessions/{session.code}/validation/").content.decode()

    client.post(url, {"share": "10"})
    client.post(url, {"share": "10"})
    check = PhoneCheck.objects.order_by("pk")[0]
    page = client.get(url).content.decode()
    assert PhoneCheck.objects.count() == 2
    assert f"graine {check.seed}" in page.replace("\xa0", "")
    assert "Taux de réponse" not in page  # nobody was called yet
    client.post(f"{url}{check.pk}/", {"result": "DENIED", "note": "Jamais venue"})
    client.post(f"{url}{check.pk}/", {"result": "CONFIRMED"})

    assert "Taux de réponse" in client.get(url).content.decode()
    check.refresh_from_db()
    assert (check.result, check.note, check.called_by) == ("DENIED", "Jamais venue", judge)
    validation = client.get(f"/sessions/{session.code}/validation/").content.decode()
    assert "dit n&#x27;être pas venue" in validation


def test_the_call_sheet_is_a_pdf_and_a_table(judge: User) -> None:
    session, client = held(), client_of(judge)
    drawn = draw_phone_checks(session=session, by=judge)

    sheet = client.get(f"/sessions/{session.code}/appels/feuille.pdf")
    assert sheet["Content-Type"] == "application/pdf"
    assert sheet.content.startswith(b"%PDF")
    lines = client.get(f"/sessions/{session.code}/appels/feuille.csv").content.decode("utf-8-sig")
    assert len(lines.splitlines()) == 1 + len(drawn)
    assert f";{drawn[0].participation.person};'+223" in lines


def test_numbers_are_shown_to_nobody_who_may_not_call(judge: User) -> None:
    encoder = make_user(Role.FOCAL_POINT)
    session = held(encoded_by=encoder)
    check = draw_phone_checks(session=session, by=judge)[0]
    number = check.participation.person.phone
    url = f"/sessions/{session.code}/appels/"

    party = client_of(encoder)
    page = party.get(url)
    assert page.status_code == 200
    assert number not in page.content.decode()
    for suffix in ("pdf", "csv"):
        assert party.get(f"{url}feuille.{suffix}").status_code == 403
    far = client_of(make_user(Role.FOCAL_POINT, territory=make_region("kayes", "Kayes")))
    for page_of in (url, f"{url}feuille.csv"):
        assert far.get(page_of).status_code == 404
    assert far.post(f"{url}{check.pk}/", {"result": "DENIED"}).status_code == 404
    trainer = client_of(make_user(Role.TRAINER)).get(url)
    assert trainer.status_code == 403
    assert number not in trainer.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_screens_ask_as_often_for_1_session_as_for_3(
    count: int, judge: User, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        draw_phone_checks(session=held(f"SEG-{number}", count=count), by=judge)
    client = client_of(judge)

    with django_assert_num_queries(7):
        assert len(client.get("/appels-de-verification/").context["rows"]) == count
    with django_assert_num_queries(11):
        client.get("/sessions/SEG-0/appels/")


def test_the_period_screen_draws_what_is_missing(judge: User) -> None:
    held("SEG-1")
    client = client_of(judge)
    asked = {"start": "2025-05-01", "end": "2025-05-31", "share": "5"}

    client.post("/appels-de-verification/", asked)
    client.post("/appels-de-verification/", asked)

    assert PhoneCheck.objects.count() == 2
    refused = client.post("/appels-de-verification/", {**asked, "end": "2025-04-01"})
    assert "La fin vient après le début" in refused.content.decode()
