"""Which records are probably one person, among those that a reader may know. Reads only."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, QuerySet, Subquery

from accounts.lookalikes import LikelyPair, likely_pairs
from accounts.matching import Candidate
from accounts.models import DistinctPersons, Person, Posting

MOST_RECORDS = 2_000  # compared at once, of shared phones and of shared names each
MOST_PAIRS = 500


@dataclass(frozen=True)
class LikelyPairs:
    """The pairs, the surest first; `is_cut` when there are more than could be compared."""

    pairs: list[LikelyPair]
    is_cut: bool


def find_likely_pairs(among: QuerySet[Person]) -> LikelyPairs:
    """Return the pairs among these kept persons that share a phone or a name; three queries."""
    rows = [
        *_sharing(among, "phone", among.exclude(phone="")),
        *_sharing(among, "name_key", among.filter(name_key__contains=" ")),
    ]
    records = {
        pk: Candidate(pk, phone or None, key, structure_key or "", birth_year)
        for pk, phone, key, birth_year, structure_key in rows
    }
    distinct = DistinctPersons.objects.values_list("first_id", "second_id")
    pairs = likely_pairs(list(records.values()), distinct=distinct)
    is_cut = len(rows) >= MOST_RECORDS or len(pairs) > MOST_PAIRS
    return LikelyPairs(pairs[:MOST_PAIRS], is_cut)


def _sharing(
    among: QuerySet[Person], field: str, filled: QuerySet[Person]
) -> list[tuple[int, str, str, int | None, str | None]]:
    """The records whose value of `field` several of them have, those of one value together."""
    shared = filled.order_by().values(field).annotate(records=Count("pk")).filter(records__gt=1)
    serving = Posting.objects.filter(person=OuterRef("pk"), ended_on=None)
    return list(
        among.filter(**{f"{field}__in": shared.values(field)})
        .annotate(structure_key=Subquery(serving.values("organization__name_key")[:1]))
        .order_by(field, "pk")
        .values_list("pk", "phone", "name_key", "birth_year", "structure_key")[:MOST_RECORDS]
    )
