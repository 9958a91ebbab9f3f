"""Everybody who is trained: where they were then, where they serve now, until when it holds."""

import datetime
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import Person, Posting
from accounts.people import kept_ids
from trainers.enums import SessionState, ValidityState
from trainers.models import Participation
from trainers.participation.validities import everybodys_validities
from trainers.people.standing import TrainedPerson


@dataclass(frozen=True)
class Place:
    """A posting, then or now: ids of the structure and of the territory, either may be unknown."""

    organization: int | None = None
    territory: int | None = None


@dataclass(frozen=True)
class TrainedRecord:
    """One trained person; `then` and `now` are None where nothing is known."""

    person_id: int
    category: str
    then: Place | None
    now: Place | None
    has_left: bool
    is_due: bool

    def by_organization(self) -> TrainedPerson:
        """The person as the structures see them."""
        return self._at(
            self.then.organization if self.then else None,
            self.now.organization if self.now else None,
        )

    def by_territory(self) -> TrainedPerson:
        """The person as the regions and cercles see them."""
        return self._at(
            self.then.territory if self.then else None, self.now.territory if self.now else None
        )

    def _at(self, then: int | None, now: int | None) -> TrainedPerson:
        return TrainedPerson(self.person_id, then, now, self.has_left, self.is_due)


def trained_records(
    *, curriculum: int | None = None, category: str = "", day: datetime.date | None = None
) -> list[TrainedRecord]:
    """Return every trained person on a day (today by default), of a curriculum and a category.

    A training that runs out is due from sixty days before its end; of several, one is enough.
    Nine queries at most, whatever the number of persons.
    """
    day = day or timezone.localdate()
    validities = everybodys_validities(day=day)
    then, now, ended, categories = _places_then(curriculum), *_places_now(day), _categories()
    records = []
    for person_id, lines in validities.items():
        asked = [line for line in lines if curriculum in (None, line.curriculum.pk)]
        if not asked or (category and categories.get(person_id, "") != category):
            continue
        records.append(
            TrainedRecord(
                person_id=person_id,
                category=categories.get(person_id, ""),
                then=then.get(person_id),
                now=now.get(person_id),
                has_left=person_id in ended and person_id not in now,
                is_due=any(line.state != ValidityState.VALID for line in asked),
            )
        )
    return records


def _places_then(curriculum: int | None) -> dict[int, Place]:
    """Where each person served at the last training, as the participation froze it."""
    taught = Participation.objects.trained().exclude(session__state=SessionState.CANCELLED)
    if curriculum is not None:
        taught = taught.filter(
            Q(session__curriculum=curriculum) | Q(course_run__curriculum=curriculum)
        )
    kept = kept_ids()
    rows = taught.order_by("enrolled_at", "pk").values_list(
        "person_id", "organization_id", "territory_id"
    )
    return {
        kept.get(person_id, person_id): Place(organization, territory)
        for person_id, organization, territory in rows
    }


def _places_now(day: datetime.date) -> tuple[dict[int, Place], set[int]]:
    """Where trained people serve that day, and who has postings that all ended."""
    now: dict[int, Place] = {}
    known: set[int] = set()
    rows = Posting.objects.filter(person__in=_trained_persons().values("pk")).order_by("pk")
    for person_id, organization, territory, start, end in rows.values_list(
        "person_id", "organization_id", "territory_id", "started_on", "ended_on"
    ):
        known.add(person_id)
        if (start is None or start <= day) and (end is None or end >= day):
            now[person_id] = Place(organization, territory)
    return now, known - now.keys()


def _categories() -> dict[int, str]:
    rows = _trained_persons().filter(profession__isnull=False)
    return dict(rows.values_list("pk", "profession__category__code"))


def _trained_persons() -> QuerySet[Person]:
    trained = Participation.objects.trained().values("person")
    merged = Person.objects.filter(pk__in=trained, merged_into__isnull=False)
    return Person.objects.kept().filter(Q(pk__in=trained) | Q(pk__in=merged.values("merged_into")))
