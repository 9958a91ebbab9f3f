"""One person on one list twice, under two records made one by a merge: keep one line (domain §3).

What happened is never erased: a line goes only when nothing hangs on it.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, ProtectedError, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from trainers.models import Participation, TrainingSession
from trainers.registration.roster import RosterRefused
from trainers.sessions.history import REASON_LENGTH, sign
from trainers.sessions.lock import lock_open_session


@dataclass(frozen=True)
class Line:
    """One line of somebody who is there twice; `marks`: the half-days noted on it."""

    participation: Participation
    marks: int


def doubles_of(session: TrainingSession) -> list[list[Line]]:
    """Return the lines of each person who is on the list more than once; two queries at most."""
    people = Participation.objects.filter(session=session)
    merged = set(
        people.exclude(person__merged_into=None).values_list("person__merged_into", flat=True)
    )
    if not merged:
        return []
    lines = (
        people.filter(Q(person__in=merged) | Q(person__merged_into__in=merged))
        .select_related("person", "profession", "organization", "territory")
        .annotate(noted=Count("marks__slot", distinct=True))
        .order_by("person__family_name", "person__given_name", "pk")
    )
    groups: dict[int, list[Line]] = defaultdict(list)
    for one in lines:
        groups[_kept_id(one)].append(Line(one, one.noted))
    return [group for group in groups.values() if len(group) > 1]


@transaction.atomic
def keep_one_line(*, kept: Participation, by: User | None) -> int:
    """Take the other lines of the same person off the list; returns how many, 0 the second time.

    Their requests for a seat follow the line that stays. Raises `RosterRefused` when something
    hangs on another line; `trainers.sessions.lock.SessionClosed`.
    """
    assert kept.session is not None
    session = lock_open_session(kept.session)
    one = Participation.objects.select_related("person").get(pk=kept.pk)
    others = list(_same_person(one).filter(session=session).exclude(pk=one.pk))
    for other in others:
        _refuse_used(one, other)
        other.registrations.update(participation=one)
        try:
            with transaction.atomic():
                other.delete()
        except ProtectedError as used:
            raise RosterRefused(
                _(
                    "L'autre ligne de %(person)s porte une copie, une attestation ou un avis : "
                    "gardez plutôt celle-là."
                )
                % {"person": one.person}
            ) from used
    if others:
        told = _("%(person)s, sur la liste deux fois : une seule ligne gardée") % {
            "person": one.person
        }
        sign(session, by, ["seats"], reason=told[:REASON_LENGTH])
    return len(others)


def _refuse_used(kept: Participation, other: Participation) -> None:
    if not (other.marks.exists() or other.declared_presences.exists()):
        return
    if kept.marks.exists():
        raise RosterRefused(
            _(
                "Les deux lignes de %(person)s portent des présences : rien ne s'efface. Dans "
                "l'appel, notez « absent » sur la ligne en trop, avec pour motif « inscription en "
                "double » : elle ne comptera plus."
            )
            % {"person": kept.person}
        )
    raise RosterRefused(
        _("L'autre ligne de %(person)s porte des présences : gardez plutôt celle-là.")
        % {"person": kept.person}
    )


def _same_person(one: Participation) -> QuerySet[Participation]:
    kept_id = _kept_id(one)
    return Participation.objects.filter(
        Q(person=kept_id) | Q(person__merged_into=kept_id)
    ).select_related("person")


def _kept_id(participation: Participation) -> int:
    return participation.person.merged_into_id or participation.person_id
