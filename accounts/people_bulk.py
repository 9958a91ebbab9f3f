"""The same acts as `accounts/people.py` for a whole list: a fixed number of queries (imports)."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, NamedTuple, TypeVar
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from simple_history.utils import bulk_update_with_history

from accounts.bulk_insert import insert_rows, last_id
from accounts.models import Organization, Person, Posting, User
from accounts.names import fold
from accounts.people import kept_names

BATCH = 500  # ids or rows of one query: under the limit of the oldest SQLite
FILLED_FIELDS = (
    "sex",
    "phone",
    "email",
    "matricule",
    "birth_year",
    "profession_id",
)

_PERSON_FIELDS = (
    "uuid", "family_name", "given_name", "name_key", "sex", "phone", "email", "matricule",
    "birth_year", "profession_id", "is_demo", "created_at",
)  # fmt: skip
_HISTORY_FIELDS = ("history_date", "history_type", "history_user_id", "history_change_reason")

OrganizationKey = tuple[str, int | None]  # folded name, territory id
T = TypeVar("T")


class PersonFacts(NamedTuple):
    """A person to create; `phone` is already in international form."""

    family_name: str
    given_name: str
    sex: str
    phone: str
    email: str
    matricule: str
    birth_year: int | None
    profession_id: int | None
    is_demo: bool = False


class WrittenPerson(NamedTuple):
    """What an import needs to know of a person that it created."""

    pk: int
    uuid: UUID
    sex: str
    profession_id: int | None


def batches(items: Iterable[T], size: int = BATCH) -> Iterable[list[T]]:
    """Cut anything into lists of at most `size`."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


@transaction.atomic
def find_organizations(wanted: Iterable[tuple[str, int | None]]) -> dict[OrganizationKey, int]:
    """Return the id of each structure (name, territory id), creating those that are unknown.

    The keys of the answer hold the folded name. A name that folds to nothing is left out.
    """
    names: dict[OrganizationKey, str] = {}
    for name, territory_id in wanted:
        cleaned = " ".join(name.split())[:160]
        if fold(cleaned):
            names.setdefault((fold(cleaned)[:160], territory_id), cleaned)
    if not names:
        return {}
    known: dict[OrganizationKey, int] = {
        (name_key, territory_id): pk
        for pk, name_key, territory_id in Organization.objects.values_list(
            "pk", "name_key", "territory_id"
        )
    }
    created = Organization.objects.bulk_create(
        Organization(name=name, name_key=key, territory_id=territory_id)
        for (key, territory_id), name in names.items()
        if (key, territory_id) not in known
    )
    for one in created:
        known[one.name_key, one.territory_id] = one.pk
    return {key: known[key] for key in names}


@transaction.atomic
def create_persons(
    persons: Sequence[PersonFacts], *, by: User | None, reason: str
) -> list[WrittenPerson]:
    """Write new persons, whoever else is known, with a line of history each, in the same order.

    The caller has looked for matches.
    """
    if not persons:
        return []
    now, before = timezone.now(), last_id(Person)
    rows = [_person_row(facts) for facts in persons]
    insert_rows(Person, _PERSON_FIELDS, ((*row, now) for row in rows))
    # An id above the last one may be another writer's: the uuid says which are ours.
    ids = dict(Person.objects.filter(pk__gt=before).values_list("uuid", "pk"))
    told = (now, now, "+", by.pk if by else None, reason[:100])
    insert_rows(
        Person.history.model,
        ("id", *_PERSON_FIELDS, *_HISTORY_FIELDS),
        ((ids[row[0]], *row, *told) for row in rows),
    )
    return [
        WrittenPerson(ids[row[0]], row[0], facts.sex, facts.profession_id)
        for row, facts in zip(rows, persons, strict=True)
    ]


def _person_row(facts: PersonFacts) -> tuple[Any, ...]:
    return (
        uuid4(),
        *kept_names(facts.family_name, facts.given_name),
        facts.sex,
        facts.phone,
        facts.email.strip(),
        facts.matricule.strip()[:40],
        facts.birth_year,
        facts.profession_id,
        facts.is_demo,
    )


@transaction.atomic
def open_postings(postings: Sequence[tuple[int, int | None, int | None]]) -> None:
    """Write first postings (person, structure and territory ids): the persons have none yet."""
    insert_rows(Posting, ("person_id", "organization_id", "territory_id"), postings)


@transaction.atomic
def fill_blanks(
    persons: Sequence[Person],
    facts: dict[int, dict[str, object]],
    *,
    by: User | None,
    reason: str,
) -> int:
    """Complete what is empty on known persons; nothing that is filled ever changes.

    `facts` maps a person's id to values by field (`FILLED_FIELDS`). Returns how many persons
    learnt something.
    """
    changed = [person for person in persons if _fill(person, facts.get(person.pk, {}))]
    for batch in batches(changed, BATCH // 5):
        bulk_update_with_history(
            batch,
            Person,
            [name.removesuffix("_id") for name in FILLED_FIELDS],
            default_user=by,
            default_change_reason=reason[:100],
        )
    return len(changed)


def _fill(person: Person, facts: dict[str, object]) -> bool:
    has_changed = False
    for name in FILLED_FIELDS:
        if not getattr(person, name) and facts.get(name):
            setattr(person, name, facts[name])
            has_changed = True
    return has_changed
