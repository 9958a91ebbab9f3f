"""Reminders to trainers whose qualification ends soon: once for each, two months before."""

import datetime
from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.reminders import Reminder
from trainers.enums import TrainerState
from trainers.models import Qualification
from trainers.oversight.reminder_words import LAPSE_DAYS, lapse_sms


def lapse_reminders(day: datetime.date) -> Iterator[Reminder]:
    """To each trainer: until when, and where to read what prolongs it."""
    ending = Qualification.objects.lapsing(day, within=LAPSE_DAYS).exclude(
        trainer__state=TrainerState.SUSPENDED
    )
    address = settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("trainers:own_record")
    for one in ending.select_related("trainer", "curriculum").order_by("expires_on", "pk"):
        words = {
            "course": one.curriculum.title,
            "day": date_format(one.expires_on, "j F Y"),
            "address": address,
        }
        yield Reminder(
            person_id=one.trainer.person_id,
            key=f"lapse:{one.pk}:{one.expires_on.isoformat()}",
            subject=_("Votre habilitation prend bientôt fin"),
            text="\n\n".join(
                [
                    _("Bonjour,"),
                    _("Votre habilitation pour « %(course)s » prend fin le %(day)s.") % words,
                    _("Votre dossier dit ce qui la prolonge : %(address)s") % words,
                ]
            ),
            sms=lapse_sms(one.expires_on, address),
        )
