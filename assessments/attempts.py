"""Copies of a test: started, answered page by page, handed in once, or typed from paper.

Two unique keys hold everything together: the client's UUID (a repeat is the same copy) and the pair
participation + occasion (one copy each). Whatever comes twice or at once counts once.
"""

import datetime
import uuid as uuid_module
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from assessments.enums import FOLLOW_UP_OCCASIONS, Occasion
from assessments.form_key import FormKey, form_key
from assessments.models import Attempt, TestForm
from assessments.session_tests import is_closed
from trainers.enums import EntrySource, SessionState
from trainers.models import Evidence, Participation, TrainingSession
from trainers.participation.records import hand_in_post_percents
from trainers.participation.runs import hand_in_run_percents
from trainers.sessions.lock import CLOSED_STATES

Responses = Sequence[str | None]  # a letter or None per item, in the form's frozen order


class CopyRefused(ValueError):
    """This copy cannot be taken or changed; the text is a French sentence."""


class CopyAlreadySubmitted(CopyRefused):
    """The copy was handed in: its answers stay as they are."""


class CopyAlreadyRecorded(CopyRefused):
    """Another copy, with other answers, is already recorded for this person and this test."""


@dataclass(frozen=True)
class PaperCopy:
    """What one person answered on paper: a letter or None per item."""

    participation: Participation
    responses: Responses


@dataclass(frozen=True)
class PaperReport:
    """What became of a pile of paper copies; `conflicts` were left as they are recorded."""

    recorded: tuple[Attempt, ...] = ()
    unchanged: tuple[PaperCopy, ...] = ()
    conflicts: tuple[PaperCopy, ...] = field(default=())


@transaction.atomic
def start_attempt(
    *,
    uuid: uuid_module.UUID,
    participation: Participation,
    occasion: str,
    form: TestForm,
    source: str = EntrySource.PHONE,
    at: datetime.datetime | None = None,
) -> Attempt:
    """Return the person's copy of this test: the one already started, or a new one started `at`.

    A repeat of the same `uuid`, or another one for the same person and occasion, gives back the
    copy already started. Raises CopyRefused when the `uuid` belongs to somebody else's copy, or
    when the session no longer changes.
    """
    sessions = _lock_sessions([participation])
    known = Attempt.objects.filter(uuid=uuid).first()
    if known and (known.participation_id, known.occasion) != (participation.pk, occasion):
        raise CopyRefused(_("Cet identifiant de copie sert déjà ailleurs : recommencez la page."))
    if known:
        return known
    mine = Attempt.objects.filter(participation=participation, occasion=occasion).first()
    if mine:
        return mine
    refuse_closed(sessions, occasion)
    attempt, _created = Attempt.objects.get_or_create(
        participation=participation,
        occasion=occasion,
        defaults={
            "uuid": uuid,
            "form": form,
            "source": source,
            "responses": [None] * len(form_key(form)),
            "started_at": at or timezone.now(),
        },
    )
    return attempt


@transaction.atomic
def save_responses(
    *, attempt: Attempt, answers: Mapping[int, str | None], is_late: bool = False
) -> Attempt:
    """Keep the answers of a page: position (from 1) → letter, or None to take an answer back.

    Positions that are not named keep their answer. Raises CopyAlreadySubmitted after submission,
    CopyRefused when the test is closed, AnswersMisfit when a letter is not among the choices.
    `is_late`: given without network and received afterwards, the closing does not refuse them
    (`assessments.sent_copies` decides that).
    """
    locked = _locked(attempt)
    if locked.submitted_at:
        raise CopyAlreadySubmitted(_("Votre copie est déjà rendue : elle ne change plus."))
    session_id = locked.participation.session_id
    if not is_late and is_closed(session_id=session_id, occasion=locked.occasion):
        raise CopyRefused(
            _("Le test est fermé : rendez la copie avec les réponses déjà enregistrées.")
        )
    responses = list(locked.responses)
    for position, letter in answers.items():
        if not 1 <= position <= len(responses):
            raise CopyRefused(_("La question %(n)s n'existe pas.") % {"n": position})
        responses[position - 1] = letter
    form_key(locked.form).refuse_misfit(responses)
    if responses != locked.responses:
        locked.responses = responses
        locked.save(update_fields=["responses"])
    return locked


