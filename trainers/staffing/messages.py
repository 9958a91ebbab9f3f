"""What trainers are told of a session that needs them: asked, chosen or not, no longer needed.

A telephone is lent: its text names no course (`certificates.reminder_words`).
"""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.enums import Channel
from accounts.models import Person, User
from accounts.reminders import Reminded, Reminder, post_all
from accounts.sms_text import fits_one_message, gsm_text
from trainers.enums import SessionRole
from trainers.models import Trainer, TrainerCall, TrainerInvitation, TrainingSession
from trainers.staffing.answer_links import answer_address

LANGUAGE = "fr"


def tell_invited(invitation: TrainerInvitation) -> Reminded:
    """Ask, with the link that answers without signing in."""
    with translation.override(LANGUAGE):
        words = _words(invitation.session) | {
            "role": SessionRole(invitation.role).label.lower(),
            "link": answer_address(invitation),
            "address": own_record_address(),
        }
        lines = [
            _(
                "Nous vous proposons d'être %(role)s de la session « %(title)s », à %(place)s, du "
                "%(first)s au %(last)s."
            )
            % words,
            *([invitation.note] if invitation.note else []),
            _("Répondez ici, sans mot de passe, avant le %(first)s : %(link)s") % words,
            _("Ou répondez dans votre dossier de formateur : %(address)s") % words,
        ]
        sms = (
            _(
                "Une session vous est proposée du %(short_first)s au %(short_last)s. "
                "Répondez : %(link)s"
            )
            % words
        )
        return _tell(invitation, _("Invitation à une session de formation"), lines, sms)


def tell_chosen(invitation: TrainerInvitation) -> Reminded:
    """Say to somebody who applied that they are in the team."""
    with translation.override(LANGUAGE):
        words = _words(invitation.session) | {"address": own_record_address()}
        lines = [
            _("Votre candidature pour « %(title)s », le %(first)s, est retenue.") % words,
            _("Votre dossier de formateur : %(address)s") % words,
        ]
        sms = _("Votre candidature de formateur est retenue. %(address)s") % words
        return _tell(invitation, _("Votre candidature est retenue"), lines, sms)


def tell_not_chosen(invitation: TrainerInvitation) -> Reminded:
    """Say to somebody who applied that another was chosen."""
    with translation.override(LANGUAGE):
        words = _words(invitation.session)
        lines = [
            _(
                "Votre candidature pour « %(title)s », à %(place)s, du %(first)s au %(last)s, "
                "n'est pas retenue cette fois."
            )
            % words,
            _("Merci de votre proposition. Les prochains appels vous seront aussi envoyés."),
        ]
        sms = (
            _(
                "Votre candidature pour la session du %(short_first)s au %(short_last)s n'est pas "
                "retenue cette fois. Merci de votre proposition."
            )
            % words
        )
        return _tell(invitation, _("Votre candidature n'est pas retenue"), lines, sms)


def tell_withdrawn(invitation: TrainerInvitation) -> Reminded:
    """Say to somebody who was invited, or in the team, that they are no longer expected."""
    with translation.override(LANGUAGE):
        words = _words(invitation.session)
        lines = [
            _(
                "Nous ne vous attendons plus à la session « %(title)s », à %(place)s, du %(first)s "
                "au %(last)s."
            )
            % words,
            _("Vous n'avez rien à faire. Pour toute question, joignez l'organisateur."),
        ]
        sms = (
            _(
                "Nous ne vous attendons plus à la session du %(short_first)s au %(short_last)s. "
                "Vous n'avez rien à faire."
            )
            % words
        )
        return _tell(invitation, _("Une session ne vous attend plus"), lines, sms)


def tell_called(call: TrainerCall, trainers: Iterable[Trainer]) -> Reminded:
    """Say to each trainer, once for a call, that they may offer themselves."""
    with translation.override(LANGUAGE):
        words = _words_of_call(call)
        lines = [
            _(
                "La session « %(title)s », à %(place)s, du %(first)s au %(last)s, cherche un "
                "formateur."
            )
            % words,
            *([call.message] if call.message else []),
            _(
                "Vous pouvez vous proposer jusqu'au %(until)s dans votre dossier de formateur : "
                "%(address)s"
            )
            % words,
        ]
        sms = _sms_of_call(words)
        return post_all(
            [
                Reminder(
                    person_id=trainer.person_id,
                    key=f"call:{call.pk}:{trainer.pk}",
                    subject=_("Une session cherche un formateur"),
                    text=_letter(lines),
                    sms=sms,
                )
                for trainer in trainers
            ]
        )


def own_record_address() -> str:
    """The whole address of « Mon dossier de formateur »."""
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("trainers:own_record")


def reach_of(person: Person) -> tuple[str, str]:
    """By which way and at which address a person is told: e-mail first, else telephone.

    ("", "") where neither is known, and on people of the demonstration outside it.
    """
    if person.is_demo and not settings.IS_DEMO:
        return "", ""
    account = User.objects.filter(person=person).first()
    if email := person.email or (account.email if account else ""):
        return Channel.EMAIL, email
    return (Channel.SMS, person.phone) if person.phone else ("", "")


def _tell(invitation: TrainerInvitation, subject: str, lines: list[str], sms: str) -> Reminded:
    """Post once for the invitation as it now stands; asked again, it is another moment."""
    moment = invitation.answered_at or invitation.asked_at
    return post_all(
        [
            Reminder(
                person_id=invitation.trainer.person_id,
                key=f"invitation:{invitation.pk}:{invitation.state}:{moment.isoformat()}",
                subject=subject,
                text=_letter(lines),
                sms=sms,
            )
        ]
    )


def _words(session: TrainingSession) -> dict[str, str]:
    return {
        "title": session.title,
        "place": session.territory.name,
        "first": date_format(session.starts_on, "j F Y"),
        "last": date_format(session.ends_on, "j F Y"),
        "short_first": f"{session.starts_on:%d/%m}",
        "short_last": f"{session.ends_on:%d/%m}",
    }


def _words_of_call(call: TrainerCall) -> dict[str, str]:
    return _words(call.session) | {
        "until": date_format(call.closes_on, "j F Y"),
        "short_until": f"{call.closes_on:%d/%m}",
        "address": own_record_address(),
    }


def _sms_of_call(words: dict[str, str]) -> str:
    """With the place where there is room for it."""
    return _first_that_fits(
        _(
            "Session à animer du %(short_first)s au %(short_last)s, %(place)s : proposez-vous "
            "jusqu'au %(short_until)s. %(address)s"
        )
        % words,
        _(
            "Session à animer du %(short_first)s au %(short_last)s : proposez-vous jusqu'au "
            "%(short_until)s. %(address)s"
        )
        % words,
    )


def _letter(lines: list[str]) -> str:
    return "\n\n".join([_("Bonjour,"), *lines])


def _first_that_fits(*texts: str) -> str:
    """The first text that is one telephone message; the last one where none is."""
    return next((one for one in texts if fits_one_message(gsm_text(one))), texts[-1])
