"""Acts on the list of a session: enrol known people together, remove one put there by mistake."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Person, User
from accounts.people import kept_person
from trainers.enums import RegistrationState
from trainers.models import AttendanceMark, DeclaredPresence, Participation, TrainingSession
from trainers.participation.records import enrol
from trainers.sessions.history import REASON_LENGTH, sign
from trainers.sessions.lock import lock_open_session
from trainers.sessions.seats import is_beyond_seats


class RosterRefused(ValueError):
    """A list that cannot change as asked; its text is a French sentence."""


@transaction.atomic
def enrol_known(
    *, session: TrainingSession, persons: Sequence[Person], is_overbooking: bool = False
) -> list[Participation]:
    """Put known people on the list, all or none; who is there already stays there once.

    Raises `RosterRefused` beyond the seats, unless `is_overbooking`;
    `trainers.sessions.lock.SessionClosed`.
    """
    locked = lock_open_session(session)
    kept = {person.pk: person for person in map(kept_person, persons)}
    there = set(locked.participations.values_list("person_id", flat=True))
    adding = [person for pk, person in kept.items() if pk not in there]
    if not is_overbooking and is_beyond_seats(
        seats=locked.seats, taken=len(there), adding=len(adding)
    ):
        left = max(0, (locked.seats or 0) - len(there))
        raise RosterRefused(
            ngettext(
                "Il reste %(left)d place pour %(adding)d personnes : réduisez le choix, ou "
                "cochez « en surnombre ».",
                "Il reste %(left)d places pour %(adding)d personnes : réduisez le choix, ou "
                "cochez « en surnombre ».",
                left,
            )
            % {"left": left, "adding": len(adding)}
        )
    return [enrol(session=locked, person=person) for person in adding]


@transaction.atomic
def remove_from_list(*, participation: Participation, reason: str, by: User | None) -> None:
    """Take off the list somebody enrolled by mistake, with a reason kept in the session's history.

    Refused once there is a mark, a declared presence, a test copy or a certificate: what happened
    is corrected, never erased. The request that led here, if any, is refused with the same reason.
    """
    assert participation.session is not None
    locked = lock_open_session(participation.session)
    one = Participation.objects.select_related("person").filter(pk=participation.pk).first()
    if one is None:  # removed a moment ago
        return
    if not reason.strip():
        raise RosterRefused(_("Retirer une personne de la liste demande un motif."))
    if (
        AttendanceMark.objects.filter(participation=one).exists()
        or DeclaredPresence.objects.filter(participation=one).exists()
    ):
        raise RosterRefused(
            _("%(person)s a déjà une présence : corrigez-la dans l'appel, avec un motif.")
            % {"person": one.person}
        )
    one.registrations.update(
        state=RegistrationState.REFUSED, participation=None, reason=reason.strip()[:200]
    )
    try:
        with transaction.atomic():
            one.delete()
    except ProtectedError as kept:
        raise RosterRefused(
            _("%(person)s a déjà une copie ou une attestation : elle reste sur la liste.")
            % {"person": one.person}
        ) from kept
    told = _("%(person)s retirée de la liste : %(reason)s") % {
        "person": one.person,
        "reason": reason.strip(),
    }
    sign(locked, by, ["seats"], reason=told[:REASON_LENGTH])
