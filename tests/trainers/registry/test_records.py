import datetime

import pytest
from django.utils import timezone

from tests.factories.accounts import make_person, make_region
from tests.factories.trainers import make_curriculum, make_trainer
from trainers.models import Qualification, Trainer
from trainers.registry.records import (
    QualificationRefused,
    SpokenLanguage,
    consent_to_listing,
    grant_qualification,
    months_later,
    register_trainer,
    withdraw_consent,
    withdraw_qualification,
)

pytestmark = pytest.mark.django_db


def test_trainer_is_registered_once_and_corrected() -> None:
    person, segou, kayes = make_person(), make_region(), make_region("kayes", "Kayes")
    register_trainer(
        person=person,
        base_territory=segou,
        travel=[kayes],
        languages=[SpokenLanguage("fr", can_animate=True), SpokenLanguage("bomu")],
    )
    trainer = register_trainer(
        person=person,
        base_territory=kayes,
        languages=[SpokenLanguage("bomu", can_animate=True)],
        expertise=["CHILD_PROTECTION", "BORDERS"],
        specialities=" Enfants ",
    )
    register_trainer(
        person=person,
        base_territory=kayes,
        languages=[SpokenLanguage("bomu", can_animate=True)],
        expertise=["BORDERS"],
        specialities="Enfants",
    )
    trainer.refresh_from_db()

    assert Trainer.objects.count() == 1
    assert (trainer.base_territory, trainer.specialities) == (kayes, "Enfants")
    assert list(trainer.travel_territories.all()) == []
    assert [one.speciality for one in trainer.expertise.all()] == ["BORDERS"]
    assert list(trainer.languages.values_list("language", "can_animate")) == [("bomu", True)]


def test_consent_is_dated_versioned_and_withdrawn() -> None:
    trainer = make_trainer()
    assert list(Trainer.objects.consenting()) == []
    consent_to_listing(trainer=trainer, at=timezone.now(), version="2025-01")
    assert list(Trainer.objects.consenting()) == [trainer]
    withdraw_consent(trainer=trainer)
    assert list(Trainer.objects.consenting()) == []
    assert trainer.history.filter(listing_consent_version="2025-01").exists()


def test_qualification_is_granted_once_and_makes_the_trainer_qualified() -> None:
    trainer = make_trainer()
    facts = {
        "trainer": trainer,
        "curriculum": make_curriculum(),
        "exception_reason": "Dossier ancien",
        "granted_on": datetime.date(2024, 8, 31),
    }
    first = grant_qualification(**facts, months=30)
    assert grant_qualification(**facts, months=30) == first

    trainer.refresh_from_db()
    assert (first.expires_on, trainer.state) == (datetime.date(2027, 2, 28), "QUALIFIED")
    assert list(Trainer.objects.qualified_for(make_curriculum(), first.expires_on)) == [trainer]
    after = first.expires_on + datetime.timedelta(1)
    assert list(Trainer.objects.qualified_for(make_curriculum(), after)) == []


def test_qualification_lasts_from_1_to_60_months() -> None:
    with pytest.raises(QualificationRefused):
        grant_qualification(
            trainer=make_trainer(),
            curriculum=make_curriculum(),
            granted_on=datetime.date(2024, 1, 1),
            months=61,
        )
    assert Qualification.objects.count() == 0


def test_withdrawing_a_qualification_takes_a_reason() -> None:
    trainer = make_trainer(qualified=True)
    qualification = trainer.qualifications.get()
    day = datetime.date(2024, 6, 1)
    with pytest.raises(QualificationRefused):
        withdraw_qualification(qualification=qualification, on=day, reason="")
    withdraw_qualification(qualification=qualification, on=day, reason="Faute grave")
    assert list(Trainer.objects.qualified_for(make_curriculum(), day)) == []


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ((2025, 8, 31), 6, (2026, 2, 28)),
        ((2024, 1, 31), 1, (2024, 2, 29)),
        ((2025, 12, 15), 1, (2026, 1, 15)),
        ((2025, 1, 1), 24, (2027, 1, 1)),
        ((2025, 1, 1), 11, (2025, 12, 1)),
    ],
)
def test_months_later_stays_in_the_month(day: tuple, months: int, expected: tuple) -> None:
    assert months_later(datetime.date(*day), months) == datetime.date(*expected)
