"""Reminders: the right people, once for each period, and a telephone message that says nothing."""

import datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from accounts.enums import Channel
from accounts.models import OutboxMessage, Person
from accounts.sms_text import fits_one_message, gsm_text
from certificates.reminder_words import due_sms, is_due_soon, validity_reminder, validity_sms
from certificates.reminders import post_reminders
from courses.enums import RunState
from courses.models import CourseRun, CurriculumPage
from tests.factories.accounts import make_person
from tests.factories.certificates import make_completed_run
from tests.factories.trainers import make_curriculum

D = datetime.date
ENDED = D(2025, 5, 13)  # valid for 24 months: until 13 May 2027
TOPIC = "techniques-d-enquete"


@pytest.mark.parametrize(
    ("state", "until", "reminder"),
    [
        ("VALID", D(2027, 5, 13), ""),
        ("VALID", None, ""),
        ("DUE_SOON", D(2027, 5, 13), "SOON"),
        ("TO_REFRESH", D(2026, 5, 1), "LATE"),
        ("TO_REFRESH", D(2025, 5, 1), "LATE"),  # 365 days
        ("TO_REFRESH", D(2025, 4, 30), ""),
    ],
)
def test_a_validity_asks_for_one_reminder(
    state: str, until: datetime.date | None, reminder: str
) -> None:
    assert validity_reminder(state, until, D(2026, 5, 1)) == reminder


@pytest.mark.parametrize(("days", "is_soon"), [(-1, False), (0, True), (7, True), (8, False)])
def test_a_course_is_due_soon_in_the_week_before(days: int, is_soon: bool) -> None:
    today = D(2026, 5, 1)

    assert is_due_soon(today + datetime.timedelta(days=days), today) is is_soon


@pytest.mark.parametrize(
    "text",
    [
        validity_sms("SOON", ENDED, "https://formation.exemple.gouv.ml/mon-espace/"),
        validity_sms("LATE", ENDED, "https://formation.exemple.gouv.ml/mon-espace/"),
        due_sms(ENDED, "https://formation.exemple.gouv.ml/mon-espace/"),
    ],
)
def test_a_telephone_message_is_one_message_and_names_no_subject(text: str) -> None:
    assert fits_one_message(gsm_text(text))
    for word in ("traite", "enquête", "enquete", "juge", "brigade", "victime"):
        assert word not in text.casefold()


@pytest.mark.django_db
class TestPosting:
    def test_a_validity_is_reminded_once_before_and_once_after(self) -> None:
        person = make_person(email="awa@exemple.test")
        make_completed_run(person, make_curriculum(TOPIC), on=ENDED)

        posted = [
            post_reminders(day=day).posted
            for day in (
                D(2027, 3, 13),  # 61 days before
                D(2027, 3, 14),
                D(2027, 3, 15),
                D(2027, 5, 13),
                D(2027, 5, 14),
                D(2027, 6, 1),
            )
        ]

        assert posted == [0, 1, 0, 0, 1, 0]
        first, second = OutboxMessage.objects.order_by("pk")
        assert (first.channel, first.address) == (Channel.EMAIL, "awa@exemple.test")
        assert first.subject == "Votre formation est valable jusqu'au 13 mai 2027"
        assert f"« Curriculum {TOPIC} » est valable jusqu'au 13 mai 2027." in first.text
        assert second.subject == "Votre formation est à rafraîchir"

    def test_a_renewed_validity_is_reminded_again_later(self) -> None:
        person = make_person(email="awa@exemple.test")
        curriculum, refresher = make_curriculum(TOPIC), make_curriculum("rappel")
        CurriculumPage.objects.filter(pk=refresher.pk).update(refreshes=curriculum)
        make_completed_run(person, curriculum, on=ENDED)
        assert post_reminders(day=D(2027, 4, 1)).posted == 1
        message = OutboxMessage.objects.get()
        assert "suivez le rappel court « Curriculum rappel »." in message.text

        make_completed_run(person, refresher, on=D(2027, 4, 2))

        assert post_reminders(day=D(2027, 5, 14)).posted == 0
        assert post_reminders(day=D(2029, 3, 20)).posted == 1

    def test_without_e_mail_a_telephone_message_says_no_subject(self) -> None:
        person = make_person(phone="76112233")
        make_completed_run(person, make_curriculum(TOPIC), on=ENDED)

        post_reminders(day=D(2027, 4, 1))

        message = OutboxMessage.objects.get()
        assert (message.channel, message.address) == (Channel.SMS, "+22376112233")
        assert message.text == (
            "Rappel : une de vos formations est valable jusqu'au 13/05/2027. "
            "http://127.0.0.1:8000/mon-espace/"
        )

    def test_without_any_address_a_person_is_counted(self) -> None:
        make_completed_run(make_person(phone=""), make_curriculum(TOPIC), on=ENDED)

        done = post_reminders(day=D(2027, 4, 1))

        assert (done.posted, done.without_address) == (0, 1)

    def test_a_merged_record_is_reminded_as_the_kept_person(self) -> None:
        old, kept = make_person(phone="76000001"), make_person(phone="76000002")
        make_completed_run(old, make_curriculum(TOPIC), on=ENDED)
        make_completed_run(kept, make_curriculum(TOPIC), on=ENDED)
        Person.objects.filter(pk=old.pk).update(merged_into=kept)

        assert post_reminders(day=D(2027, 4, 1)).posted == 1
        assert OutboxMessage.objects.get().address == "+22376000002"

    def test_a_course_to_finish_is_reminded_in_its_last_week_only(self) -> None:
        person = make_person(email="awa@exemple.test")
        run = CourseRun.objects.create(
            person=person,
            curriculum=make_curriculum(TOPIC),
            curriculum_version="1.0",
            state=RunState.OPEN,
            started_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
            due_on=D(2026, 2, 1),
        )

        posted = [
            post_reminders(day=day).posted
            for day in (D(2026, 1, 24), D(2026, 1, 25), D(2026, 2, 1), D(2026, 2, 2))
        ]

        assert posted == [0, 1, 0, 0]
        assert (
            OutboxMessage.objects.get().subject
            == "Une formation à terminer pour le 1er février 2026"
        )
        CourseRun.objects.filter(pk=run.pk).update(due_on=D(2026, 3, 1))
        assert post_reminders(day=D(2026, 2, 28)).posted == 1

    def test_fictitious_people_are_written_to_on_a_demonstration_only(self, settings: Any) -> None:
        person = make_person(is_demo=True)
        make_completed_run(person, make_curriculum(TOPIC), on=ENDED)

        assert post_reminders(day=D(2027, 4, 1)).posted == 0
        settings.IS_DEMO = True
        assert post_reminders(day=D(2027, 4, 1)).posted == 1

    def test_the_command_may_be_run_every_hour(self) -> None:
        person = make_person()
        today = datetime.datetime.now(tz=datetime.UTC).date()
        make_completed_run(
            person, make_curriculum(TOPIC), on=today.replace(year=today.year - 2, day=1)
        )

        said = [StringIO(), StringIO()]
        for out in said:
            call_command("send_reminders", stdout=out)

        assert [out.getvalue() for out in said] == [
            "1 rappel(s) déposé(s).\n",
            "0 rappel(s) déposé(s).\n",
        ]
