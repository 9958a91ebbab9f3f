"""What each person is trained in, until when, and with which short course to renew it."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from accounts.models import Person
from accounts.people import kept_ids
from courses.enums import RunState
from courses.models import CourseRun, CurriculumPage
from trainers.enums import SessionState, ValidityState
from trainers.models import Participation
from trainers.models.participations import TRAINED_OR_MORE
from trainers.participation.validity import renewed_until, state_on

# person -> curriculum -> the last day on which it was completed
Completions = dict[int, dict[int, datetime.date]]


@dataclass(frozen=True)
class Validity:
    """One curriculum that a person is trained in.

    `completed_on` is the last training, `refreshed_on` the last refresher after or before it, or
    None. `valid_until` is None where the curriculum never runs out. `state` is a `ValidityState`;
    `refresher` is a published short course that renews it, or None.
    """

    person_id: int
    curriculum: CurriculumPage
    completed_on: datetime.date
    refreshed_on: datetime.date | None
    valid_until: datetime.date | None
    state: ValidityState
    refresher: CurriculumPage | None


def validities_of(person: Person, *, day: datetime.date | None = None) -> list[Validity]:
    """Return one validity for each curriculum the person is trained in, the first to end first.

    Sources: participations trained or certified, in sessions that were not cancelled or in
    self-paced runs completed: a run too short to train gives none. A refresher never makes a line
    of its own: it renews what it refreshes. Records merged into this person count as theirs. `day`
    is today by default. Five queries at most.
    """
    kept = kept_ids()
    kept_id = kept.get(person.pk, person.pk)
    same = {kept_id, *(merged for merged, end in kept.items() if end == kept_id)}
    return _validities(_completions(kept, same), day).get(kept_id, [])


def everybodys_validities(*, day: datetime.date | None = None) -> dict[int, list[Validity]]:
    """Return the validities of everybody, by id of the kept person; five queries in all."""
    return _validities(_completions(kept_ids(), None), day)


def _validities(completions: Completions, day: datetime.date | None) -> dict[int, list[Validity]]:
    day = day or timezone.localdate()
    if not completions:
        return {}
    curricula = CurriculumPage.objects.in_bulk(
        {curriculum for done in completions.values() for curriculum in done}
    )
    refreshers = _live_refreshers()
    return {
        person_id: lines
        for person_id, done in completions.items()
        if (lines := _lines(person_id, done, curricula, refreshers, day))
    }


def _lines(
    person_id: int,
    done: dict[int, datetime.date],
    curricula: dict[int, CurriculumPage],
    refreshers: dict[int, CurriculumPage],
    day: datetime.date,
) -> list[Validity]:
    refreshed: dict[int, datetime.date] = {}
    for curriculum_id, on in done.items():
        renewed = curricula[curriculum_id].refreshes_id
        if renewed is not None:
            refreshed[renewed] = max(on, refreshed.get(renewed, on))
    lines = []
    for curriculum_id, completed_on in done.items():
        curriculum = curricula[curriculum_id]
        if curriculum.refreshes_id is not None:
            continue
        refreshed_on = refreshed.get(curriculum_id)
        until = renewed_until(
            trained_on=completed_on, refreshed_on=refreshed_on, months=curriculum.validity_months
        )
        lines.append(
            Validity(
                person_id=person_id,
                curriculum=curriculum,
                completed_on=completed_on,
                refreshed_on=refreshed_on,
                valid_until=until,
                state=ValidityState(state_on(day, until)),
                refresher=refreshers.get(curriculum_id),
            )
        )
    return sorted(
        lines, key=lambda line: (line.valid_until or datetime.date.max, line.curriculum.pk)
    )


def _completions(kept: dict[int, int], person_ids: set[int] | None) -> Completions:
    """Last completion of each curriculum by each kept person; two queries."""
    taught = Participation.objects.trained().filter(session__isnull=False)
    taught = taught.exclude(session__state=SessionState.CANCELLED)
    runs = CourseRun.objects.filter(
        Q(participation__status__in=TRAINED_OR_MORE) | Q(curriculum__refreshes__isnull=False),
        state=RunState.COMPLETED,
        completed_at__isnull=False,
    )
    if person_ids is not None:
        taught, runs = taught.filter(person__in=person_ids), runs.filter(person__in=person_ids)
    completions: Completions = defaultdict(dict)
    sessions = taught.values_list("person_id", "session__curriculum_id", "session__ends_on")
    for person_id, curriculum_id, on in sessions:
        _note(completions, kept.get(person_id, person_id), curriculum_id, on)
    for person_id, curriculum_id, at in runs.values_list(
        "person_id", "curriculum_id", "completed_at"
    ):
        on = timezone.localtime(at).date()
        _note(completions, kept.get(person_id, person_id), curriculum_id, on)
    return completions


def _note(completions: Completions, person_id: int, curriculum_id: int, on: datetime.date) -> None:
    done = completions[person_id]
    done[curriculum_id] = max(on, done.get(curriculum_id, on))


def _live_refreshers() -> dict[int, CurriculumPage]:
    """The published refresher of each curriculum: the first in the catalogue where several are."""
    pages = CurriculumPage.objects.live().filter(~Q(refreshes=None)).order_by("-path")
    return {page.refreshes_id: page for page in pages}
