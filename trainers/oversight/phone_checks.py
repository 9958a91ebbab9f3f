"""Acts of the checks by telephone (domain §3): draw whom to call, note once what they said."""

import datetime
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from trainers.enums import LadderStatus, PhoneCheckResult, SessionState
from trainers.models import Participation, PhoneCheck, TrainingSession
from trainers.oversight.phone_sample import MOST_PERCENT, draw_sample
from trainers.sessions.lock import lock_session
from trainers.sessions.validation import is_in_charge, took_part

SEEDS = 2**31


class PhoneCheckRefused(ValueError):
    """A draw or a result that cannot be noted; its text is a French sentence."""


@dataclass(frozen=True)
class CheckTally:
    """What the calls of a session, or of several, gave; rates in percent, None before any call."""

    drawn: int
    called: int
    confirmed: int
    contested: int

    @property
    def waiting(self) -> int:
        """How many are still to be called."""
        return self.drawn - self.called

    @property
    def answered(self) -> int:
        """Of those called, how many spoke of their presence."""
        return self.confirmed + self.contested

    @property
    def answer_rate(self) -> float | None:
        """Share of those called who spoke of their presence."""
        return 100 * self.answered / self.called if self.called else None

    @property
    def confirmation_rate(self) -> float | None:
        """Of those who spoke, how many confirm it."""
        return 100 * self.confirmed / self.answered if self.answered else None


def may_check(session: TrainingSession, user: User) -> bool:
    """Whether the account may draw and call: in charge of the session, and no party to it."""
    return is_in_charge(session, user) and not took_part(session, user)


@transaction.atomic
def draw_phone_checks(
    *,
    session: TrainingSession,
    by: User,
    percent: int = MOST_PERCENT,
    seed: int | None = None,
    at: datetime.datetime | None = None,
) -> list[PhoneCheck]:
    """Draw the participants of a session to call, among those present who have a number.

    A session is drawn once: a second draw returns the first one, so that nobody draws again until
    the list pleases. Raises `PhoneCheckRefused`.
    """
    session = lock_session(session)
    if not may_check(session, by):
        raise PhoneCheckRefused(
            _("Le tirage revient à une personne qui n'a ni animé ni saisi cette session.")
        )
    known = checks_of([session.pk])
    if known:
        return known
    if session.state == SessionState.CANCELLED or session.ends_on >= timezone.localdate():
        raise PhoneCheckRefused(_("Le tirage se fait quand la session est terminée."))
    drawn_seed = secrets.randbelow(SEEDS) if seed is None else seed
    ids = draw_sample(callable_ids(session), seed=drawn_seed, percent=percent)
    if not ids:
        raise PhoneCheckRefused(
            _("Aucun participant présent n'a de numéro de téléphone : il n'y a personne à appeler.")
        )
    moment = at or timezone.now()
    PhoneCheck.objects.bulk_create(
        PhoneCheck(participation_id=one, seed=drawn_seed, drawn_at=moment, drawn_by=by)
        for one in ids
    )
    return checks_of([session.pk])


@transaction.atomic
def draw_for_period(
    *, sessions: Iterable[TrainingSession], by: User, percent: int = MOST_PERCENT
) -> int:
    """Draw in each of these sessions that the account may check and that was not drawn.

    Each session has its own share and seed. Returns how many participants are to be called.
    """
    drawn = 0
    for session in sessions:
        is_new = not PhoneCheck.objects.filter(participation__session=session).exists()
        if is_new and may_check(session, by) and callable_ids(session):
            drawn += len(draw_phone_checks(session=session, by=by, percent=percent))
    return drawn


@transaction.atomic
def record_call(
    *,
    check: PhoneCheck,
    result: str,
    note: str = "",
    by: User,
    at: datetime.datetime | None = None,
) -> PhoneCheck:
    """Note what a person drawn said: once. The same answer again changes nothing.

    Raises `PhoneCheckRefused` for a second answer that differs, and for a party to the session.
    """
    locked = (
        PhoneCheck.objects.select_for_update(of=("self",))
        .select_related("participation__session__territory")
        .get(pk=check.pk)
    )
    session = locked.participation.session
    if session is None or not may_check(session, by):
        raise PhoneCheckRefused(
            _("L'appel revient à une personne qui n'a ni animé ni saisi cette session.")
        )
    if result not in PhoneCheckResult.values:
        raise PhoneCheckRefused(_("Choisissez ce que la personne a répondu."))
    if locked.result == result:
        return locked
    if locked.result:
        raise PhoneCheckRefused(
            _("Cet appel est déjà noté « %(result)s » : un résultat ne change plus.")
            % {"result": locked.get_result_display()}
        )
    locked.result, locked.note = result, note.strip()[:200]
    locked.called_at, locked.called_by = at or timezone.now(), by
    locked.save(update_fields=["result", "note", "called_at", "called_by"])
    return locked


def callable_ids(session: TrainingSession) -> list[int]:
    """Ids of the participations whose person was present and has a number."""
    present = Participation.objects.filter(session=session).exclude(status=LadderStatus.ENROLLED)
    return list(present.exclude(person__phone="").values_list("pk", flat=True))


def checks_of(session_ids: Iterable[int]) -> list[PhoneCheck]:
    """The checks of these sessions with all that a call sheet says; one query."""
    return list(
        PhoneCheck.objects.filter(participation__session__in=list(session_ids))
        .select_related(
            "participation__person",
            "participation__session",
            "participation__organization",
            "participation__profession",
            "drawn_by",
            "called_by",
        )
        .order_by("participation__session__ends_on", "pk")
    )


def tally(checks: Iterable[PhoneCheck]) -> CheckTally:
    """Count what the calls gave."""
    results = [check.result for check in checks]
    contested = (PhoneCheckResult.DENIED, PhoneCheckResult.WRONG_NUMBER)
    return CheckTally(
        drawn=len(results),
        called=sum(bool(result) for result in results),
        confirmed=results.count(PhoneCheckResult.CONFIRMED),
        contested=sum(result in contested for result in results),
    )
