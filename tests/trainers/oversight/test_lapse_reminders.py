"""A trainer is told two months before a qualification ends, once, unless it was renewed."""

import datetime

import pytest

from accounts.models import OutboxMessage, User
from tests.factories.accounts import make_person, make_user
from tests.factories.trainers import OLD_FILE, make_curriculum, make_trainer
from trainers.oversight.reminders import post_session_reminders
from trainers.registry.moves import suspend_trainer
from trainers.registry.records import grant_qualification

pytestmark = pytest.mark.django_db
ENDS = datetime.date(2026, 1, 1)  # of whom the factory qualifies


@pytest.fixture
def keeper() -> User:
    return make_user("COMMITTEE")


@pytest.mark.parametrize(("days", "posted"), [(61, 0), (60, 1), (0, 1), (-1, 0)])
def test_end_of_a_qualification_is_told_two_months_before(days: int, posted: int) -> None:
    make_trainer(make_person(phone="70112233"), qualified=True)
    for _ in range(2):
        post_session_reminders(day=ENDS - datetime.timedelta(days=days))
    texts = [one.text for one in OutboxMessage.objects.all()]
    assert len(texts) == posted
    assert all(
        one.startswith(
            "Rappel : une de vos habilitations prend fin le 01/01/2026. Ce qu'il faut : http"
        )
        for one in texts
    )


def test_renewed_and_suspended_are_not_told(keeper: User) -> None:
    renewed = make_trainer(make_person(phone="70112233"), qualified=True)
    grant_qualification(
        trainer=renewed,
        curriculum=make_curriculum(),
        granted_on=datetime.date(2025, 11, 3),
        exception_reason=OLD_FILE,
    )
    suspended = make_trainer(make_person(phone="70112234"), qualified=True)
    suspend_trainer(trainer=suspended, reason="Plainte", by=keeper)
    post_session_reminders(day=datetime.date(2025, 12, 1))
    assert OutboxMessage.objects.count() == 0
