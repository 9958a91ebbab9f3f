import datetime

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from accounts.models import User
from tests.factories.accounts import make_user
from tests.factories.trainers import (
    OLD_FILE,
    attend,
    complete_file,
    make_curriculum,
    make_session,
    make_trainer,
    staff,
)
from trainers.models import Trainer, TrainingSession
from trainers.registry.moves import MoveRefused, lift_suspension, settle_trainer, suspend_trainer
from trainers.registry.records import grant_qualification, withdraw_qualification
from trainers.registry.review import Reviewed, review_registry
from trainers.sessions.planning import (
    SessionRefused,
    assign_trainer,
    submit_session,
    validate_session,
)

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2025, 6, 2)
TERM = datetime.date(2026, 1, 1)  # of make_trainer(qualified=True)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime.datetime(2025, 6, 2, 8, tzinfo=datetime.UTC), tick=False):
        yield


@pytest.fixture
def keeper() -> User:
    return make_user("COMMITTEE")


def history(trainer: Trainer) -> list[tuple]:
    moves = trainer.moves.order_by("pk")
    return list(moves.values_list("from_state", "to_state", "moved_on", "reason"))


def validated(trainer: Trainer, keeper: User, starts_on: datetime.date) -> TrainingSession:
    session = make_session(starts_on=starts_on)
    staff(session, trainer, "CO_TRAINER")
    attend(session, positions=[1, 2, 3, 4])
    complete_file(session)
    submit_session(session=session, by=None)
    return validate_session(session=session, by=keeper, has_tests=False)


def test_old_qualification_entered_late_was_held_then_lapsed() -> None:
    trainer = make_trainer()
    grant_qualification(
        trainer=trainer,
        curriculum=make_curriculum(),
        granted_on=datetime.date(2022, 1, 10),
        exception_reason=OLD_FILE,
    )
    assert history(trainer) == [
        ("", "CANDIDATE", TODAY, "Inscription"),
        (
            "CANDIDATE",
            "QUALIFIED",
            datetime.date(2022, 1, 10),
            "Habilitation pour « Curriculum traite-des-personnes », formateur principal",
        ),
        ("QUALIFIED", "LAPSED", datetime.date(2024, 1, 11), "Habilitation échue"),
    ]


def test_withdrawing_the_last_qualification_lapses(keeper: User) -> None:
    trainer = make_trainer(qualified=True)
    withdraw_qualification(
        qualification=trainer.qualifications.get(), on=TODAY, reason="Erreur", by=keeper
    )
    assert history(trainer)[-1] == ("QUALIFIED", "LAPSED", TODAY, "Habilitation retirée")
    assert trainer.moves.order_by("-pk")[0].author == keeper


def test_suspension_takes_a_reason_and_closes_every_role(keeper: User) -> None:
    trainer = make_trainer(qualified=True)
    with pytest.raises(MoveRefused):
        suspend_trainer(trainer=trainer, reason=" ", by=keeper)
    suspend_trainer(trainer=trainer, reason="Plainte", by=keeper)
    assert suspend_trainer(trainer=trainer, reason="Encore", by=keeper) is None

    with pytest.raises(SessionRefused) as refusal:
        assign_trainer(session=make_session(), trainer=trainer, role="OBSERVER")
    assert str(refusal.value) == (
        f"{trainer} : inscription au répertoire suspendue. Choisissez une autre personne."
    )
    assert settle_trainer(trainer=trainer) == []
    assert Trainer.objects.get().state == "SUSPENDED"


def test_lifted_suspension_gives_what_the_qualifications_say_that_day(keeper: User) -> None:
    trainer = make_trainer(qualified=True)
    suspend_trainer(trainer=trainer, reason="Plainte", by=keeper)
    with time_machine.travel(datetime.datetime(2026, 1, 2, 8, tzinfo=datetime.UTC), tick=False):
        lift_suspension(trainer=trainer, reason="Sans suite", by=keeper)
    assert history(trainer)[-1] == (
        "SUSPENDED",
        "LAPSED",
        datetime.date(2026, 1, 2),
        "Sans suite",
    )


def test_review_lets_lapse_the_day_after_the_term() -> None:
    trainer = make_trainer(qualified=True)
    assert review_registry(day=TERM) == Reviewed(prolonged=0, moved=0)
    day_after = TERM + datetime.timedelta(days=1)
    assert review_registry(day=day_after) == Reviewed(prolonged=0, moved=1)
    assert review_registry(day=day_after) == Reviewed(prolonged=0, moved=0)
    assert history(trainer)[-1] == ("QUALIFIED", "LAPSED", day_after, "Habilitation échue")


def test_two_validated_sessions_prolong_once_and_the_page_says_why(
    client: Client, keeper: User
) -> None:
    trainer = make_trainer(qualified=True)
    validated(trainer, keeper, datetime.date(2025, 3, 3))
    assert review_registry(day=TERM) == Reviewed(prolonged=0, moved=0)
    validated(trainer, keeper, datetime.date(2025, 4, 7))

    assert review_registry(day=TERM) == Reviewed(prolonged=1, moved=0)
    assert review_registry(day=TERM) == Reviewed(prolonged=0, moved=0)
    qualification = trainer.qualifications.get()
    assert qualification.expires_on == datetime.date(2028, 1, 1)
    assert qualification.history.latest().history_change_reason == (
        "Prolongée : sessions validées dans les 24 mois avant le 01/01/2026"
    )
    client.force_login(keeper)
    row = client.get(f"/formateurs/{trainer.pk}/").context["kept"][0]
    assert [note["text"][:10] for note in row["notes"]] == ["Prolongée "]


def test_sessions_that_nobody_validated_prolong_nothing(keeper: User) -> None:
    trainer = make_trainer(qualified=True)
    validated(trainer, keeper, datetime.date(2025, 3, 3))
    session = make_session(starts_on=datetime.date(2025, 4, 7))
    staff(session, trainer, "CO_TRAINER")
    assert review_registry(day=TERM).prolonged == 0


def test_observers_and_withdrawn_qualifications_are_not_prolonged(keeper: User) -> None:
    trainer = make_trainer(qualified=True)
    for month in (3, 4):
        validated(trainer, keeper, datetime.date(2025, month, 3))
    trainer.session_trainers.update(role="OBSERVER")
    assert review_registry(day=TERM).prolonged == 0
    trainer.session_trainers.update(role="TRAINER")
    withdraw_qualification(qualification=trainer.qualifications.get(), on=TODAY, reason="Erreur")
    assert review_registry(day=TERM).prolonged == 0


@pytest.mark.parametrize("trainers", [1, 3])
def test_review_that_changes_nothing_takes_four_queries(
    trainers: int, django_assert_num_queries
) -> None:
    for _ in range(trainers):
        make_trainer(qualified=True)
    with django_assert_num_queries(4):
        review_registry(day=TERM)


def test_command_reviews_today(capsys: pytest.CaptureFixture[str]) -> None:
    make_trainer(qualified=True)
    with time_machine.travel(datetime.datetime(2026, 1, 2, 8, tzinfo=datetime.UTC), tick=False):
        call_command("review_trainers")
    assert capsys.readouterr().out == "Habilitations prolongées : 0. Changements d'état : 1.\n"
