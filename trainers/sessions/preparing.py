"""Acts on a session that is being prepared: confirm, correct its facts, its half-days, copy it."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Organization, Territory, User
from accounts.names import fold
from accounts.people import find_organization
from trainers.enums import SessionMode, SessionRole, SessionState
from trainers.models import (
    AttendanceMark,
    DeclaredPresence,
    PlanItem,
    SessionSlot,
    SessionTrainer,
    TrainingSession,
)
from trainers.participation.rule_sets import rule_set_on
from trainers.sessions.half_day_rules import HalfDay, HalfDaysRefused, Ranked, moved, ranked
from trainers.sessions.history import sign
from trainers.sessions.lock import lock_session
from trainers.sessions.plan_lines import PlanItemUnfit, refuse_unfit_plan_item
from trainers.sessions.planning import (
    SessionRefused,
    TrainerNotQualified,
    assign_trainer,
    create_session,
    is_qualified,
    open_slots,
    refuse_closed,
    refuse_long,
)
from trainers.sessions.states import Move, after


@dataclass(frozen=True)
class Copied:
    """The new session, and the trainers who lead the first one but may not lead this one."""

    session: TrainingSession
    demoted: tuple[str, ...] = ()


@transaction.atomic
def confirm_session(*, session: TrainingSession, by: User | None) -> TrainingSession:
    """Say that a planned session will be held; a second call changes nothing."""
    return _move(session, "confirm", by=by)


@transaction.atomic
def reopen_session(*, session: TrainingSession, by: User | None, reason: str) -> TrainingSession:
    """Bring a confirmed session back to planned, with the reason kept in its history."""
    if not reason.strip():
        raise SessionRefused(_("Revenir sur une confirmation demande un motif."))
    return _move(session, "reopen", by=by, reason=reason.strip())


@transaction.atomic
def update_session(
    *,
    session: TrainingSession,
    title: str,
    territory: Territory,
    venue: str = "",
    seats: int | None = None,
    organizer: str = "",
    funder: str = "",
    plan_item: PlanItem | None = None,
    by: User | None = None,
) -> TrainingSession:
    """Correct what does not touch the marks. `organizer` is a structure's name, made if unknown.

    Raises `SessionRefused`.
    """
    locked = lock_session(session)
    refuse_closed(locked)
    refuse_long(title, venue)
    try:
        refuse_unfit_plan_item(
            plan_item, territory=territory, day=locked.starts_on, held=locked.plan_item_id
        )
    except PlanItemUnfit as refusal:
        raise SessionRefused(str(refusal)) from refusal
    locked.title = title.strip() or locked.curriculum.title
    locked.territory = territory
    locked.venue = venue.strip()
    locked.seats = seats
    locked.organizer = organizer_named(organizer, territory)
    locked.funder = funder.strip()
    locked.plan_item = plan_item
    if plan_item is not None:
        locked.plan_activity = plan_item.activity
    fields = ["title", "territory", "venue", "seats", "organizer", "funder"]
    sign(locked, by, [*fields, "plan_item", "plan_activity"])
    return locked


@transaction.atomic
def change_half_days(
    *, session: TrainingSession, half_days: Sequence[HalfDay], by: User | None = None
) -> TrainingSession:
    """Write other half-days, on any days; only while nobody is marked nor declared present.

    The counting rules become those of the new first day. Raises `SessionRefused`,
    `trainers.participation.rule_sets.NoRuleSet`.
    """
    locked = lock_session(session)
    refuse_closed(locked)
    if locked.mode == SessionMode.ONLINE:
        raise SessionRefused(_("Une session en ligne n'a pas de demi-journées."))
    planned = _ranked(half_days)
    known = list(locked.slots.order_by("position"))
    if [_half_day(slot) for slot in known] == [one.half_day for one in planned]:
        return locked
    if has_presence(locked):
        raise SessionRefused(
            _("Des présences sont déjà notées : les demi-journées ne changent plus.")
        )
    locked.starts_on, locked.ends_on = (
        planned[0].half_day.held_on,
        planned[-1].half_day.held_on,
    )
    locked.rule_set = rule_set_on(locked.starts_on)
    _refuse_unfit_leads(locked)
    _refuse_lost_plan_item(locked)
    SessionSlot.objects.filter(session=locked).delete()
    open_slots(locked, planned)
    sign(
        locked,
        by,
        ["starts_on", "ends_on", "rule_set"],
        reason=_("Demi-journées modifiées"),
    )
    return locked


@transaction.atomic
def copy_session(
    *,
    session: TrainingSession,
    code: str,
    starts_on: datetime.date,
    territory: Territory,
    venue: str = "",
    by: User | None = None,
) -> Copied:
    """Open the same session elsewhere or later: curriculum, half-days, team, seats, funding.

    People, marks, evidence and results are not copied, and the version taught is today's. The line
    of the plan follows only where it fits. A lead trainer without a qualification on the new days
    becomes a trainer. Raises `SessionRefused`, `trainers.participation.rule_sets.NoRuleSet`.
    """
    half_days = [_half_day(slot) for slot in session.slots.order_by("position")]
    length = session.ends_on - session.starts_on
    copied = create_session(
        code=code,
        curriculum=session.curriculum,
        starts_on=starts_on,
        ends_on=starts_on + length,
        half_days=moved(half_days, starts_on) if half_days else (),
        mode=session.mode,
        type=session.type,
        title=session.title,
        territory=territory,
        venue=venue,
        seats=session.seats,
        organizer=session.organizer,
        funder=session.funder,
        plan_activity=session.plan_activity,
        plan_item=_item_that_fits(session.plan_item, territory, starts_on),
        encoded_by=by,
        is_demo=session.is_demo,
    )
    return Copied(copied, _copy_team(session, copied))


def organizer_named(name: str, territory: Territory) -> Organization | None:
    """The structure of that name, whatever its territory; made in this territory when unknown."""
    key = fold(name)[:160]
    if not key:
        return None
    known = Organization.objects.filter(name_key=key).order_by("pk")
    return (
        known.filter(territory=territory).first()
        or known.first()
        or find_organization(name=name, territory=territory)
    )


def has_presence(session: TrainingSession) -> bool:
    """Whether somebody is marked, or declared themselves present."""
    return (
        AttendanceMark.objects.filter(slot__session=session).exists()
        or DeclaredPresence.objects.filter(slot__session=session).exists()
    )


def _move(
    session: TrainingSession, move: Move, *, by: User | None, reason: str = ""
) -> TrainingSession:
    locked = lock_session(session)
    to = {"confirm": SessionState.CONFIRMED, "reopen": SessionState.PLANNED}[move]
    if locked.state == to:
        return locked
    if after(move, locked.state) is None:
        raise SessionRefused(
            _("La session %(code)s est « %(state)s » : ce changement n'est plus possible.")
            % {"code": locked.code, "state": locked.get_state_display()}
        )
    locked.state = to
    sign(locked, by, ["state"], reason=reason)
    return locked


def _ranked(half_days: Sequence[HalfDay]) -> list[Ranked]:
    try:
        return ranked(half_days)
    except HalfDaysRefused as refusal:
        raise SessionRefused(_(str(refusal))) from refusal


def _half_day(slot: SessionSlot) -> HalfDay:
    return HalfDay(slot.held_on, slot.half, slot.minutes)


def _refuse_unfit_leads(session: TrainingSession) -> None:
    leads = session.session_trainers.filter(role=SessionRole.LEAD_TRAINER)
    for lead in leads.select_related("trainer__person"):
        if not is_qualified(lead.trainer, session):
            raise SessionRefused(
                _("%(trainer)s n'est pas habilité à ces dates : changez d'abord son rôle.")
                % {"trainer": lead.trainer}
            )


def _refuse_lost_plan_item(session: TrainingSession) -> None:
    try:
        refuse_unfit_plan_item(
            session.plan_item,
            territory=session.territory,
            day=session.starts_on,
            held=session.plan_item_id,
        )
    except PlanItemUnfit as refusal:
        raise SessionRefused(str(refusal)) from refusal


def _item_that_fits(
    item: PlanItem | None, territory: Territory, starts_on: datetime.date
) -> PlanItem | None:
    try:
        refuse_unfit_plan_item(item, territory=territory, day=starts_on)
    except PlanItemUnfit:
        return None
    return item


def _copy_team(session: TrainingSession, copied: TrainingSession) -> tuple[str, ...]:
    demoted = []
    team = SessionTrainer.objects.filter(session=session).select_related("trainer__person")
    for one in team.order_by("pk"):
        try:
            assign_trainer(session=copied, trainer=one.trainer, role=one.role)
        except TrainerNotQualified:
            assign_trainer(session=copied, trainer=one.trainer, role=SessionRole.TRAINER)
            demoted.append(str(one.trainer))
    return tuple(demoted)
