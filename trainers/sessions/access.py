"""Which sessions an account may open, and what it may do there (domain §7). Closed by default."""

from django.db.models import Q, QuerySet

from accounts.enums import Audience
from accounts.models import Person, User
from accounts.roles import AnyUser, belongs_to, territory_ids_in_scope
from trainers.enums import SessionRole
from trainers.models import SessionTrainer, TrainingSession
from trainers.sessions.lock import CLOSED_STATES
from trainers.sessions.validation import is_in_charge


def sessions_for(user: AnyUser) -> QuerySet[TrainingSession]:
    """Sessions that the account trains in or opened, those of its territory, or all (committee).

    Anything else is answered 404: its existence is not told.
    """
    if not isinstance(user, User) or not belongs_to(user, Audience.TRAINING_STAFF):
        return TrainingSession.objects.none()
    scope = territory_ids_in_scope(user)
    if scope is None:
        return TrainingSession.objects.all()
    own = Q(encoded_by=user)
    if user.person_id is not None:
        same = Person.objects.same_as(user.person_id)
        mine = SessionTrainer.objects.filter(trainer__person__in=same)
        own |= Q(pk__in=mine.values("session"))
    return TrainingSession.objects.filter(own | Q(territory__in=scope))


def may_record(user: AnyUser, session: TrainingSession) -> bool:
    """Whether the account may write in a session it can open: observers only look."""
    return session.state not in CLOSED_STATES and works_for(user, session)


def works_for(user: AnyUser, session: TrainingSession) -> bool:
    """The same without the state: who runs the session, and still follows it once validated."""
    if not isinstance(user, User):
        return False
    if session.encoded_by_id == user.pk or is_in_charge(session, user):
        return True
    return (
        user.person_id is not None
        and session.session_trainers.filter(
            trainer__person__in=Person.objects.same_as(user.person_id)
        )
        .exclude(role=SessionRole.OBSERVER)
        .exists()
    )
