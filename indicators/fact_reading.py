"""Read once, in a fixed number of queries, everything that the figures of a period rest on."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q

from accounts.models import Person
from assessments.enums import Occasion, SkillsUse
from assessments.models import Attempt, FollowUp
from courses.models import CurriculumPage
from indicators.facts import (
    CopiesFact,
    DisseminationFact,
    EventFact,
    Facts,
    FollowUpFact,
    ParticipationFact,
    SessionFact,
)
from indicators.periods import Period
from indicators.places import Places
from trainers.enums import LadderStatus, SessionState
from trainers.models import (
    AwarenessEvent,
    Dissemination,
    Headcount,
    Participation,
    TrainingSession,
)

_RUNGS = [str(status) for status in LadderStatus]
Span = tuple[datetime.date, datetime.date]


@dataclass(frozen=True)
class _Scope:
    """Where the reader may look: the whole country when `territory_ids` is None."""

    territory_ids: frozenset[int] | None

    def condition(self) -> Q:
        return Q() if self.territory_ids is None else Q(territory_id__in=self.territory_ids)

    def holds(self, territory_id: int) -> bool:
        return self.territory_ids is None or territory_id in self.territory_ids


@dataclass(frozen=True)
class _People:
    """Participations to count, and the one that each duplicate stands behind."""

    facts: dict[int, ParticipationFact]
    kept_id: dict[int, int]

    def behind(self, participation_id: int) -> ParticipationFact | None:
        kept = self.kept_id.get(participation_id)
        return None if kept is None else self.facts[kept]


def read_facts(
    period: Period, places: Places, *, territory_ids: frozenset[int] | None = None
) -> Facts:
    """Facts of the period; `territory_ids` keeps the postings and venues of one territory.

    Nine queries, whatever the number of sessions. A session belongs to the period by its last day.
    """
    span = (period.starts_on, period.ends_on)
    scope = _Scope(territory_ids)
    sessions, venues = _read_sessions(span, places)
    people = _read_people(span, sessions, places, scope)
    return Facts(
        sessions=tuple(
            fact
            for fact in sessions.values()
            if period.holds(fact.ends_on) and scope.holds(venues[fact.id])
        ),
        participations=tuple(
            fact for fact in people.facts.values() if period.holds(fact.session.ends_on)
        ),
        copies=_read_copies(span, people),
        follow_ups=_read_follow_ups(span, people),
        events=_read_events(span, places, scope),
        disseminations=_read_disseminations(span, places, scope),
    )


def _read_sessions(span: Span, places: Places) -> tuple[dict[int, SessionFact], dict[int, int]]:
    """Sessions of the span, those whose follow-up was sent in it, and each venue's territory."""
    asked = FollowUp.objects.filter(sent_on__range=span).values("participation__session")
    present = Participation.objects.filter(session=OuterRef("pk")).exclude(
        status=LadderStatus.ENROLLED
    )
    sessions = list(
        TrainingSession.objects.filter(Q(ends_on__range=span) | Q(pk__in=asked))
        .exclude(state=SessionState.CANCELLED)
        .annotate(was_held=Exists(present), mastery=F("rule_set__mastery"))
        .only("type", "state", "ends_on", "curriculum_id", "territory_id")
        .order_by("pk")
    )
    topics = _topics_by_curriculum()
    facts = {
        session.pk: SessionFact(
            id=session.pk,
            type=session.type,
            ends_on=session.ends_on,
            is_validated=session.state == SessionState.VALIDATED,
            was_held=session.was_held,
            topics=topics.get(session.curriculum_id, frozenset()),
            region=places.region(session.territory_id),
            mastery=session.mastery,
        )
        for session in sessions
    }
    return facts, {session.pk: session.territory_id for session in sessions}


def _topics_by_curriculum() -> dict[int, frozenset[str]]:
    topics: dict[int, set[str]] = defaultdict(set)
    for curriculum, code in CurriculumPage.topics.through.objects.values_list(
        "curriculumpage_id", "topic__code"
    ):
        topics[curriculum].add(code)
    return {curriculum: frozenset(codes) for curriculum, codes in topics.items()}


