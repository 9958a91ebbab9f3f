"""Copies that a phone kept while it had no network, and sends when it has one again.

What may be late, and what is refused:

- **Closing a test is for the room, not for the road.** A copy whose first tap precedes the closing
  is accepted afterwards, until the session is validated or cancelled. Answers given are facts like
  marks of attendance: append-only, with the phone's time and the server's (domain §3). Refusing
  them would punish whoever has the worst network, and Kidal would have fewer post-tests than
  Bamako. The trainer sees when such a copy came in: `submitted_at` is after the closing.
- **The phone's clock is not believed, its stopwatch is.** The phone sends how long ago the first
  tap was. Somebody who edits that number gains what anybody gains who leaves the room with the
  page open; a validated session takes nothing more, whatever the phone says.
- **A copy keeps its form.** Any form planned for this test is accepted, also when the person would
  be given the other one now; a form that is not planned is refused.
- **A copy handed in never changes.** The same copy again answers the same.
"""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.attempts import (
    CopyAlreadySubmitted,
    CopyRefused,
    save_responses,
    start_attempt,
    submit_attempt,
)
from assessments.copy_payload import SentCopy
from assessments.enums import FOLLOW_UP_OCCASIONS, Occasion
from assessments.follow_up_tests import follow_up_form, follow_up_test_is_open
from assessments.models import Attempt, SessionForm, TestForm
from assessments.run_tests import run_form, run_test_is_open
from courses.models import LessonCompletion
from trainers.models import Participation
from trainers.sessions.lock import lock_session


class NotAskedForm(CopyRefused):
    """This copy answers a form that this person may not take on this occasion."""


@transaction.atomic
def receive_copy(*, participation: Participation, copy: SentCopy) -> Attempt:
    """Start the copy if it is new, keep its answers, hand it in if asked; a repeat changes nothing.

    `copy.participation_id` has been checked to be `participation`, of the person who sends. Raises
    CopyRefused (a sentence) and AnswersMisfit; the phone then keeps the answers.
    """
    if participation.session is not None:
        lock_session(participation.session)
    attempt = _known_copy(participation, copy)
    if attempt is None:
        form = _form_asked(participation, copy)
        _refuse_outside_opening(participation, copy)
        attempt = start_attempt(
            uuid=copy.uuid,
            participation=participation,
            occasion=copy.occasion,
            form=form,
            at=copy.started_at,
        )
    if attempt.submitted_at is not None:
        _refuse_other_answers(attempt, copy)
        return attempt
    if attempt.form.code != copy.form_code:
        raise NotAskedForm(
            _("Une copie est déjà commencée sur un autre formulaire, sur un autre appareil.")
        )
    if copy.answers:
        is_late = _precedes(copy, _opening(participation, copy.occasion)[1])
        attempt = save_responses(attempt=attempt, answers=copy.answers, is_late=is_late)
    return submit_attempt(attempt=attempt) if copy.is_handed_in else attempt


def takable_forms(participation: Participation, occasion: str) -> dict[str, TestForm]:
    """The forms that this person's copy may answer on this occasion, by code.

    In a session, every form planned for the test: a phone may hold the one of the other half.
    In a run, those parallel to the form of the run.
    """
    if participation.session_id is not None and occasion in FOLLOW_UP_OCCASIONS:
        late = follow_up_form(participation, occasion)
        return {late.code: late} if late else {}
    if participation.session_id is not None:
        rows = SessionForm.objects.filter(session=participation.session_id, occasion=occasion)
        return {row.form.code: row.form for row in rows.select_related("form")}
    form = run_form(participation, occasion)
    if form is None:
        return {}
    alike = TestForm.objects.filter(
        bank__curriculum=form.bank.curriculum_id, parallel_group=form.parallel_group
    )
    return {form.code: form, **{one.code: one for one in alike}}


def _known_copy(participation: Participation, copy: SentCopy) -> Attempt | None:
    """The copy of this UUID, or of this person and occasion; refuse a UUID used elsewhere."""
    mine = (participation.pk, copy.occasion)
    known = Attempt.objects.filter(uuid=copy.uuid).select_related("form").first()
    if known is not None and (known.participation_id, known.occasion) != mine:
        raise CopyRefused(_("Cet identifiant de copie sert déjà ailleurs : recommencez la page."))
    return known or (
        Attempt.objects.filter(participation=participation, occasion=copy.occasion)
        .select_related("form")
        .first()
    )


def _form_asked(participation: Participation, copy: SentCopy) -> TestForm:
    form = takable_forms(participation, copy.occasion).get(copy.form_code)
    if form is None:
        raise NotAskedForm(
            _("Ce test a été remplacé depuis : montrez cette copie à votre formateur.")
        )
    return form


def _refuse_outside_opening(participation: Participation, copy: SentCopy) -> None:
    was_opened, closed_at = _opening(participation, copy.occasion)
    if not was_opened:
        raise CopyRefused(_("Ce test n’est pas encore ouvert : vos réponses sont gardées."))
    if not _precedes(copy, closed_at):
        raise CopyRefused(
            _("Ce test a été fermé avant votre première réponse : montrez-la à votre formateur.")
        )


def _precedes(copy: SentCopy, closed_at: datetime.datetime | None) -> bool:
    return closed_at is None or copy.started_at <= closed_at


def _opening(participation: Participation, occasion: str) -> tuple[bool, datetime.datetime | None]:
    """Whether this test was ever opened to this person, and when it ended, if it did.

    The pre-test of a run ends with the first lesson: from then on it shows no starting point.
    """
    if participation.session_id is not None and occasion in FOLLOW_UP_OCCASIONS:
        return follow_up_test_is_open(participation, occasion), None
    if participation.session_id is not None:
        rows = SessionForm.objects.filter(
            session=participation.session_id, occasion=occasion, opened_at__isnull=False
        ).values_list("closed_at", flat=True)
        return bool(rows), next((closed_at for closed_at in rows if closed_at), None)
    if run_test_is_open(participation, occasion):
        return True, None
    if occasion != Occasion.PRE:
        return False, None
    first_read = (
        LessonCompletion.objects.filter(run=participation.course_run_id)
        .order_by("completed_at")
        .values_list("completed_at", flat=True)
        .first()
    )
    return first_read is not None, first_read


def _refuse_other_answers(attempt: Attempt, copy: SentCopy) -> None:
    """Another copy with other answers is told, never dropped in silence; a repeat is a success."""
    recorded = dict(enumerate(attempt.responses, start=1))
    is_same = all(recorded.get(place) == answer for place, answer in copy.answers.items())
    if copy.uuid != attempt.uuid and not is_same:
        raise CopyAlreadySubmitted(
            _("Une autre copie de ce test est déjà rendue : celle-ci n’est pas comptée.")
        )
