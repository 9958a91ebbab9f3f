"""Two records side by side: what differs, what each one holds, what a merge would bring."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.account_wording import spaced_phone
from accounts.merging import CHOSEN_FIELDS
from accounts.models import Person, Posting, User
from trainers.models import Participation, Trainer

KEPT, MERGED = "kept", "merged"
POSTING = "posting"


@dataclass(frozen=True)
class FieldChoice:
    """One field on which the records differ; `selected` is proposed: what is filled, else kept."""

    name: str
    label: str
    choices: list[dict[str, str]]
    selected: str


@dataclass(frozen=True)
class Comparison:
    """What a person needs to see before deciding that two records are one."""

    fields: list[FieldChoice]
    same: list[dict[str, str]]
    sides: list[dict[str, Any]]
    warnings: list[str]


def compare(kept: Person, merged: Person) -> Comparison:
    """Compare two kept records; seven queries."""
    postings = _postings(kept, merged)
    fields, same = [], []
    for name in CHOSEN_FIELDS:
        label = str(Person._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        label = label[:1].upper() + label[1:]
        values = [_said(person, name) for person in (kept, merged)]
        if values[0] == values[1]:
            if values[0]:
                same.append({"term": label, "text": values[0]})
        else:
            fields.append(_choice(name, label, values))
    if len(postings) == 2 and _place(postings[kept.pk]) != _place(postings[merged.pk]):
        places = [_place(postings[person.pk]) for person in (kept, merged)]
        fields.append(_choice(POSTING, _("Affectation en cours"), places))
    sessions = _sessions(kept, merged)
    accounts = set(
        User.objects.filter(person__in=[kept.pk, merged.pk]).values_list("person_id", flat=True)
    )
    trainers = set(
        Trainer.objects.filter(person__in=[kept.pk, merged.pk]).values_list("person_id", flat=True)
    )
    sides = [
        {
            "person": person,
            "is_kept": person == kept,
            "posting": _place(postings[person.pk]) if person.pk in postings else "",
            "sessions": ", ".join(sorted(sessions[person.pk])),
            "has_account": person.pk in accounts,
            "is_trainer": person.pk in trainers,
            "created_at": person.created_at,
        }
        for person in (kept, merged)
    ]
    return Comparison(fields, same, sides, _warnings(sessions, accounts))


def _warnings(sessions: dict[int, set[str]], accounts: set[int]) -> list[str]:
    said = []
    both = sorted(set.intersection(*sessions.values()))
    if both:
        said.append(
            _(
                "Les deux fiches sont sur la même liste (%(codes)s). Si c'est la même personne, "
                "elle comptera une fois parmi les personnes, et la session le signalera."
            )
            % {"codes": ", ".join(both)}
        )
    if len(accounts) == 2:
        said.append(
            _("Les deux fiches ont un compte : les deux restent ouverts, sur le même parcours.")
        )
    return said


def _choice(name: str, label: str, values: list[str]) -> FieldChoice:
    """Propose what is filled; where both are, the kept record's."""
    nothing = _("rien")
    return FieldChoice(
        name=name,
        label=label,
        choices=[
            {"value": side, "label": value or nothing}
            for side, value in zip((KEPT, MERGED), values, strict=True)
        ],
        selected=KEPT if values[0] or not values[1] else MERGED,
    )


def _said(person: Person, name: str) -> str:
    if name == "sex":
        return str(person.get_sex_display()) if person.sex else ""
    if name == "phone":
        return spaced_phone(person.phone)
    return str(getattr(person, name) or "")


def _postings(kept: Person, merged: Person) -> dict[int, Posting]:
    rows = Posting.objects.filter(person__in=[kept.pk, merged.pk], ended_on=None)
    return {one.person_id: one for one in rows.select_related("organization", "territory")}


def _place(posting: Posting) -> str:
    parts = [str(place) for place in (posting.organization, posting.territory) if place]
    return ", ".join(parts) or _("lieu non renseigné")


def _sessions(kept: Person, merged: Person) -> dict[int, set[str]]:
    """Codes of the sessions of each record, with what had been merged into it."""
    found: dict[int, set[str]] = {kept.pk: set(), merged.pk: set()}
    rows = Participation.objects.filter(
        Q(person__in=found) | Q(person__merged_into__in=found), session__isnull=False
    )
    for person_id, into, code in rows.values_list(
        "person_id", "person__merged_into_id", "session__code"
    ):
        found[into or person_id].add(str(code))
    return found
