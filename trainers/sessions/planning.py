"""Acts on a training session: open, staff, hand in, validate, cancel (domain §3 and §5)."""

import datetime
import re
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organization, Territory, User
from courses.curriculum_versions import current_version
from courses.lesson_log import planned_minutes
from courses.models import CurriculumPage
from trainers.enums import (
    SessionMode,
    SessionRole,
    SessionState,
    SessionType,
    TrainerState,
)
from trainers.models import (
    PlanActivity,
    PlanItem,
    Qualification,
    SessionSlot,
    SessionTrainer,
    Trainer,
    TrainingSession,
)
from trainers.participation.records import refresh_ladder
from trainers.participation.rule_sets import rule_set_on
from trainers.registry.qualifying import LEADING_LEVELS, levels_that_lead
from trainers.sessions.checks import Flag
from trainers.sessions.half_day_rules import (
    HalfDay,
    HalfDaysRefused,
    Ranked,
    consecutive,
    ranked,
)
from trainers.sessions.history import sign
from trainers.sessions.lock import CLOSED_STATES, lock_session
from trainers.sessions.plan_lines import PlanItemUnfit, refuse_unfit_plan_item
from trainers.sessions.red_flags import red_flags
from trainers.sessions.states import after
from trainers.sessions.validation import missing_evidence, unfit_state, unfit_validator

__all__ = [
    "CannotValidate",
    "Flag",
    "SessionRefused",
    "TrainerNotQualified",
    "assign_trainer",
    "cancel_session",
    "create_session",
    "explain_missing",
    "missing_evidence",
    "red_flags",
    "return_session",
    "submit_session",
    "validate_session",
]

RESERVED_CODES = frozenset({"nouvelle", "anciennes"})  # addresses of pages beside the sessions
MAX_DAYS_ONLINE = 366
MAX_TITLE, MAX_VENUE = 200, 160
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,39}")


class SessionRefused(ValueError):
    """A session that cannot be written as asked; its text is a French sentence."""


class TrainerNotQualified(ValueError):
    """No qualification valid on the session's days; its text is a French sentence."""


