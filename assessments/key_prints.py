"""Who printed the key of a session's test, and when: a trace, as files of evidence leave one."""

import datetime
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from accounts.models import User
from assessments.enums import Occasion
from trainers.models import TrainingSession

PRINT_KEY = "assessments.print_key"  # registered in wagtail_hooks.py


@dataclass(frozen=True)
class KeyPrint:
    """One print of a key."""

    occasion: Occasion
    printed_at: datetime.datetime
    printed_by: str


def note_key_print(*, session: TrainingSession, occasion: str, by: User) -> None:
    """Add a line to the trace."""
    log(instance=session, action=PRINT_KEY, user=by, data={"occasion": occasion})


def key_prints(session: TrainingSession) -> list[KeyPrint]:
    """The prints of a session, the latest first; one query once content types are known."""
    entries = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(session),
        object_id=str(session.pk),
        action=PRINT_KEY,
    )
    return [
        KeyPrint(Occasion(entry.data["occasion"]), entry.timestamp, str(entry.user))
        for entry in entries.select_related("user__person").order_by("-timestamp", "-pk")
    ]
