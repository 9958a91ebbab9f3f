"""Reminders about sessions: the right people, once for each period, without naming the subject."""

import datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.enums import Role
from accounts.models import OutboxMessage, User
from accounts.sms_text import fits_one_message, gsm_text
from tests.factories.accounts import make_person, make_region, make_user
from tests.factories.trainers import attend, complete_file, make_session, make_trainer, staff
from trainers.enums import SessionRole, SessionState
from trainers.models import TrainingSession
from trainers.oversight.reminder_words import (
    evidence_is_late,
    evidence_sms,
    start_sms,
    starts_soon,
    validation_is_late,
    validation_sms,
)
from trainers.oversight.reminders import post_session_reminders

D = datetime.date
START = D(2025, 5, 12)
END = D(2025, 5, 13)
SITE = "https://formation.exemple.gouv.ml"


@pytest.mark.parametrize(("days", "soon"), [(0, False), (1, True), (3, True), (4, False)])
def test_a_start_is_told_in_the_three_days_before(days: int, soon: bool) -> None:
    assert starts_soon(START, START - datetime.timedelta(days=days)) is soon


@pytest.mark.parametrize(
    ("days", "evidence", "validation"),
    [
        (0, False, False),
        (6, False, False),
        (7, True, False),
        (13, True, False),
        (14, True, True),
        (365, True, True),
        (366, False, False),
    ],
)
def test_what_is_missing_is_told_after_a_while(days: int, evidence: bool, validation: bool) -> None:
    day = END + datetime.timedelta(days=days)

    assert (evidence_is_late(END, day), validation_is_late(END, day)) == (evidence, validation)


@pytest.mark.parametrize(
    "text",
    [
        start_sms(
            START, "Centre de formation de la région de Ségou, salle 12", f"{SITE}/mon-espace/"
        ),
        evidence_sms("SEG-2025-01", f"{SITE}/sessions/SEG-2025-01/pieces/"),
        validation_sms("SEG-2025-01", f"{SITE}/sessions/SEG-2025-01/validation/"),
    ],
)
def test_a_telephone_message_is_one_message_and_names_no_subject(text: str) -> None:
    assert fits_one_message(gsm_text(text))
    for word in ("traite", "enquête", "juge", "victime"):
        assert word not in text.casefold()


@pytest.mark.django_db
class TestPosting:
    def to(self) -> dict[int, str]:
        return {one.person_id: one.key.split(":")[0] for one in OutboxMessage.objects.all()}

    def judge(self, role: str = Role.COMMITTEE, region: str = "segou") -> User:
        return make_user(role, territory=make_region(region, region.capitalize()))

    def test_participants_and_trainers_are_told_once_that_a_session_begins(self) -> None:
        session = make_session(venue="Gouvernorat")
        participant = attend(session, positions=[]).person
        trainer, observer = make_trainer(), make_trainer()
        staff(session, trainer)
        staff(session, observer, SessionRole.OBSERVER)

        done = post_session_reminders(day=D(2025, 5, 10))

        assert (done.posted, done.without_address) == (2, 0)
        assert self.to() == {participant.pk: "starts", trainer.person_id: "starts"}
        assert post_session_reminders(day=D(2025, 5, 11)).posted == 0
        message = OutboxMessage.objects.earliest("pk")
        assert message.text.startswith(
            "Rappel : votre session commence le 12/05/2025 (Gouvernorat)."
        )

    def test_a_cancelled_session_reminds_nobody(self) -> None:
        attend(make_session(), positions=[])
        TrainingSession.objects.update(state=SessionState.CANCELLED, cancellation_reason="Reportée")

        for day in (D(2025, 5, 10), D(2025, 6, 10)):
            assert post_session_reminders(day=day).posted == 0

    def test_missing_evidence_is_told_to_the_trainers_once_a_month(self) -> None:
        session = make_session("SEG-1")
        trainer = make_trainer(make_person(email="formateur@exemple.org"))
        staff(session, trainer)

        assert post_session_reminders(day=D(2025, 5, 19)).posted == 0
        assert [post_session_reminders(day=D(2025, 5, day)).posted for day in (20, 21)] == [1, 0]
        assert post_session_reminders(day=D(2025, 6, 1)).posted == 1
        message = OutboxMessage.objects.earliest("pk")
        assert "termes de référence, rapport, feuille d'émargement signée" in message.text
        complete_file(session)
        assert post_session_reminders(day=D(2025, 7, 1)).posted == 0

    def test_an_overdue_validation_is_told_to_who_is_in_charge_and_no_party(self) -> None:
        far, near = self.judge(Role.FOCAL_POINT, "kayes"), self.judge(Role.FOCAL_POINT)
        committee = self.judge()
        session = make_session("SEG-1")
        complete_file(session)
        TrainingSession.objects.update(state=SessionState.TO_VALIDATE)

        assert post_session_reminders(day=D(2025, 5, 26)).posted == 0
        assert post_session_reminders(day=D(2025, 5, 27)).posted == 1
        assert self.to() == {near.person_id: "validation"}
        TrainingSession.objects.update(encoded_by=near)
        assert post_session_reminders(day=D(2025, 6, 27)).posted == 1
        assert set(self.to()) == {near.person_id, committee.person_id}
        assert far.person_id not in self.to()

    def test_the_command_posts_them_with_the_others(self) -> None:
        attend(
            make_session(starts_on=timezone.localdate() + datetime.timedelta(days=2)), positions=[]
        )
        out = StringIO()

        call_command("send_reminders", stdout=out)

        assert out.getvalue() == "1 rappel(s) déposé(s).\n"
