"""Acts on records that look alike: one person, or two (domain §3).

A merge is a pointer to the kept record. Postings move so that one record tells the whole career;
everything else stays where it was made, and is reached through `Person.objects.same_as`. Pointers
lead to the record kept in the end: what had been merged into the merged record points there too.
"""

import datetime
from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.merge_refusals import MERGE_REFUSALS
from accounts.models import DistinctPersons, Person, PersonMerge, Posting, User
from accounts.names import name_key

CHOSEN_FIELDS = (
    "family_name",
    "given_name",
    "sex",
    "phone",
    "email",
    "matricule",
    "birth_year",
    "profession",
)


class MergeRefused(ValueError):
    """Two records that cannot be merged or parted as asked; its text is a French sentence."""


@transaction.atomic
def merge_persons(
    *,
    kept: Person,
    merged: Person,
    take: Collection[str] = (),
    take_posting: bool = False,
    reason: str,
    by: User | None,
    at: datetime.datetime | None = None,
) -> PersonMerge:
    """Make `merged` point to `kept`, which takes the fields named in `take` from it.

    `take_posting` makes the merged record's posting in force that of the person. Raises
    `MergeRefused`: one record twice, a record already merged, no reason, a trainer's record that
    would be hidden, two trainers.
    """
    kept, merged = _lock_pair(kept, merged)
    _refuse_unfit(kept, merged, reason)
    taken = _take(kept, merged, [name for name in CHOSEN_FIELDS if name in take])
    if taken:
        _save_with_history(kept, [*taken, "name_key"], reason=reason, by=by)
    merge = PersonMerge.objects.create(
        kept=kept,
        merged=merged,
        taken=taken,
        moved=_move_postings(kept, merged, take_posting=take_posting),
        reason=reason.strip()[:200],
        merged_by=by,
        merged_at=at or timezone.now(),
    )
    merged.merged_into = kept
    _save_with_history(merged, ["merged_into"], reason=reason, by=by)
    Person.objects.filter(merged_into=merged).update(merged_into=kept)
    return merge


@transaction.atomic
def undo_merge(*, merge: PersonMerge, reason: str, by: User | None) -> PersonMerge:
    """Part two records again: pointers, postings, and the fields that nobody changed since.

    Undoing twice changes nothing. Raises `MergeRefused` while the kept record is itself merged:
    the last merge is undone first.
    """
    merge = PersonMerge.objects.select_for_update().get(pk=merge.pk)
    if merge.undone_at is not None:
        return merge
    kept, merged = _lock_pair(merge.kept, merge.merged)
    if not reason.strip():
        raise MergeRefused(_("Dites pourquoi ces deux fiches sont deux personnes."))
    if kept.merged_into_id is not None:
        raise MergeRefused(
            _("La fiche de %(person)s a été fusionnée depuis : séparez d'abord cette fusion.")
            % {"person": kept}
        )
    restored = _restore(kept, merge.taken)
    if restored:
        _save_with_history(kept, [*restored, "name_key"], reason=reason, by=by)
    _move_postings_back(kept, merged, merge.moved)
    merged.merged_into = None
    _save_with_history(merged, ["merged_into"], reason=reason, by=by)
    Person.objects.filter(pk__in=_merged_through(merged)).update(merged_into=merged)
    merge.undone_at, merge.undone_by = timezone.now(), by
    merge.undo_reason = reason.strip()[:200]
    merge.save(update_fields=["undone_at", "undone_by", "undo_reason"])
    return merge


@transaction.atomic
def say_distinct(*, one: Person, other: Person, by: User | None) -> DistinctPersons:
    """Note that two records are two people: they are proposed no more. Saying it twice is once."""
    if one.pk == other.pk:
        raise MergeRefused(_("Choisissez deux fiches différentes."))
    first, second = sorted((one, other), key=lambda person: person.pk)
    said, _is_new = DistinctPersons.objects.get_or_create(
        first=first, second=second, defaults={"said_by": by, "said_at": timezone.now()}
    )
    return said


@transaction.atomic
def correct_person(
    *, person: Person, facts: Mapping[str, Any], reason: str, by: User | None
) -> list[str]:
    """Write what is put right on a record (`CHOSEN_FIELDS`), with its author and reason.

    Returns the names of the fields that changed; nothing is written when none did. What
    participations froze does not move. Raises `MergeRefused` for a merged record.
    """
    locked = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if locked.merged_into_id is not None:
        raise MergeRefused(_("Cette fiche est fusionnée : corrigez la fiche gardée."))
    changed = [
        name for name in CHOSEN_FIELDS if name in facts and getattr(locked, name) != facts[name]
    ]
    for name in changed:
        setattr(locked, name, facts[name])
    if changed:
        _save_with_history(locked, [*changed, "name_key"], reason=reason, by=by)
    return changed


