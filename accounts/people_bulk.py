"""The same acts as `accounts/people.py` for a whole list: a fixed number of queries (imports)."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TypeVar

from django.db import transaction
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from accounts.models import Organization, Person, Posting, User
from accounts.names import fold

BATCH = 500  # ids or rows of one query: under the limit of the oldest SQLite
FILLED_FIELDS = (
    "sex",
    "phone",
    "email",
    "matricule",
    "birth_year",
    "profession_id",
)

OrganizationKey = tuple[str, int | None]  # folded name, territory id
T = TypeVar("T")


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
def create_persons(persons: Sequence[Person], *, by: User | None, reason: str) -> list[Person]:
    """Write new persons (`accounts.people.new_person`) with a line of history each."""
    if not persons:
        return []
    return list(
        bulk_create_with_history(
            list(persons), Person, default_user=by, default_change_reason=reason[:100]
        )
    )


@transaction.atomic
def open_postings(postings: Sequence[Posting]) -> None:
    """Write first postings: the caller knows that these persons have none."""
    Posting.objects.bulk_create(postings)


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
