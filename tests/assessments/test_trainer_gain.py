"""The gain on a trainer's page: for whom it is shown, and never without its counts."""

import pytest
from django.test import Client

from accounts.enums import Role
from assessments.trainer_gain import trainer_gain
from tests.factories.accounts import make_person, make_user
from tests.factories.assessments import make_copy, make_form, make_participation
from tests.factories.trainers import make_session, make_trainer, staff
from trainers.models import Trainer
from trainers.sessions.planning import cancel_session

pytestmark = pytest.mark.django_db
KEY = "A" * 10


def taught(trainer: Trainer, form: object, people: int, *, role: str = "TRAINER"):
    """A session whose people go from 4 or 5 right answers of 10 to 8."""
    session = make_session()
    staff(session, trainer, role)
    for rank in range(people):
        one = make_participation(session)
        right = 4 + rank % 2
        make_copy(one, form, "PRE", "A" * right + "B" * (10 - right))
        make_copy(one, form, "POST", "A" * 8 + "B" * 2)
    return session


def test_gain_covers_the_sessions_that_the_trainer_animated() -> None:
    trainer, form = make_trainer(), make_form(key=KEY)
    taught(trainer, form, 6)
    taught(trainer, form, 6)
    taught(trainer, form, 3, role="OBSERVER")
    taught(make_trainer(), form, 3)
    cancel_session(session=taught(trainer, form, 3), reason="Report")

    found = trainer_gain(trainer)

    # 12 gains, six of 40 points and six of 30: mean 35, deviation 5.222, half 2.201 x 5.222 / 3.464
    assert (found.n_pre, found.n_post, found.n_paired, found.pairing_rate) == (12, 12, 12, "100 %")
    assert (found.gain, found.interval) == ("35", "31,7 à 38,3")
    assert (found.verdict, found.verdict_kind) == ("Gain établi", "success")


def test_under_ten_pairs_there_is_no_figure_but_the_counts() -> None:
    trainer = make_trainer()
    taught(trainer, make_form(key=KEY), 9)
    found = trainer_gain(trainer)
    assert (found.n_paired, found.gain, found.interval) == (9, "", "")
    assert (found.verdict, found.verdict_reason) == (
        "Non concluant",
        "9 paires pour 10 au moins.",
    )


def test_under_seventy_percent_paired_there_is_no_figure() -> None:
    trainer, form = make_trainer(), make_form(key=KEY)
    session = taught(trainer, form, 10)
    for _ in range(5):
        make_copy(make_participation(session), form, "PRE", "A" * 10)
    found = trainer_gain(trainer)
    assert (found.n_pre, found.n_paired, found.pairing_rate) == (15, 10, "66,7 %")
    assert (found.gain, found.verdict) == ("", "Non concluant")


def test_trainer_without_any_test_has_no_gain() -> None:
    found = trainer_gain(make_trainer())
    assert (found.n_pre, found.n_paired, found.pairing_rate, found.gain) == (0, 0, "—", "")
    assert found.verdict == "Non concluant"


def test_gain_is_shown_to_those_in_charge_and_to_the_trainer_only(client: Client) -> None:
    person = make_person("BA", "Sira")
    trainer = make_trainer(person, qualified=True)
    taught(trainer, make_form(key=KEY), 12)
    page = f"/formateurs/{trainer.pk}/"
    shown = {}
    for role in (Role.COMMITTEE, Role.FOCAL_POINT, Role.TRAINER):
        client.force_login(make_user(role))
        shown[role] = "31,7 à 38,3" in client.get(page).content.decode()
    client.force_login(make_user(Role.PARTNER))
    hidden = client.get(page)
    client.force_login(make_user(Role.TRAINER, person=person))
    own = client.get("/formateurs/mon-dossier/").content.decode()

    assert shown == {Role.COMMITTEE: True, Role.FOCAL_POINT: True, Role.TRAINER: False}
    assert hidden.status_code == 404
    assert "31,7 à 38,3" in own
    assert "n = 12 paires" in " ".join(own.split())
