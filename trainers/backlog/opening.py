"""Open any number of old sessions together: sessions, half-days, trainers, the file as evidence.

The same decisions as `trainers.sessions.planning` takes one session at a time; the facts were read
and checked by `trainers.backlog.facts`. A fixed number of queries.
"""

import datetime
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.people_bulk import batches
from courses.curriculum_versions import current_version
from courses.models import CurriculumPage, CurriculumVersion
from trainers.backlog.facts import SessionFacts
from trainers.enums import EvidenceKind, SessionState
from trainers.evidence import store_evidence_of_new
from trainers.models import RuleSet, SessionSlot, SessionTrainer, TrainingSession
from trainers.participation.rule_sets import NoRuleSet, rule_sets_on
from trainers.sessions.half_day_rules import HalfDaysRefused, Ranked, consecutive, ranked
from trainers.sessions.planning import MAX_TITLE

Planned = tuple[SessionFacts, str, list[Ranked]]  # what the file says, its title, its half-days


class BacklogRefused(ValueError):
    """A file from which no session can be opened; `sentences` says why, in French."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = tuple(sentences)


@transaction.atomic
def open_old_sessions(
    told: Sequence[tuple[SessionFacts, str]], *, content: bytes, name: str, by: User | None
) -> list[TrainingSession]:
    """Write the sessions told (facts without an error, title), handed in for validation.

    The answer is in the same order. Two lines of history each, as for any session: opened, then
    handed in. Raises `BacklogRefused`, `trainers.evidence.EvidenceRefused`.
    """
    try:
        planned = [(facts, title, _half_days(facts)) for facts, title in told]
        rules = rule_sets_on(days[0].half_day.held_on for _facts, _title, days in planned)
    except (HalfDaysRefused, NoRuleSet) as refusal:
        raise BacklogRefused([_(str(refusal))]) from refusal
    curricula = {facts.curriculum for facts, _title in told if facts.curriculum is not None}
    versions = {one: current_version(one) for one in curricula}
    sessions = _written([_session(one, rules, versions, by) for one in planned])
    history = TrainingSession.history
    history.bulk_history_create(sessions, default_user=by)
    SessionSlot.objects.bulk_create(
        slot
        for session, (_facts, _title, days) in zip(sessions, planned, strict=True)
        for slot in _slots(session, days)
    )
    SessionTrainer.objects.bulk_create(
        SessionTrainer(session=session, trainer=trainer, role=role)
        for session, (facts, _title) in zip(sessions, told, strict=True)
        for trainer, role in facts.trainers
    )
    store_evidence_of_new(
        kind=EvidenceKind.BACKLOG_FILE, content=content, name=name, sessions=sessions, by=by
    )
    for batch in batches(sessions):
        ids = [one.pk for one in batch]
        TrainingSession.objects.filter(pk__in=ids).update(state=SessionState.TO_VALIDATE)
    for session in sessions:
        session.state = SessionState.TO_VALIDATE
    history.bulk_history_create(sessions, update=True, default_user=by)
    return sessions


def _half_days(facts: SessionFacts) -> list[Ranked]:
    assert facts.starts_on is not None  # a session without it was refused
    return ranked(consecutive(facts.starts_on, facts.slot_count, facts.slot_minutes))


def _written(sessions: list[TrainingSession]) -> list[TrainingSession]:
    """Codes are unique: whoever applies a file of the same sessions second writes nothing."""
    try:
        with transaction.atomic():
            return TrainingSession.objects.bulk_create(sessions)
    except IntegrityError as error:
        raise BacklogRefused(
            [
                _(
                    "Quelqu'un vient d'ouvrir une session de ce fichier. Rien n'est écrit : "
                    "vérifiez le fichier de nouveau."
                )
            ]
        ) from error


def _session(
    one: Planned,
    rules: dict[datetime.date, RuleSet],
    versions: dict[CurriculumPage, CurriculumVersion],
    by: User | None,
) -> TrainingSession:
    facts, title, days = one
    assert facts.curriculum is not None  # a session without it was refused
    assert facts.territory is not None
    first, last = days[0].half_day.held_on, days[-1].half_day.held_on
    return TrainingSession(
        code=facts.code,
        title=title[:MAX_TITLE],
        type=facts.type,
        curriculum=facts.curriculum,
        curriculum_version=facts.curriculum.version,
        taught_version=versions[facts.curriculum],
        territory=facts.territory,
        venue=facts.venue,
        funder=facts.funder,
        starts_on=first,
        ends_on=last,
        rule_set=rules[first],
        no_test_reason=facts.no_test_reason,
        encoded_by=by,
    )


def _slots(session: TrainingSession, days: Sequence[Ranked]) -> list[SessionSlot]:
    return [
        SessionSlot(
            session=session,
            position=one.position,
            day_number=one.day_number,
            half=one.half_day.half,
            held_on=one.half_day.held_on,
            minutes=one.half_day.minutes,
        )
        for one in days
    ]
