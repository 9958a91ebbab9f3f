"""Which lines of the training plan an account reads, and what it may do there (domain §7)."""

from django.db.models import Q, QuerySet

from accounts.enums import Audience
from accounts.models import User
from accounts.roles import AnyUser, belongs_to, is_national, territory_ids_in_scope
from trainers.enums import SessionState
from trainers.models import AwarenessEvent, Expense, PlanItem, TrainingSession
from trainers.sessions.access import may_record, sessions_for
from trainers.sessions.validation import is_in_charge


def items_for(user: AnyUser) -> QuerySet[PlanItem]:
    """All lines for the committee, those of its territory for a focal point, else none."""
    if not belongs_to(user, Audience.VALIDATORS):
        return PlanItem.objects.none()
    scope = territory_ids_in_scope(user)
    return PlanItem.objects.all() if scope is None else PlanItem.objects.filter(territory__in=scope)


def events_for(user: AnyUser) -> QuerySet[AwarenessEvent]:
    """Awareness events that the account may link to the plan: committee, or its territory's."""
    if not belongs_to(user, Audience.VALIDATORS):
        return AwarenessEvent.objects.none()
    scope = territory_ids_in_scope(user)
    found = AwarenessEvent.objects.all()
    return found if scope is None else found.filter(territory__in=scope)


def expenses_for(user: AnyUser) -> QuerySet[Expense]:
    """Expenses on what the account may open: sessions, events or lines of the plan."""
    return Expense.objects.filter(
        Q(session__in=sessions_for(user).values("pk"))
        | Q(event__in=events_for(user).values("pk"))
        | Q(plan_item__in=items_for(user).values("pk"))
    )


def may_manage(user: AnyUser) -> bool:
    """The committee alone writes the plan."""
    return is_national(user)


def may_attach(user: AnyUser, session: TrainingSession) -> bool:
    """Whether the account may hang this session on a line: once validated, the committee alone."""
    if not isinstance(user, User) or session.state == SessionState.CANCELLED:
        return False
    if session.state == SessionState.VALIDATED:
        return is_national(user)
    return is_in_charge(session, user) or may_record(user, session)


def may_spend(user: AnyUser, session: TrainingSession) -> bool:
    """Whether the account may write what this session cost: bills come after the validation too."""
    return isinstance(user, User) and (is_in_charge(session, user) or may_record(user, session))


def may_void(user: AnyUser, expense: Expense) -> bool:
    """Who wrote an expense, and the committee."""
    if not isinstance(user, User) or expense.voided_at is not None:
        return False
    return expense.recorded_by_id == user.pk or is_national(user)
