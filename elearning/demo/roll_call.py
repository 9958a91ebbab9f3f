"""What two phones left in the running session: one tap that says the contrary of another.

No draw here: the rest of the world stays the same for the same seed.
"""

import datetime
import uuid

from django.utils import timezone

from accounts.models import User
from trainers.attendance.sending import receive_sending
from trainers.attendance.sending_payload import Sending, SentMark
from trainers.models import AttendanceMark, TrainingSession

PHONES = uuid.UUID("0f5f6a0e-6f0c-5d38-8d5c-6f5a1c1e9b44")  # namespace of the demo's taps
NOON = datetime.time(12, 20)


def play_two_phones(code: str, *, by: User) -> None:
    """The second trainer's phone noted absent somebody whom the first one noted present."""
    session = TrainingSession.objects.get(code=code)
    mark = (
        AttendanceMark.objects.filter(participation__session=session, is_present=True)
        .select_related("slot")
        .order_by("participation__person__family_name", "pk")[0]
    )
    noon = datetime.datetime.combine(mark.slot.held_on, NOON)
    tap = SentMark(
        uuid=uuid.uuid5(PHONES, f"{code}/{mark.participation_id}"),
        who=mark.participation_id,
        slot_id=mark.slot_id,
        is_present=False,
        at=timezone.make_aware(noon),
    )
    receive_sending(session=session, sending=Sending(marks=(tap,)), by=by)
