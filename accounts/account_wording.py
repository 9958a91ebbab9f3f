"""How an account, its identifiers and its roles are said on the screens of the accounts."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.enums import TerritoryLevel
from accounts.models import Person, RoleAssignment, Territory, User
from accounts.phones import MALI, MALI_DIGITS

Pair = dict[str, str]  # term, text: one line of components/definitions.html


@dataclass(frozen=True)
class RoleLine:
    """One role in words: « Point focal », « Ségou (région) », « depuis le 3 mars 2025 »."""

    id: int
    label: str
    scope: str
    dates: str


def spaced_phone(phone: str) -> str:
    """Write a Malian number as it is read aloud, never cut at the end of a line: +223 76 12 34 56.

    A foreign number is left alone.
    """
    local = phone.removeprefix(MALI)
    if local == phone or len(local) != MALI_DIGITS:
        return phone
    return "\N{NO-BREAK SPACE}".join(
        [MALI, *(local[start : start + 2] for start in range(0, MALI_DIGITS, 2))]
    )


def identifiers_of(user: User) -> list[Pair]:
    """What opens this account, each once: phone, e-mail address, matricule or chosen name."""
    lines = []
    if user.phone:
        lines.append({"term": _("Téléphone"), "text": spaced_phone(user.phone)})
    if user.email:
        lines.append({"term": _("Adresse e-mail"), "text": user.email})
    if user.username not in {user.phone, user.email}:
        is_matricule = user.person is not None and user.person.matricule == user.username
        term = _("Matricule") if is_matricule else _("Identifiant")
        lines.append({"term": term, "text": user.username})
    return lines


def access_of(user: User, *, has_second_factor: bool) -> list[Pair]:
    """What opens an account, when it last did, and whether a password alone is enough."""
    last_login = _("Jamais")
    if user.last_login is not None:
        last_login = date_format(timezone.localtime(user.last_login), "d/m/Y H:i")
    return [
        *identifiers_of(user),
        {"term": _("Dernière connexion"), "text": last_login},
        {"term": _("Second facteur"), "text": _("Actif") if has_second_factor else _("Pas actif")},
    ]


def role_line(assignment: RoleAssignment) -> RoleLine:
    """Put one role in words; `territory` and `organization` have been read with it."""
    scope = ""
    if assignment.territory is not None:
        scope = territory_in_words(assignment.territory)
    elif assignment.organization is not None:
        scope = assignment.organization.name
    return RoleLine(
        id=assignment.pk,
        label=str(assignment.get_role_display()),
        scope=scope,
        dates=_dates(assignment.started_on, assignment.ended_on),
    )


def territory_in_words(territory: Territory) -> str:
    """« Ségou (région) »: a region and its chief cercle often have one name."""
    if territory.level == TerritoryLevel.COUNTRY:
        return _("tout le pays")
    return f"{territory.name} ({str(territory.get_level_display()).lower()})"


def person_line(person: Person) -> dict[str, Any]:
    """What tells one person from another in a list of candidates, and their account if any."""
    postings = getattr(person, "open_postings", None)
    if postings is None:
        serving = person.postings.filter(ended_on=None)
        postings = list(serving.select_related("organization", "territory"))
    places = [
        str(place) for one in postings for place in (one.organization, one.territory) if place
    ]
    facts = [
        spaced_phone(person.phone),
        person.matricule,
        person.email,
        str(person.profession or ""),
        *places,
    ]
    return {
        "person": person,
        "facts": " · ".join(fact for fact in facts if fact),
        "account": getattr(person, "user", None),
        "is_alike": getattr(person, "is_alike", False),
    }


def identity_of(person: Person) -> list[Pair]:
    """Who a person is and where they serve, as the record says; empty lines are left out."""
    posting = person.postings.filter(ended_on=None).select_related("organization", "territory")
    current = posting.first()
    lines = [
        (_("Nom"), person.family_name),
        (_("Prénom"), person.given_name),
        (_("Sexe"), str(person.get_sex_display()) if person.sex else ""),
        (_("Profession"), str(person.profession) if person.profession else ""),
        (_("Structure"), str(current.organization or "") if current else ""),
        (
            _("Territoire"),
            territory_in_words(current.territory) if current and current.territory else "",
        ),
    ]
    return [{"term": term, "text": text} for term, text in lines if text]


def _dates(started_on: datetime.date, ended_on: datetime.date | None) -> str:
    start = _day(started_on)
    if ended_on is None:
        return _("depuis le %(start)s") % {"start": start}
    if ended_on < started_on:  # given, then taken back the same day
        return _("le %(start)s, retiré aussitôt") % {"start": start}
    return _("du %(start)s au %(end)s") % {"start": start, "end": _day(ended_on)}


def _day(day: datetime.date) -> str:
    written = date_format(day, "j F Y")
    return written.replace("1 ", "1er ", 1) if day.day == 1 else written