def _read_people(
    span: Span, sessions: dict[int, SessionFact], places: Places, scope: _Scope
) -> _People:
    """One fact per kept person and session: a merged duplicate counts once, at its highest rung."""
    kept_person = _kept_persons()
    asked = FollowUp.objects.filter(sent_on__range=span).values("participation")
    rows = (
        Participation.objects.filter(Q(session__ends_on__range=span) | Q(pk__in=asked))
        .filter(scope.condition(), session__isnull=False)
        .exclude(session__state=SessionState.CANCELLED)
        .annotate(
            category=F("profession__category__code"),
            is_chain=F("profession__is_criminal_justice_chain"),
        )
        .order_by("pk")
        .values("pk", "person_id", "session_id", "sex", "category", "is_chain", "territory_id",
                "status")
    )  # fmt: skip
    best: dict[tuple[int, int], ParticipationFact] = {}
    duplicates: dict[tuple[int, int], list[int]] = defaultdict(list)
    for row in rows:
        fact = ParticipationFact(
            id=row["pk"],
            person_id=kept_person.get(row["person_id"], row["person_id"]),
            session=sessions[row["session_id"]],
            sex=row["sex"],
            category=row["category"] or "",
            is_chain=bool(row["is_chain"]),
            region=places.region(row["territory_id"]),
            status=row["status"],
        )
        key = (fact.person_id, fact.session.id)
        duplicates[key].append(fact.id)
        if key not in best or _RUNGS.index(fact.status) > _RUNGS.index(best[key].status):
            best[key] = fact
    return _People(
        facts={fact.id: fact for fact in best.values()},
        kept_id={pk: best[key].id for key, pks in duplicates.items() for pk in pks},
    )


def _kept_persons() -> dict[int, int]:
    """The kept person behind every merged record, however long the chain of merges."""
    pointers = dict(Person.objects.exclude(merged_into=None).values_list("pk", "merged_into_id"))
    kept = {}
    for person_id, first_target in pointers.items():
        seen, target = {person_id}, first_target
        while target in pointers and target not in seen:
            seen.add(target)
            target = pointers[target]
        kept[person_id] = target
    return kept


def _read_copies(span: Span, people: _People) -> tuple[CopiesFact, ...]:
    """Pre and post copies of each participation; forms must be the same or declared parallel."""
    found: dict[int, dict[str, tuple[float, str]]] = defaultdict(dict)
    rows = (
        Attempt.objects.submitted()
        .filter(
            participation__session__ends_on__range=span, occasion__in=[Occasion.PRE, Occasion.POST]
        )
        .order_by("pk")
        .values_list(
            "participation_id", "occasion", "percent", "form__parallel_group", "form__code"
        )
    )
    for participation_id, occasion, percent, group, form in rows:
        fact = people.behind(participation_id)
        if fact is not None and percent is not None:
            found[fact.id].setdefault(occasion, (percent, group or form))
    return tuple(
        CopiesFact(
            participation=people.facts[pk],
            pre=copies[Occasion.PRE][0] if Occasion.PRE in copies else None,
            post=copies[Occasion.POST][0] if Occasion.POST in copies else None,
            is_comparable=len({group for _percent, group in copies.values()}) == 1,
        )
        for pk, copies in found.items()
    )


def _read_follow_ups(span: Span, people: _People) -> tuple[FollowUpFact, ...]:
    rows = (
        FollowUp.objects.filter(sent_on__range=span)
        .order_by("pk")
        .values_list("participation_id", "sent_on", "uses_skills")
    )
    return tuple(
        FollowUpFact(
            participation=fact,
            sent_on=sent_on,
            is_answered=bool(answer),
            is_yes=answer == SkillsUse.YES,
        )
        for participation_id, sent_on, answer in rows
        if (fact := people.behind(participation_id)) is not None
    )


def _read_events(span: Span, places: Places, scope: _Scope) -> tuple[EventFact, ...]:
    events = list(
        AwarenessEvent.objects.held_between(*span).filter(scope.condition()).order_by("pk")
    )
    people: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for event_id, sex, count in Headcount.objects.filter(event__held_on__range=span).values_list(
        "event_id", "sex", "people"
    ):
        people[event_id].append((sex, count))
    return tuple(
        EventFact(
            id=event.pk,
            held_on=event.held_on,
            is_validated=event.state == SessionState.VALIDATED,
            region=places.region(event.territory_id),
            post_answers=event.post_answers or 0,
            post_knowing=event.post_knowing or 0,
            headcounts=tuple(people[event.pk]),
            pre_answers=event.pre_answers or 0,
            pre_knowing=event.pre_knowing or 0,
        )
        for event in events
    )


def _read_disseminations(
    span: Span, places: Places, scope: _Scope
) -> tuple[DisseminationFact, ...]:
    return tuple(
        DisseminationFact(
            id=handed.pk,
            handed_on=handed.handed_on,
            is_validated=bool(handed.receipt_reference),
            region=places.region(handed.territory_id),
            kind=handed.document_kind,
            title=handed.title,
            edition=handed.edition,
            copies=handed.copies,
        )
        for handed in Dissemination.objects.handed_between(*span)
        .filter(scope.condition())
        .order_by("pk")
    )
