"""The text a trainer accepts before the public directory names them, and the act that keeps it."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from trainers.models import Trainer
from trainers.registry.records import consent_to_listing, withdraw_consent

# A text that somebody accepted never changes: another wording is another version.
LISTING_TEXTS = {
    "2023-01": _(
        "J'accepte que mon nom, ma région, mes langues, mes spécialités et mes habilitations "
        "paraissent dans le répertoire public des formateurs. Je peux revenir sur cet accord à "
        "tout moment."
    ),
}
CURRENT_VERSION = "2023-01"


def consented_on(trainer: Trainer) -> datetime.date | None:
    """The day of the consent in force, None without one."""
    at = trainer.listing_consent_at
    return None if at is None else timezone.localdate(at)


@transaction.atomic
def state_consent(*, trainer: Trainer, given_on: datetime.date | None) -> Trainer:
    """Write what the trainer says today of being listed; None takes them off the directory.

    The same day again is the same consent and keeps the version accepted then. Another day is a new
    consent, to the current text.
    """
    before = consented_on(trainer)
    if given_on == before:
        return trainer
    if given_on is None:
        return withdraw_consent(trainer=trainer)
    at = timezone.make_aware(datetime.datetime.combine(given_on, datetime.time()))
    return consent_to_listing(trainer=trainer, at=at, version=CURRENT_VERSION)
