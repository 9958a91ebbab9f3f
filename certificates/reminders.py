"""Post the reminders of the day in the outbox: validities that end, courses to finish.

At most one for each person, subject and period: the key holds all three, so running the command
again, or every hour, adds nothing.
"""

import datetime
from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.people import kept_ids
from accounts.reminders import Reminded, Reminder, post_all
from certificates.content import PRINTED_IN, printed_day
from certificates.reminder_words import due_sms, is_due_soon, validity_reminder, validity_sms
from courses.enums import RunState
from courses.models import CourseRun
from trainers.participation.validities import Validity, everybodys_validities


def post_reminders(*, day: datetime.date | None = None) -> Reminded:
    """Post what is due on a day (today by default), each message in its own transaction."""
    day = day or timezone.localdate()
    with translation.override(PRINTED_IN):
        reminders = [*_validity_reminders(day), *_due_reminders(day)]
    return post_all(reminders)


def _validity_reminders(day: datetime.date) -> Iterator[Reminder]:
    for person_id, validities in everybodys_validities(day=day).items():
        for validity in validities:
            kind = validity_reminder(validity.state, validity.valid_until, day)
            if kind:
                yield _validity_reminder(person_id, validity, kind)


def _validity_reminder(person_id: int, validity: Validity, kind: str) -> Reminder:
    until = validity.valid_until
    assert until is not None  # what never runs out asks for no reminder
    course, refresher = validity.curriculum, validity.refresher
    if kind == "SOON":
        subject = _("Votre formation est valable jusqu'au %(day)s") % {"day": printed_day(until)}
    else:
        subject = _("Votre formation est à rafraîchir")
    lines = [
        _("Bonjour,"),
        _("Votre formation « %(course)s » est valable jusqu'au %(day)s.")
        % {"course": course.title, "day": printed_day(until)}
        if kind == "SOON"
        else _("La validité de votre formation « %(course)s » a pris fin le %(day)s.")
        % {"course": course.title, "day": printed_day(until)},
        _("Pour la prolonger, suivez le rappel court « %(title)s ».") % {"title": refresher.title}
        if refresher
        else _("Pour la prolonger, suivez de nouveau la formation, en ligne ou en session."),
        _("Votre espace : %(address)s") % {"address": _space()},
    ]
    return Reminder(
        person_id=person_id,
        key=f"validity:{kind}:{person_id}:{course.pk}:{until.isoformat()}",
        subject=subject,
        text="\n\n".join(lines),
        sms=validity_sms(kind, until, _space()),
    )


def _due_reminders(day: datetime.date) -> Iterator[Reminder]:
    open_runs = CourseRun.objects.filter(state=RunState.OPEN, due_on__gte=day)
    kept = kept_ids()
    for run in open_runs.select_related("curriculum").order_by("pk"):
        if run.due_on is None or not is_due_soon(run.due_on, day):
            continue
        person_id = kept.get(run.person_id, run.person_id)
        lines = [
            _("Bonjour,"),
            _("La formation « %(course)s » est à terminer pour le %(day)s.")
            % {"course": run.curriculum.title, "day": printed_day(run.due_on)},
            _("Reprenez là où vous en étiez : %(address)s") % {"address": _space()},
        ]
        yield Reminder(
            person_id=person_id,
            key=f"due:{person_id}:{run.curriculum_id}:{run.due_on.isoformat()}",
            subject=_("Une formation à terminer pour le %(day)s")
            % {"day": printed_day(run.due_on)},
            text="\n\n".join(lines),
            sms=due_sms(run.due_on, _space()),
        )


def _space() -> str:
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("assessments:my_space")
