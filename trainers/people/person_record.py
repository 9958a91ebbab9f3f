"""Everything that the page of one person says, read in a fixed number of queries."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.account_wording import spaced_phone, territory_in_words
from accounts.models import Person, PersonMerge, Posting, Profession
from trainers.enums import ValidityState
from trainers.models import Participation
from trainers.participation.validities import Validity, validities_of
from trainers.sessions.tabs import days_of

_EARLY = datetime.date(1900, 1, 1)  # a posting whose start nobody knows comes after the others
_VALIDITY_BADGES = {
    ValidityState.VALID: "success",
    ValidityState.DUE_SOON: "warning",
    ValidityState.TO_REFRESH: "accent",
}
_FIELD_NAMES = (
    "family_name",
    "given_name",
    "sex",
    "phone",
    "email",
    "matricule",
    "birth_year",
    "profession",
    "merged_into",
)


@dataclass(frozen=True)
class Change:
    """One line of a history: when, by whom, why, and what became what."""

    at: Any
    by: str
    reason: str
    moves: list[str]


def identity_lines(person: Person) -> list[dict[str, str]]:
    """Who the person is; what is not known is said, so that it gets asked."""
    unknown = _("Non renseigné")
    lines = [
        (_("Nom"), person.family_name),
        (_("Prénom"), person.given_name),
        (_("Sexe"), str(person.get_sex_display()) if person.sex else ""),
        (_("Téléphone"), spaced_phone(person.phone)),
        (_("Adresse e-mail"), person.email),
        (_("Matricule"), person.matricule),
        (_("Année de naissance"), str(person.birth_year or "")),
        (_("Profession"), str(person.profession or "")),
    ]
    return [{"term": term, "text": text or unknown} for term, text in lines]


def posting_rows(person: Person) -> list[dict[str, str]]:
    """Postings of the person, the one in force first, then the latest.

    A merge has moved here what the other record knew (`accounts/merging.py`).
    """
    postings = Posting.objects.filter(person=person)
    rows = list(postings.select_related("organization", "territory").order_by("-pk"))
    rows.sort(key=lambda one: (one.ended_on is not None, -(one.started_on or _EARLY).toordinal()))
    return [
        {
            "organization": str(one.organization or _("Structure non renseignée")),
            "territory": territory_in_words(one.territory) if one.territory else "",
            "dates": posting_dates(one),
        }
        for one in rows
    ]


def posting_dates(posting: Posting) -> str:
    """« depuis le 1 mai 2025 », « du … au … », « jusqu'au … »."""
    start = date_format(posting.started_on, "j F Y") if posting.started_on else ""
    end = date_format(posting.ended_on, "j F Y") if posting.ended_on else ""
    if start and end:
        return _("du %(start)s au %(end)s") % {"start": start, "end": end}
    if end:
        return _("jusqu'au %(end)s") % {"end": end}
    if start:
        return _("depuis le %(start)s") % {"start": start}
    return _("en cours, début non renseigné")


def training_rows(person: Person) -> list[dict[str, str]]:
    """What the person is trained in, until when."""
    return [_training_row(one) for one in validities_of(person)]


def session_rows(person: Person) -> list[dict[str, str]]:
    """Sessions of every record of the person, the latest first."""
    rows = Participation.objects.filter(
        person__in=Person.objects.same_as(person.pk), session__isnull=False
    ).select_related("session")
    return [
        {
            "code": one.session.code,
            "title": one.session.title,
            "days": days_of(one.session),
            "status": str(one.get_status_display()),
        }
        for one in rows.order_by("-session__starts_on", "-pk")
        if one.session is not None
    ]


def merges_of(person: Person) -> list[PersonMerge]:
    """Merges that this record received, the latest first; undone ones are part of the story."""
    return list(
        PersonMerge.objects.filter(kept=person)
        .select_related("merged", "merged_by", "undone_by")
        .order_by("-merged_at", "-pk")
    )


def history_of(person: Person) -> list[Change]:
    """Who changed what, on every record of the person, the latest first; three queries."""
    same = list(Person.objects.same_as(person.pk).values_list("pk", flat=True))
    lines = list(
        Person.history.filter(id__in=same)
        .select_related("history_user")
        .order_by("id", "history_date", "history_id")
    )
    words = _Words(
        professions=dict(Profession.objects.values_list("pk", "name")),
        persons={line.id: f"{line.given_name} {line.family_name}".strip() for line in lines},
    )
    changes = []
    for before, line in zip([None, *lines], lines, strict=False):
        earlier = before if before is not None and before.id == line.id else None
        moves = words.moves(earlier, line)
        if moves:
            by = str(line.history_user) if line.history_user else ""
            changes.append(Change(line.history_date, by, line.history_change_reason or "", moves))
    return sorted(changes, key=lambda change: change.at, reverse=True)


@dataclass(frozen=True)
class _Words:
    """How the values of a history are said."""

    professions: dict[int, str]
    persons: dict[int, str]

    def moves(self, before: Any, line: Any) -> list[str]:
        if before is None:
            return [_("Fiche créée : %(name)s") % {"name": self.persons[line.id]}]
        said = []
        for name in _FIELD_NAMES:
            column = f"{name}_id" if name in {"profession", "merged_into"} else name
            old, new = getattr(before, column), getattr(line, column)
            if old != new:
                label = str(Person._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
                said.append(
                    _("%(field)s : %(old)s → %(new)s")
                    % {
                        "field": label[:1].upper() + label[1:],
                        "old": self.value(name, old),
                        "new": self.value(name, new),
                    }
                )
        return said

    def value(self, name: str, value: Any) -> str:
        if value in (None, ""):
            return _("rien")
        if name == "profession":
            return self.professions.get(value, str(value))
        if name == "merged_into":
            return self.persons.get(value, str(value))
        return str(value)


def _training_row(validity: Validity) -> dict[str, str]:
    until = validity.valid_until
    return {
        "title": validity.curriculum.title,
        "completed": date_format(validity.completed_on, "j F Y"),
        "until": date_format(until, "j F Y") if until else _("sans limite"),
        "state": str(validity.state.label),
        "kind": _VALIDITY_BADGES[validity.state],
    }
