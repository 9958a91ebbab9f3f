"""Send the questions of the day: three and six months after a session, a link without sign-in.

A message names neither the course nor the person: a telephone is lent and read over a shoulder.
"""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.enums import Channel
from accounts.link_tokens import new_link_token
from accounts.models import Person
from accounts.outbox import post_message
from accounts.sms_text import gsm_text
from assessments.follow_up_timing import DELAYS_IN_MONTHS, is_due
from assessments.models import FollowUp
from trainers.enums import SessionType
from trainers.models import Participation, TrainingSession
from trainers.sessions.lock import FINISHED_STATES

SENT_IN = "fr"
TRAINING_TYPES = (SessionType.TRAINING, SessionType.TOT)


@dataclass(frozen=True)
class FollowUpsSent:
    """What one run did: questions asked, and people who have no address to ask them at."""

    asked: int
    without_address: int


def send_due_follow_ups(*, day: datetime.date | None = None) -> FollowUpsSent:
    """Ask whoever was trained in a session that ended three or six months before `day` (today).

    Each person in a transaction of their own. Running it again, or two at once, asks nobody twice.
    Somebody without e-mail and telephone is not asked, hence not counted among the silent.
    """
    day = day or timezone.localdate()
    asked = without = 0
    with translation.override(SENT_IN):
        for months in DELAYS_IN_MONTHS:
            for one in _due(months, day):
                if _address_of(_kept(one.person)) is None:
                    without += 1
                elif _ask(participation=one, months=months, day=day):
                    asked += 1
    return FollowUpsSent(asked, without)


@transaction.atomic
def _ask(*, participation: Participation, months: int, day: datetime.date) -> bool:
    follow_up, is_new = FollowUp.objects.get_or_create(
        participation=participation,
        months=months,
        defaults={"sent_on": day, "token": new_link_token()},
    )
    person = _kept(participation.person)
    found = _address_of(person)
    if not is_new or found is None:
        return False
    channel, address = found
    is_mail = channel == Channel.EMAIL
    link = follow_up_address(follow_up)
    post_message(
        person=person,
        channel=channel,
        address=address,
        subject=_("Une question sur votre formation") if is_mail else "",
        text=_mail(link) if is_mail else gsm_text(sms_text(link)),
        key=f"follow-up:{months}:{participation.pk}",
    )
    return True


def follow_up_address(follow_up: FollowUp) -> str:
    """The absolute address of the question."""
    with translation.override(SENT_IN):
        path = reverse("assessments:follow_up", args=[follow_up.token])
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path


def sms_text(link: str) -> str:
    """One telephone message: it names no course."""
    return _("Une question, une minute : utilisez-vous ce que vous avez appris ? %(link)s") % {
        "link": link
    }


def _mail(link: str) -> str:
    return "\n\n".join(
        [
            _("Bonjour,"),
            _(
                "Vous avez suivi une formation il y a quelques mois. Utilisez-vous dans votre "
                "travail ce que vous y avez appris ? Une question, une minute, sans mot de passe :"
            ),
            link,
            _("Répondre non est aussi utile que répondre oui. Merci."),
        ]
    )


def _due(months: int, day: datetime.date) -> list[Participation]:
    """Whoever was trained and is to be asked on that day, not asked yet."""
    earliest = day - datetime.timedelta(days=31 * months + 40)
    sessions = [
        session.pk
        for session in TrainingSession.objects.filter(
            ends_on__range=(earliest, day), state__in=FINISHED_STATES, type__in=TRAINING_TYPES
        )
        if is_due(session.ends_on, months, day)
    ]
    people = Participation.objects.trained().filter(session__in=sessions)
    if not settings.IS_DEMO:
        people = people.filter(person__is_demo=False)
    asked = FollowUp.objects.filter(months=months).values("participation")
    return list(
        people.exclude(pk__in=asked)
        .select_related("person__user", "person__merged_into__user")
        .order_by("pk")
    )


def _kept(person: Person) -> Person:
    return person.merged_into or person


def _address_of(person: Person) -> tuple[str, str] | None:
    account = getattr(person, "user", None)
    email = person.email or (account.email if account else "")
    if email:
        return Channel.EMAIL, email
    return (Channel.SMS, person.phone) if person.phone else None