@transaction.atomic
def submit_attempt(*, attempt: Attempt) -> Attempt:
    """Hand in the copy: score it once and move the person up the ladder after a post-test.

    Submitting again, or twice at once, returns the same result and changes nothing. Raises
    CopyRefused when the session no longer changes.
    """
    sessions = _lock_sessions([attempt.participation])
    locked = _locked(attempt)
    if locked.submitted_at:
        return locked
    refuse_closed(sessions, locked.occasion)
    score_copy(locked, form_key(locked.form))
    locked.submitted_at = timezone.now()
    locked.save(update_fields=["correct", "counted_items", "percent", "submitted_at"])
    hand_in_scores([locked])
    return locked


@transaction.atomic
def record_paper_copy(
    *,
    participation: Participation,
    form: TestForm,
    occasion: str,
    responses: Responses,
    source: str,
    by: User | None = None,
    evidence: Evidence | None = None,
    at: datetime.datetime | None = None,
) -> Attempt:
    """Record one paper copy; the same copy again is the same attempt.

    Raises CopyAlreadyRecorded when other answers are recorded, and what record_paper_copies raises.
    """
    report = record_paper_copies(
        copies=[PaperCopy(participation, responses)],
        form=form,
        occasion=occasion,
        source=source,
        by=by,
        evidence=evidence,
        at=at,
    )
    if report.conflicts:
        raise CopyAlreadyRecorded(_("Copie déjà enregistrée, différente."))
    if report.recorded:
        return report.recorded[0]
    return Attempt.objects.get(participation=participation, occasion=occasion)


@transaction.atomic
def record_paper_copies(
    *,
    copies: Sequence[PaperCopy],
    form: TestForm,
    occasion: str,
    source: str,
    by: User | None = None,
    evidence: Evidence | None = None,
    at: datetime.datetime | None = None,
) -> PaperReport:
    """Record a pile of paper copies at once, each handed in at `at` (now by default).

    Identical copies are left alone, different ones are returned as conflicts. A copy started on a
    phone and never handed in gives way to the paper. Raises AnswersMisfit when the answers of a
    copy do not fit the form, CopyRefused when the session no longer changes; nothing is written.
    """
    key = form_key(form)
    sessions = _lock_sessions([copy.participation for copy in copies])
    known = {
        attempt.participation_id: attempt
        for attempt in Attempt.objects.select_for_update().filter(
            participation__in=[copy.participation for copy in copies], occasion=occasion
        )
    }
    entry = _PaperEntry(form, key, occasion, source, by, evidence, at or timezone.now())
    new: list[Attempt] = []
    taken_over: list[Attempt] = []
    unchanged: list[PaperCopy] = []
    conflicts: list[PaperCopy] = []
    for copy in copies:
        key.refuse_misfit(copy.responses)
        attempt = known.get(copy.participation.pk)
        if attempt is None:
            attempt = Attempt(participation=copy.participation, occasion=occasion)
            known[copy.participation.pk] = entry.fill(attempt, copy)
            new.append(attempt)
        elif attempt.submitted_at is None:
            taken_over.append(entry.fill(attempt, copy))
        elif is_same_copy(attempt, form=form, responses=copy.responses):
            unchanged.append(copy)
        else:
            conflicts.append(copy)
    if new or taken_over:
        refuse_closed(sessions, occasion)
    Attempt.objects.bulk_create(new)
    Attempt.objects.bulk_update(taken_over, _PAPER_FIELDS)
    hand_in_scores([*new, *taken_over])
    return PaperReport((*new, *taken_over), tuple(unchanged), tuple(conflicts))