def _lock_pair(one: Person, other: Person) -> tuple[Person, Person]:
    """Lock both records in the order of their ids: two people merging at once wait, never block."""
    if one.pk == other.pk:
        raise MergeRefused(_("Choisissez deux fiches différentes."))
    rows = Person.objects.select_for_update(of=("self",)).filter(pk__in=[one.pk, other.pk])
    locked = {person.pk: person for person in rows.order_by("pk")}
    return locked[one.pk], locked[other.pk]


def _refuse_unfit(kept: Person, merged: Person, reason: str) -> None:
    for person in (kept, merged):
        if person.merged_into_id is not None:
            raise MergeRefused(
                _("La fiche de %(person)s est déjà fusionnée avec une autre : rouvrez la liste.")
                % {"person": person}
            )
    if not reason.strip():
        raise MergeRefused(_("Dites à quoi vous avez reconnu la même personne."))
    for refuse in MERGE_REFUSALS:
        sentence = refuse(kept, merged)
        if sentence:
            raise MergeRefused(sentence)


def _take(kept: Person, merged: Person, names: list[str]) -> dict[str, list[Any]]:
    """Copy the chosen fields; return `{field: [before, after]}` of those that changed."""
    taken = {}
    for name in names:
        column = _column(name)
        before, after = getattr(kept, column), getattr(merged, column)
        if before != after:
            setattr(kept, column, after)
            taken[name] = [before, after]
    return taken


def _column(name: str) -> str:
    """Where the plain value of a field is: its id for a relation."""
    return "profession_id" if name == "profession" else name


def _restore(kept: Person, taken: Mapping[str, list[Any]]) -> list[str]:
    """Put back what the merge took, except what somebody has corrected since."""
    restored = []
    for name, (before, after) in taken.items():
        column = _column(name)
        if getattr(kept, column) == after:
            setattr(kept, column, before)
            restored.append(name)
    return restored


def _move_postings(kept: Person, merged: Person, *, take_posting: bool) -> list[int]:
    """Give the merged record's postings to the kept one; of two in force one changes sides."""
    rows = Posting.objects.select_for_update(of=("self",)).filter(person__in=[kept.pk, merged.pk])
    postings = list(rows.order_by("pk"))
    in_force = {one.person_id: one for one in postings if one.ended_on is None}
    theirs = [one.pk for one in postings if one.person_id == merged.pk and one.ended_on is not None]
    ours: list[int] = []
    if merged.pk in in_force and kept.pk not in in_force:
        theirs.append(in_force[merged.pk].pk)
    elif merged.pk in in_force and take_posting:
        theirs.append(in_force[merged.pk].pk)
        ours.append(in_force[kept.pk].pk)
    _exchange(kept, merged, theirs=theirs, ours=ours)
    return [*theirs, *ours]


def _move_postings_back(kept: Person, merged: Person, moved: list[int]) -> None:
    rows = Posting.objects.select_for_update(of=("self",)).filter(pk__in=moved)
    postings = list(rows.order_by("pk"))
    theirs = [one.pk for one in postings if one.person_id == merged.pk]
    ours = [one.pk for one in postings if one.person_id == kept.pk]
    newer = Posting.objects.filter(person=kept, ended_on=None).exclude(pk__in=ours).first()
    if newer is not None:  # transferred since the merge: the old posting is over
        for one in postings:
            if one.pk in theirs and one.ended_on is None:
                eve = (newer.started_on or timezone.localdate()) - datetime.timedelta(days=1)
                one.ended_on = max(eve, one.started_on or eve)
                one.save(update_fields=["ended_on"])
    _exchange(kept, merged, theirs=theirs, ours=ours)


def _exchange(kept: Person, merged: Person, *, theirs: list[int], ours: list[int]) -> None:
    """Swap owners in an order that never leaves two postings in force on one record."""
    open_ids = Posting.objects.filter(pk__in=[*theirs, *ours], ended_on=None)
    days = dict(open_ids.values_list("pk", "started_on"))
    today = timezone.localdate()
    for pk, started_on in days.items():  # closed for the time of the exchange
        Posting.objects.filter(pk=pk).update(ended_on=max(today, started_on or today))
    Posting.objects.filter(pk__in=theirs).update(person=kept)
    Posting.objects.filter(pk__in=ours).update(person=merged)
    Posting.objects.filter(pk__in=days).update(ended_on=None)


def _merged_through(person: Person) -> set[int]:
    """Ids of the records whose merges, still in force, led to this one, through any number."""
    merges = PersonMerge.objects.filter(undone_at=None).values_list("kept_id", "merged_id")
    into: dict[int, list[int]] = {}
    for kept_id, merged_id in merges:
        into.setdefault(kept_id, []).append(merged_id)
    found: set[int] = set()
    waiting = list(into.get(person.pk, []))
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += into.get(one, [])
    return found


def _save_with_history(person: Person, fields: list[str], *, reason: str, by: User | None) -> None:
    person.name_key = name_key(person.family_name, person.given_name)[:180]
    person._history_user = by  # type: ignore[attr-defined]
    person._change_reason = reason.strip()[:100]  # type: ignore[attr-defined]
    person.save(update_fields=sorted({*fields}))
