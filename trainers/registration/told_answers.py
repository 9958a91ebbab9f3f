"""Tell whoever asked for a seat what was answered: once per request, by the outbox.

Only a person of the register is written to, at the address of their record: a number typed by a
visitor may be anybody's, and a stranger is told nothing. A message names no course.
"""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import OutboxMessage
from accounts.reminders import Reminder, post_all
from accounts.sms_text import fits_one_message, gsm_text
from trainers.enums import RegistrationState
from trainers.models import Registration
from trainers.sessions.tabs import days_of

LANGUAGE = "fr"
PLACE_LENGTH = 40


def tell_answer(registration: Registration) -> None:
    """Post the message of a request accepted or refused; nothing where nobody is known."""
    person_id = _person_to_tell(registration)
    if person_id is None:
        return
    is_yes = registration.state == RegistrationState.APPROVED
    with translation.override(LANGUAGE):
        reminder = Reminder(
            person_id=person_id,
            key=_key(registration),
            subject=_("Votre place est confirmée") if is_yes else _("Votre demande de place"),
            text=_letter(registration, is_yes=is_yes),
            sms=_sms(registration, is_yes=is_yes),
        )
    post_all([reminder])


def was_told(registration: Registration) -> bool:
    """Whether the answer given now has its message."""
    return OutboxMessage.objects.filter(key=_key(registration)).exists()


def _person_to_tell(registration: Registration) -> int | None:
    """The person of the account; for a request accepted, whoever the staff enrolled."""
    if registration.person_id is not None:
        return registration.person_id
    enrolled = registration.participation
    return None if enrolled is None else enrolled.person_id


def _key(registration: Registration) -> str:
    """A request made again after a refusal is another one: it has another moment."""
    asked = f"{registration.asked_at:%Y%m%d%H%M%S}"
    return f"seat:{registration.pk}:{asked}:{registration.state}"


def _letter(registration: Registration, *, is_yes: bool) -> str:
    session = registration.session
    where = ", ".join(part for part in (session.venue, session.territory.name) if part)
    facts = {"days": days_of(session), "place": where}
    lines = [_("Bonjour,")]
    if is_yes:
        lines.append(
            _("Votre place à la session de formation tenue %(days)s (%(place)s) est confirmée.")
            % facts
        )
    else:
        lines += [
            _("Votre demande pour la session de formation tenue %(days)s n'est pas retenue.")
            % facts,
            _("Motif : %(reason)s") % {"reason": registration.reason},
        ]
    return "\n\n".join([*lines, _("Votre espace : %(address)s") % {"address": _space()}])


def _sms(registration: Registration, *, is_yes: bool) -> str:
    """With the address of the person's space where it fits."""
    session = registration.session
    place = (session.venue or session.territory.name)[:PLACE_LENGTH]
    if is_yes:
        said = f"Votre place est confirmée : session du {session.starts_on:%d/%m/%Y} ({place})."
    else:
        said = f"Votre demande pour la session du {session.starts_on:%d/%m/%Y} n'est pas retenue."
    whole = gsm_text(f"{said} {_space()}")
    return whole if fits_one_message(whole) else said


def _space() -> str:
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + "/mon-espace/"