@transaction.atomic
def rescore_copies(*, form: TestForm) -> int:
    """Score again every copy handed in on this form; return how many scores moved."""
    key = form_key(form)
    moved: list[Attempt] = []
    handed_in = Attempt.objects.submitted().filter(form=form).select_related("participation")
    _lock_sessions([attempt.participation for attempt in handed_in])
    for attempt in handed_in.all().select_for_update(of=("self",)):
        before = (attempt.correct, attempt.counted_items)
        score_copy(attempt, key)
        if (attempt.correct, attempt.counted_items) != before:
            moved.append(attempt)
    Attempt.objects.bulk_update(moved, ["correct", "counted_items", "percent"])
    hand_in_scores(moved)
    return len(moved)


def is_same_copy(attempt: Attempt, *, form: TestForm, responses: Responses) -> bool:
    """Whether a recorded copy holds exactly these answers on this form."""
    return attempt.form_id == form.pk and list(attempt.responses) == list(responses)


def hand_in_scores(attempts: Iterable[Attempt]) -> None:
    """Give the post-test scores (points of 100) to the ladder: a call per session, one for runs."""
    percents: dict[int, dict[int, float | None]] = defaultdict(dict)
    of_runs: dict[int, float | None] = {}
    for attempt in attempts:
        session_id = attempt.participation.session_id
        if attempt.occasion == Occasion.POST and session_id is not None:
            percents[session_id][attempt.participation_id] = attempt.percent
        elif attempt.occasion == Occasion.POST:
            of_runs[attempt.participation_id] = attempt.percent
    for session in TrainingSession.objects.filter(pk__in=percents).order_by("pk"):
        hand_in_post_percents(session=session, percents=percents[session.pk])
    if of_runs:
        hand_in_run_percents(percents=of_runs)


def _locked(attempt: Attempt) -> Attempt:
    """The copy as it stands, for this writer alone; one query with its form and participation."""
    return (
        Attempt.objects.select_for_update(of=("self",))
        .select_related("participation", "form")
        .get(pk=attempt.pk)
    )


def _lock_sessions(participations: Iterable[Participation]) -> list[TrainingSession]:
    """Keep other writers of these sessions waiting; always in the same order: no deadlock."""
    ids = {one.session_id for one in participations if one.session_id is not None}
    return list(
        TrainingSession.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
    )


def refuse_closed(sessions: Sequence[TrainingSession], occasion: str) -> None:
    """Raise CopyRefused when a session no longer changes.

    A delayed test comes months later: a session validated meanwhile receives it, and nothing that
    was validated moves, since neither the ladder nor the gain reads those occasions.
    """
    for session in sessions:
        is_late_test = occasion in FOLLOW_UP_OCCASIONS
        if is_late_test and session.state == SessionState.VALIDATED:
            continue
        if session.state in CLOSED_STATES:
            raise CopyRefused(
                _("La session %(code)s est %(state)s : elle ne reçoit plus de copie.")
                % {"code": session.code, "state": session.get_state_display().lower()}
            )


@dataclass(frozen=True)
class _PaperEntry:
    """What all the copies of one pile share."""

    form: TestForm
    key: FormKey
    occasion: str
    source: str
    by: User | None
    evidence: Evidence | None
    at: datetime.datetime

    def fill(self, attempt: Attempt, copy: PaperCopy) -> Attempt:
        attempt.form = self.form
        attempt.source = self.source
        attempt.responses = list(copy.responses)
        attempt.entered_by = self.by
        attempt.evidence = self.evidence
        attempt.started_at = attempt.started_at or self.at
        attempt.submitted_at = self.at
        score_copy(attempt, self.key)
        return attempt


_PAPER_FIELDS = (
    "form",
    "source",
    "responses",
    "entered_by",
    "evidence",
    "correct",
    "counted_items",
    "percent",
    "submitted_at",
)


def score_copy(attempt: Attempt, key: FormKey) -> None:
    """Fill in the score of a copy; the caller saves it."""
    score = key.score(attempt.responses)
    attempt.correct = score.correct
    attempt.counted_items = score.counted
    attempt.percent = score.percent
