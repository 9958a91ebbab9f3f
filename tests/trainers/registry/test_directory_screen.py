import datetime

import pytest
import time_machine
from django.test import Client

from accounts.enums import Role
from tests.factories.accounts import make_cercle, make_person, make_region, make_user
from tests.factories.trainers import make_curriculum, make_session, make_trainer, staff
from trainers.models import Trainer
from trainers.registry.records import (
    SpokenLanguage,
    consent_to_listing,
    register_trainer,
    withdraw_consent,
)
from trainers.sessions.planning import cancel_session

pytestmark = pytest.mark.django_db
TODAY = datetime.datetime(2025, 6, 1, 8, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False):
        yield


def listed(name: str, *, qualified: bool = True, **facts: object) -> Trainer:
    trainer = make_trainer(make_person(name, "Sira"), qualified=qualified, **facts)
    return consent_to_listing(trainer=trainer, at=TODAY, version="2025-01")


def names(client: Client, query: str = "") -> list[str]:
    return [card["name"] for card in client.get(f"/formateurs/?{query}").context["cards"]]


def test_directory_is_public_and_shows_only_those_who_consent(client: Client) -> None:
    listed("BA")
    make_trainer(make_person("SECRET"), qualified=True)
    withdraw_consent(trainer=listed("PARTI"))
    answer = client.get("/formateurs/")

    assert [card["name"] for card in answer.context["cards"]] == ["Sira BA"]
    assert b"SECRET" not in answer.content


def test_directory_hides_who_has_been_inactive_for_24_months(client: Client) -> None:
    idle, busy, cancelled = (listed(name, qualified=False) for name in ("A", "B", "C"))
    staff(make_session(starts_on=datetime.date(2023, 5, 30)), idle)
    staff(make_session(starts_on=datetime.date(2023, 6, 1)), busy)
    session = make_session(starts_on=datetime.date(2025, 3, 1))
    staff(session, cancelled)
    cancel_session(session=session, reason="Report")

    assert names(client) == ["Sira B"]


def test_directory_hides_suspended_and_merged_trainers(client: Client) -> None:
    suspended, merged = listed("A"), listed("B")
    suspended.state = "SUSPENDED"
    suspended.save()
    merged.person.merged_into = make_person()
    merged.person.save()

    assert names(client) == []


def test_directory_filters_by_curriculum_territory_and_language(client: Client) -> None:
    kayes = make_region("kayes", "Kayes")
    listed("SEGOU")
    listed("NIONO", base=make_cercle())
    staff(make_session(), listed("SANS", qualified=False))
    mobile = listed("MOBILE", base=make_region("gao", "Gao"))
    register_trainer(
        person=mobile.person,
        base_territory=mobile.base_territory,
        travel=[kayes],
        languages=[SpokenLanguage("bomu", can_animate=True), SpokenLanguage("bozo")],
    )
    make_curriculum("autre")

    assert names(client, "curriculum=traite-des-personnes") == [
        "Sira MOBILE",
        "Sira NIONO",
        "Sira SEGOU",
    ]
    assert names(client, "curriculum=autre") == []
    assert names(client, "region=segou") == ["Sira NIONO", "Sira SANS", "Sira SEGOU"]
    assert names(client, "region=kayes") == ["Sira MOBILE"]
    assert names(client, "langue=bomu") == ["Sira MOBILE"]
    assert names(client, "langue=bozo") == []


@pytest.mark.parametrize("trainers", [1, 3])
def test_directory_asks_as_often_for_1_trainer_as_for_3(
    client: Client, trainers: int, django_assert_num_queries
) -> None:
    for number in range(trainers):
        listed(f"NOM{number}")
    with django_assert_num_queries(7):
        answer = client.get("/formateurs/")
    assert len(answer.context["cards"]) == trainers


def test_phone_is_shown_to_training_staff_only(client: Client) -> None:
    trainer = listed("BA")
    phone = trainer.person.phone.encode()
    address = f"/formateurs/{trainer.pk}/"
    public = client.get(address)
    client.force_login(make_user(Role.PARTNER))
    partner = client.get(address)
    client.force_login(make_user(Role.TRAINER))
    colleague = client.get(address)

    assert [phone in page.content for page in (public, partner, colleague)] == [False, False, True]
    assert colleague.headers["Cache-Control"] == "private, no-store"


def test_trainer_who_is_not_listed_is_known_to_training_staff_only(client: Client) -> None:
    trainer = make_trainer(make_person("SECRET"), qualified=True)
    address = f"/formateurs/{trainer.pk}/"
    answer = client.get(address)
    assert answer.status_code == 404
    assert b"SECRET" not in answer.content
    client.force_login(make_user(Role.FOCAL_POINT))
    assert "n'est pas dans le répertoire public" in client.get(address).content.decode()


def test_trainer_page_tells_qualifications_and_languages(client: Client) -> None:
    trainer = listed("BA")
    register_trainer(
        person=trainer.person,
        base_territory=trainer.base_territory,
        languages=[SpokenLanguage("bomu", can_animate=True, can_answer=True)],
        specialities="Enfants",
    )
    page = client.get(f"/formateurs/{trainer.pk}/").content.decode()
    for words in ("Curriculum traite-des-personnes", "1 janvier 2026", "bomu", "Enfants", "Ségou"):
        assert words in page
