"""Which test each participant of a session takes, and when it is open."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.enums import Occasion
from assessments.models import Attempt, SessionForm, TestForm
from trainers.models import Participation, TrainingSession
from trainers.sessions.lock import CLOSED_STATES, lock_session

Plan = dict[str, list[tuple[TestForm, int | None]]]  # occasion → forms with their half (0, 1, None)


class TestsRefused(ValueError):
    """The tests cannot be planned, opened or closed; the text is a French sentence."""

    __test__ = False


@transaction.atomic
def plan_tests(
    *, session: TrainingSession, pre: Sequence[TestForm], post: Sequence[TestForm]
) -> list[SessionForm]:
    """Say which forms the session uses before and after: one for everyone, or two by halves.

    With the same two forms before and after, the halves are swapped (counterbalanced, domain §4). A
    second call with the same forms changes nothing. Raises TestsRefused for forms that are not
    parallel, for more than two, and for a change once copies exist.
    """
    locked = _lock_open(session)
    _refuse_unfit(pre, post)
    wanted = _plan(pre, post)
    planned = _planned(locked)
    for occasion, forms in wanted.items():
        if planned.get(occasion, []) == forms:
            continue
        _refuse_if_taken(locked, occasion, {form.pk for form, _half in forms})
        SessionForm.objects.filter(session=locked, occasion=occasion).delete()
        SessionForm.objects.bulk_create(
            SessionForm(session=locked, occasion=occasion, form=form, seat_parity=half)
            for form, half in forms
        )
    return list(
        SessionForm.objects.filter(session=locked)
        .select_related("form")
        .order_by("occasion", "seat_parity")
    )


@transaction.atomic
def open_test(
    *, session: TrainingSession, occasion: str, at: datetime.datetime | None = None
) -> None:
    """Let the participants start this test; opening again reopens it. Raises TestsRefused."""
    locked = _lock_open(session)
    rows = SessionForm.objects.filter(session=locked, occasion=occasion)
    if not rows.exists():
        raise TestsRefused(_("Choisissez d'abord le formulaire de ce test."))
    rows.filter(opened_at=None).update(opened_at=at or timezone.now())
    rows.update(closed_at=None)


@transaction.atomic
def close_test(
    *, session: TrainingSession, occasion: str, at: datetime.datetime | None = None
) -> None:
    """Stop this test: nobody starts it or answers any more; copies begun can still be handed in."""
    locked = lock_session(session)
    SessionForm.objects.filter(session=locked, occasion=occasion, closed_at=None).exclude(
        opened_at=None
    ).update(closed_at=at or timezone.now())


@transaction.atomic
def end_paper_test(
    *, session: TrainingSession, occasion: str, at: datetime.datetime | None = None
) -> None:
    """Say that a test taken on paper is over in the room: its sheets are in, to be typed.

    Only what was never opened on phones; `close_test` is for the rest. Nobody can then begin on a
    phone, copies are still typed, and the right answers may be shown. Raises TestsRefused.
    """
    locked = _lock_open(session)
    rows = SessionForm.objects.filter(session=locked, occasion=occasion)
    if not rows.exists():
        raise TestsRefused(_("Choisissez d'abord le formulaire de ce test."))
    rows.filter(opened_at=None, closed_at=None).update(closed_at=at or timezone.now())


def form_for(participation: Participation, occasion: str) -> TestForm | None:
    """The form this person takes on this occasion, by rank in the session's list; None if none.

    A copy already started keeps its form.
    """
    row = planned_test(participation, occasion)
    taken = (
        Attempt.objects.filter(participation=participation, occasion=occasion)
        .select_related("form")
        .first()
    )
    if taken:
        return taken.form
    return row.form if row else None


def planned_test(participation: Participation, occasion: str) -> SessionForm | None:
    """The planned row for this person: of everyone, or of the half their rank puts them in."""
    rows = list(
        SessionForm.objects.filter(
            session=participation.session_id, occasion=occasion
        ).select_related("form")
    )
    if len(rows) < 2:
        return rows[0] if rows else None
    rank = Participation.objects.filter(
        session=participation.session_id, pk__lt=participation.pk
    ).count()
    return next((row for row in rows if row.seat_parity == rank % 2), None)


def forms_of_session(session: TrainingSession, occasion: str) -> dict[int, TestForm]:
    """The form each participant takes on this occasion, by participation id; {} without a plan.

    The same rule as `form_for`, for the whole list in three queries.
    """
    rows = list(
        SessionForm.objects.filter(session=session, occasion=occasion).select_related("form")
    )
    taken = {
        attempt.participation_id: attempt.form
        for attempt in Attempt.objects.filter(
            participation__session=session, occasion=occasion
        ).select_related("form")
    }
    by_half = {row.seat_parity: row.form for row in rows}
    ids = Participation.objects.filter(session=session).order_by("pk").values_list("pk", flat=True)
    forms: dict[int, TestForm] = {}
    for rank, participation_id in enumerate(ids):
        form = taken.get(participation_id) or by_half.get(None) or by_half.get(rank % 2)
        if form:
            forms[participation_id] = form
    return forms


def is_open(row: SessionForm) -> bool:
    """Whether this test may be started and answered now."""
    return row.opened_at is not None and row.closed_at is None


def is_closed(*, session_id: int | None, occasion: str) -> bool:
    """Whether the trainer closed this test. A test that nobody planned is not closed."""
    return SessionForm.objects.filter(
        session=session_id, occasion=occasion, closed_at__isnull=False
    ).exists()


def halves(forms: Sequence[TestForm]) -> list[tuple[TestForm, int | None]]:
    """One form is for everyone; of two, the first is for even ranks, the second for odd ones."""
    if len(forms) == 1:
        return [(forms[0], None)]
    return [(form, half) for half, form in enumerate(forms)]


def _plan(pre: Sequence[TestForm], post: Sequence[TestForm]) -> Plan:
    before = halves(pre)
    half_before = {form.pk: half for form, half in before}
    if len(post) == 2 and half_before.keys() == {form.pk for form in post}:
        after = sorted(post, key=lambda form: 1 - (half_before[form.pk] or 0))
        return {Occasion.PRE: before, Occasion.POST: halves(after)}
    return {Occasion.PRE: before, Occasion.POST: halves(post)}


def _planned(session: TrainingSession) -> Plan:
    planned: Plan = {}
    rows = SessionForm.objects.filter(session=session).select_related("form")
    for row in rows.order_by("seat_parity"):
        planned.setdefault(row.occasion, []).append((row.form, row.seat_parity))
    return planned


def _lock_open(session: TrainingSession) -> TrainingSession:
    locked = lock_session(session)
    if locked.state in CLOSED_STATES:
        raise TestsRefused(
            _("La session %(code)s est %(state)s : ses tests ne changent plus.")
            % {"code": locked.code, "state": locked.get_state_display().lower()}
        )
    return locked


def _refuse_unfit(pre: Sequence[TestForm], post: Sequence[TestForm]) -> None:
    for forms in (pre, post):
        if len(forms) > 2 or len({form.pk for form in forms}) < len(forms):
            raise TestsRefused(_("Choisissez un formulaire, ou deux formulaires différents."))
    if len({form.parallel_group for form in (*pre, *post)}) > 1:
        raise TestsRefused(
            _(
                "Ces formulaires ne sont pas parallèles : aucun gain ne pourrait être calculé "
                "entre le pré-test et le post-test."
            )
        )


def _refuse_if_taken(session: TrainingSession, occasion: str, form_ids: set[int]) -> None:
    taken = Attempt.objects.filter(participation__session=session, occasion=occasion)
    if taken.exclude(form__in=form_ids).exists():
        raise TestsRefused(
            _("%(occasion)s : des copies existent déjà sur un autre formulaire, il ne change plus.")
            % {"occasion": Occasion(occasion).label}
        )
