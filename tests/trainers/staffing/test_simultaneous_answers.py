"""Two people at once, with real connections: one answer holds, and the team agrees with it."""

import datetime

import pytest
from django.utils import timezone

from tests.factories.accounts import make_user
from tests.factories.threads import at_once
from tests.factories.trainers import OLD_FILE, make_curriculum, make_session, make_trainer
from trainers.models import Qualification, SessionTrainer, TrainerInvitation, TrainerMove
from trainers.registry.records import grant_qualification
from trainers.staffing.invitations import (
    InvitationRefused,
    accept_invitation,
    invite_trainer,
    withdraw_invitation,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_yes_and_withdrawal_at_once_leave_one_truth() -> None:
    session = make_session(starts_on=timezone.localdate() + datetime.timedelta(days=30))
    invitation = invite_trainer(
        session=session, trainer=make_trainer(), role="CO_TRAINER", by=make_user("COMMITTEE")
    )

    def accept() -> bool:
        try:
            accept_invitation(invitation=invitation, by_trainer=True)
        except InvitationRefused:
            return False
        return True

    at_once(accept, lambda: withdraw_invitation(invitation=invitation, by_trainer=False))
    assert TrainerInvitation.objects.get().state == "WITHDRAWN"
    assert SessionTrainer.objects.count() == 0


def test_same_qualification_granted_twice_at_once_is_one() -> None:
    trainer, curriculum = make_trainer(), make_curriculum()

    def grant() -> int:
        return grant_qualification(
            trainer=trainer,
            curriculum=curriculum,
            granted_on=timezone.localdate(),
            exception_reason=OLD_FILE,
        ).pk

    first, second = at_once(grant, grant)
    assert first == second
    assert Qualification.objects.count() == 1
    states = TrainerMove.objects.order_by("pk").values_list("to_state", flat=True)
    assert list(states) == ["CANDIDATE", "QUALIFIED"]