class CannotValidate(ValueError):
    """The session does not count yet; `reasons` lists why, one French sentence each."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@transaction.atomic
def create_session(  # noqa: PLR0913 one argument for each fact
    *,
    code: str,
    curriculum: CurriculumPage,
    starts_on: datetime.date,
    territory: Territory,
    slot_count: int = 0,
    slot_minutes: int = 0,
    half_days: Sequence[HalfDay] = (),
    ends_on: datetime.date | None = None,
    mode: str = SessionMode.ROOM,
    type: str = SessionType.TRAINING,  # noqa: A002 the name of the field
    title: str = "",
    venue: str = "",
    seats: int | None = None,
    organizer: Organization | None = None,
    funder: str = "",
    plan_activity: PlanActivity | None = None,
    plan_item: PlanItem | None = None,
    encoded_by: User | None = None,
    is_demo: bool = False,
) -> TrainingSession:
    """Open a session with its half-days: those given, or as many as said, on consecutive days.

    Online there is no half-day: the lessons of the curriculum are read until `ends_on`. The
    curriculum's version and the counting rules of the first day are kept with it. Raises
    `SessionRefused`, `trainers.participation.rule_sets.NoRuleSet`.
    """
    _refuse_code(code)
    planned: list[Ranked] = []
    if mode == SessionMode.ONLINE:
        last_day = _last_day_online(curriculum, starts_on, ends_on)
    else:
        planned = _ranked(half_days or consecutive(starts_on, slot_count, slot_minutes))
        starts_on, last_day = planned[0].half_day.held_on, planned[-1].half_day.held_on
    refuse_long(title, venue)
    _refuse_plan_item(plan_item, territory, starts_on)
    session = TrainingSession.objects.create(
        code=code,
        title=title.strip() or curriculum.title,
        type=type,
        curriculum=curriculum,
        curriculum_version=curriculum.version,
        taught_version=current_version(curriculum),
        territory=territory,
        venue=venue.strip(),
        seats=seats,
        organizer=organizer,
        funder=funder.strip(),
        plan_activity=plan_activity or (plan_item.activity if plan_item else None),
        plan_item=plan_item,
        starts_on=starts_on,
        ends_on=last_day,
        mode=mode,
        rule_set=rule_set_on(starts_on),
        encoded_by=encoded_by,
        is_demo=is_demo,
    )
    open_slots(session, planned)
    return session


@transaction.atomic
def assign_trainer(*, session: TrainingSession, trainer: Trainer, role: str) -> SessionTrainer:
    """Give a trainer a role in a session; a second call changes the role.

    A lead trainer holds a qualification for that curriculum valid on every day of the session
    (domain §5), of a level that leads: a training of trainers is led by a trainer of trainers, from
    now on (`levels_that_lead`). A suspended trainer has no role. Raises
    `TrainerNotQualified`, `SessionRefused`.
    """
    locked = lock_session(session)
    refuse_closed(locked)
    _refuse_suspended(trainer)
    if role == SessionRole.LEAD_TRAINER:
        _refuse_unqualified(trainer, locked)
    assigned, _created = SessionTrainer.objects.update_or_create(
        session=locked, trainer=trainer, defaults={"role": role}
    )
    return assigned


@transaction.atomic
def submit_session(*, session: TrainingSession, by: User | None) -> TrainingSession:
    """Hand a session in for validation; its ladder is recomputed as over."""
    locked = lock_session(session)
    refuse_closed(locked)
    if locked.state != SessionState.TO_VALIDATE:
        locked.state = SessionState.TO_VALIDATE
        sign(locked, by, ["state"])
        refresh_ladder(session=locked)
    return locked


@transaction.atomic
def validate_session(
    *, session: TrainingSession, by: User, has_tests: bool, at: datetime.datetime | None = None
) -> TrainingSession:
    """Make a session count. Raises `CannotValidate` with every reason at once.

    `by` is in charge of the venue's territory and neither trained nor encoded. `has_tests` is
    handed in by the caller (`trainers.sessions.checks.has_tests`). A second call changes nothing.
    """
    locked = lock_session(session)
    if locked.state == SessionState.VALIDATED:
        return locked
    reasons = [
        *unfit_state(locked),
        *unfit_validator(locked, by),
        *missing_evidence(locked, has_tests=has_tests),
    ]
    if reasons:
        raise CannotValidate(reasons)
    refresh_ladder(session=locked)
    locked.state = SessionState.VALIDATED
    locked.validated_by = by
    locked.validated_at = at or timezone.now()
    sign(locked, by, ["state", "validated_by", "validated_at"])
    return locked


@transaction.atomic
def return_session(*, session: TrainingSession, by: User, reason: str) -> TrainingSession:
    """Send a session handed in back to its trainer, with the reason kept in its history."""
    locked = lock_session(session)
    if locked.state != SessionState.TO_VALIDATE:
        raise SessionRefused(_("Seule une session à valider peut être renvoyée."))
    if not reason.strip():
        raise SessionRefused(_("Renvoyer une session demande un motif."))
    locked.state = SessionState.RUNNING
    sign(locked, by, ["state"], reason=reason.strip()[:100])
    return locked


@transaction.atomic
def cancel_session(
    *, session: TrainingSession, reason: str, by: User | None = None
) -> TrainingSession:
    """Cancel a session that was not validated; the reason is compulsory."""
    locked = lock_session(session)
    if locked.state == SessionState.CANCELLED:
        return locked
    if after("cancel", locked.state) is None:
        raise SessionRefused(_("Une session validée ne s'annule pas."))
    if not reason.strip():
        raise SessionRefused(_("Annuler une session demande un motif."))
    locked.state = SessionState.CANCELLED
    locked.cancellation_reason = reason.strip()
    sign(locked, by, ["state", "cancellation_reason"])
    return locked


@transaction.atomic
def explain_missing(
    *,
    session: TrainingSession,
    no_test_reason: str | None = None,
    roll_call_confirmed_by: str | None = None,
) -> TrainingSession:
    """State why there are no tests, or who confirmed the roll call; None changes nothing."""
    locked = lock_session(session)
    refuse_closed(locked)
    if no_test_reason is not None:
        locked.no_test_reason = no_test_reason.strip()
    if roll_call_confirmed_by is not None:
        locked.roll_call_confirmed_by = roll_call_confirmed_by.strip()[:200]
    locked.save(update_fields=["no_test_reason", "roll_call_confirmed_by"])
    return locked


def open_slots(session: TrainingSession, planned: Sequence[Ranked]) -> None:
    """Write the half-days of a session that has none."""
    SessionSlot.objects.bulk_create(
        SessionSlot(
            session=session,
            position=one.position,
            day_number=one.day_number,
            half=one.half_day.half,
            held_on=one.half_day.held_on,
            minutes=one.half_day.minutes,
        )
        for one in planned
    )


def is_qualified(
    trainer: Trainer, session: TrainingSession, levels: frozenset[str] = LEADING_LEVELS
) -> bool:
    """Whether the trainer is qualified at such a level on each of the session's days (domain §5).

    By default at a level that leads: who leads already a training of trainers stays its lead.
    """
    return Qualification.objects.filter(
        Q(trainer=trainer, curriculum=session.curriculum, withdrawn_on=None),
        granted_on__lte=session.starts_on,
        expires_on__gte=session.ends_on,
        level__in=levels,
    ).exists()


def _refuse_unqualified(trainer: Trainer, session: TrainingSession) -> None:
    words = {
        "trainer": trainer,
        "curriculum": session.curriculum.title,
        "start": session.starts_on.strftime("%d/%m/%Y"),
        "end": session.ends_on.strftime("%d/%m/%Y"),
    }
    if not is_qualified(trainer, session):
        raise TrainerNotQualified(
            _(
                "%(trainer)s n'a pas d'habilitation valide pour « %(curriculum)s » du %(start)s "
                "au %(end)s et ne peut pas être formateur principal."
            )
            % words
        )
    levels = levels_that_lead(session.type, is_over=session.ends_on < timezone.localdate())
    if not is_qualified(trainer, session, levels):
        raise TrainerNotQualified(
            _(
                "%(trainer)s n'est pas formateur de formateurs pour « %(curriculum)s » : une "
                "formation de formateurs demande ce niveau. Choisissez une autre personne ou un "
                "autre rôle."
            )
            % words
        )


def _refuse_suspended(trainer: Trainer) -> None:
    """Read again: the record in hand may be from before the suspension."""
    if Trainer.objects.filter(pk=trainer.pk, state=TrainerState.SUSPENDED).exists():
        raise SessionRefused(
            _("%(trainer)s : inscription au répertoire suspendue. Choisissez une autre personne.")
            % {"trainer": trainer}
        )


def refuse_closed(session: TrainingSession) -> None:
    """Raise `SessionRefused` when the session is validated or cancelled."""
    if session.state in CLOSED_STATES:
        raise SessionRefused(
            _("La session %(code)s est %(state)s : elle ne change plus.")
            % {"code": session.code, "state": session.get_state_display().lower()}
        )


def refuse_long(title: str, venue: str) -> None:
    """Raise `SessionRefused` when a text does not fit its column."""
    for text, limit in ((title.strip(), MAX_TITLE), (venue.strip(), MAX_VENUE)):
        if len(text) > limit:
            raise SessionRefused(
                _("« %(start)s… » est trop long : %(limit)s caractères au plus.")
                % {"start": text[:30], "limit": limit}
            )


def _last_day_online(
    curriculum: CurriculumPage, starts_on: datetime.date, ends_on: datetime.date | None
) -> datetime.date:
    if not planned_minutes(curriculum.path):
        raise SessionRefused(_("Ce curriculum n'a pas encore de leçons en ligne."))
    if ends_on is None or ends_on < starts_on:
        raise SessionRefused(_("Le dernier jour vient après le premier."))
    if (ends_on - starts_on).days > MAX_DAYS_ONLINE:
        raise SessionRefused(_("Une session en ligne dure un an au plus."))
    return ends_on


def is_fit_code(code: str) -> bool:
    """Whether a code can be a session's: letters, digits, dashes, and no address of ours."""
    return bool(_CODE.fullmatch(code)) and code.lower() not in RESERVED_CODES


def _refuse_code(code: str) -> None:
    if not is_fit_code(code):
        raise SessionRefused(
            _("Le code « %(code)s » ne convient pas : 40 lettres, chiffres ou tirets au plus.")
            % {"code": code}
        )
    if TrainingSession.objects.filter(code__iexact=code).exists():
        raise SessionRefused(_("La session %(code)s existe déjà.") % {"code": code})


def _ranked(half_days: Sequence[HalfDay]) -> list[Ranked]:
    try:
        return ranked(half_days)
    except HalfDaysRefused as refusal:
        raise SessionRefused(_(str(refusal))) from refusal


def _refuse_plan_item(
    item: PlanItem | None, territory: Territory, starts_on: datetime.date
) -> None:
    try:
        refuse_unfit_plan_item(item, territory=territory, day=starts_on)
    except PlanItemUnfit as refusal:
        raise SessionRefused(str(refusal)) from refusal
