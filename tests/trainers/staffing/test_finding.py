import datetime

import pytest
import time_machine
from django.test import Client

from accounts.enums import Role
from accounts.models import Person
from tests.factories.accounts import make_cercle, make_person, make_region, make_user
from tests.factories.trainers import START, make_curriculum, make_session, make_trainer, staff
from trainers.models import Qualification, Trainer, TrainingSession
from trainers.registry.availability import add_unavailability
from trainers.registry.records import SpokenLanguage, register_trainer
from trainers.staffing.finding import Found, find_trainers, need_of

pytestmark = pytest.mark.django_db
TODAY = datetime.datetime(2025, 5, 2, 8, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False):
        yield


def named(name: str, **facts: object) -> Trainer:
    return make_trainer(make_person(name, "Sira"), **{"qualified": True, **facts})


def search(session: TrainingSession, role: str = "TRAINER", language: str = "") -> Found:
    need = need_of(
        starts_on=session.starts_on,
        ends_on=session.ends_on,
        role=role,
        territory=session.territory,
        language=language,
    )
    return find_trainers(need, curriculum=session.curriculum, session=session)


def fit(found: Found) -> list[str]:
    return [one.trainer.person.family_name for one in found.fit]


def reasons(found: Found) -> dict[str, tuple[str, ...]]:
    return {one.trainer.person.family_name: one.fitness.reasons for one in found.excluded}


def test_registry_is_split_in_fit_and_excluded_with_reasons() -> None:
    session = make_session("SEG-1", territory=make_cercle())
    kayes = make_region("kayes", "Kayes")
    named("REGION")
    named("CERCLE", base=make_cercle())
    mobile = named("MOBILE", base=kayes)
    register_trainer(person=mobile.person, base_territory=kayes, travel=[make_region()])
    named("LOIN", base=kayes)
    named("SANS", qualified=False)
    busy = named("PRISE")
    staff(make_session("KAY-1", territory=kayes, starts_on=START), busy)
    away = named("ABSENTE")
    add_unavailability(trainer=away, starts_on=START, ends_on=START, reason="Santé")
    staff(session, named("ICI"))

    found = search(session)

    assert fit(found) == ["CERCLE", "REGION", "MOBILE"]
    assert reasons(found) == {
        "ABSENTE": ("Indisponible le 12/05/2025.",),
        "ICI": ("Déjà dans l'équipe de cette session.",),
        "LOIN": ("Base : Kayes ; pas de déplacement accepté pour Niono.",),
        "PRISE": ("Déjà à la session KAY-1, du 12/05/2025 au 13/05/2025.",),
        "SANS": (
            "N'a pas d'habilitation pour ce curriculum.",
            "Aucune activité connue depuis 24 mois.",
        ),
    }


def test_language_is_one_to_animate_in() -> None:
    session = make_session()
    for name, animates in (("ANIME", True), ("PARLE", False)):
        trainer = named(name)
        register_trainer(
            person=trainer.person,
            base_territory=trainer.base_territory,
            languages=[SpokenLanguage("bomu", can_animate=animates)],
        )
    found = search(session, language="bomu")
    assert fit(found) == ["ANIME"]
    assert reasons(found) == {"PARLE": ("Parle bomu, mais n'y anime pas.",)}


def test_merged_record_is_neither_fit_nor_excluded() -> None:
    gone = named("DOUBLE")
    gone.person.merged_into = make_person()
    gone.person.save()
    found = search(make_session())
    assert (found.fit, found.excluded) == ((), ())


def registry_of(trainers: int) -> None:
    """Many qualified trainers at once; through the acts they would take seconds."""
    people = Person.objects.bulk_create(
        Person(family_name=f"NOM{rank}", given_name="Awa", name_key=f"awa nom{rank}")
        for rank in range(trainers)
    )
    made = Trainer.objects.bulk_create(
        Trainer(person=person, base_territory=make_region()) for person in people
    )
    Qualification.objects.bulk_create(
        Qualification(
            trainer=trainer,
            curriculum=make_curriculum(),
            granted_on=datetime.date(2024, 1, 1),
            expires_on=datetime.date(2026, 1, 1),
        )
        for trainer in made
    )


@pytest.mark.parametrize("trainers", [1, 300])
def test_search_takes_as_many_queries_for_300_trainers_as_for_1(
    trainers: int, django_assert_num_queries
) -> None:
    session = make_session()
    registry_of(trainers)
    with django_assert_num_queries(11):
        found = search(session)
    assert len(found.fit) == trainers


@pytest.mark.parametrize("trainers", [1, 3])
def test_session_screen_takes_as_many_queries_for_3_trainers_as_for_1(
    client: Client, trainers: int, django_assert_num_queries
) -> None:
    client.force_login(make_user(Role.COMMITTEE))
    make_session("SEG-1")
    for _ in range(trainers):
        named("BA")
    with django_assert_num_queries(15):
        page = client.get("/sessions/SEG-1/trouver-un-formateur/")
    assert len(page.context["fit"]) == trainers


def test_session_screen_offers_to_invite_and_explains(client: Client) -> None:
    client.force_login(make_user(Role.FOCAL_POINT))
    make_session("SEG-1")
    trainer = named("BA")
    named("SANS", qualified=False)
    page = client.get("/sessions/SEG-1/trouver-un-formateur/")
    text = " ".join(page.content.decode().split())
    assert f'name="trainer" value="{trainer.pk}"' in text
    assert "1 formateur écarté, et pourquoi" in text
    assert "N&#x27;a pas d&#x27;habilitation pour ce curriculum." in text
    assert trainer.person.phone not in text


def test_free_screen_searches_without_a_session(client: Client) -> None:
    client.force_login(make_user(Role.TRAINER))
    named("BA")
    make_curriculum()
    asked = {
        "curriculum": "traite-des-personnes",
        "debut": "2025-05-12",
        "fin": "2025-05-13",
        "territoire": "segou",
        "role": "LEAD_TRAINER",
    }
    assert client.get("/formateurs/trouver/").context["is_asked"] is False
    page = client.get("/formateurs/trouver/", asked)
    assert [str(row.trainer) for row in page.context["fit"]] == ["Sira BA"]
    assert b"Inviter" not in page.content
    wrong = client.get("/formateurs/trouver/", asked | {"fin": "2025-05-11"})
    assert list(wrong.context["form"].errors) == ["fin"]


@pytest.mark.parametrize(
    ("role", "status"), [(Role.FOCAL_POINT, 404), (Role.TRAINER, 404), (Role.PARTNER, 403)]
)
def test_search_for_a_session_is_closed_to_others(client: Client, role: str, status: int) -> None:
    named("SECRET")
    make_session("SEG-1")
    client.force_login(make_user(role, territory=make_region("kayes", "Kayes")))
    answer = client.get("/sessions/SEG-1/trouver-un-formateur/")
    assert answer.status_code == status
    assert b"SECRET" not in answer.content


@pytest.mark.parametrize("role", [Role.PARTNER, Role.ADMINISTRATOR, Role.EDITOR])
def test_free_search_is_closed_to_others(client: Client, role: str) -> None:
    client.force_login(make_user(role))
    assert client.get("/formateurs/trouver/").status_code == 403
