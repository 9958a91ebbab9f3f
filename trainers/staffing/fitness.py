"""Is this trainer fit for this session, and if not, why (domain §5)? Plain values only.

Nobody is ranked on results: those who are fit come by nearness, then by how lately they trained.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from trainers.registry.expiry import ACTIVE_MONTHS, months_later
from trainers.registry.qualifying import LEADING_LEVELS, MASTER

LEAD_TRAINER = "LEAD_TRAINER"
QUALIFIED_ROLES = frozenset({"TRAINER", LEAD_TRAINER})  # a candidate may co-train or observe
SAME_PLACE, SAME_REGION, TRAVELS = 0, 1, 2


@dataclass(frozen=True)
class Need:
    """What is looked for. `territory_id` None is anywhere; `language` "" is any; names for words.

    `speciality` "" asks for no register of experts. `lead_levels` are those that may lead it.
    """

    starts_on: datetime.date
    ends_on: datetime.date
    role: str
    territory_id: int | None = None
    region_id: int | None = None
    territory_name: str = ""
    language: str = ""
    language_name: str = ""
    speciality: str = ""
    speciality_name: str = ""
    lead_levels: frozenset[str] = LEADING_LEVELS


@dataclass(frozen=True)
class Held:
    """A qualification for the curriculum that is looked for."""

    level: str
    granted_on: datetime.date
    expires_on: datetime.date
    withdrawn_on: datetime.date | None = None


@dataclass(frozen=True)
class Busy:
    """Days that are taken: by a session (its code), or declared by the trainer ("")."""

    starts_on: datetime.date
    ends_on: datetime.date
    code: str = ""


@dataclass(frozen=True)
class Profile:
    """What the registry knows of a trainer. `languages` maps a code to: animates in it?

    `travel_ids` holds the territories that they travel to; `asked`, a key of `_ASKED` or "".
    """

    is_suspended: bool = False
    held: tuple[Held, ...] = ()
    base_id: int | None = None
    base_region_id: int | None = None
    base_name: str = ""
    travel_ids: frozenset[int] = frozenset()
    languages: tuple[tuple[str, bool], ...] = ()
    specialities: frozenset[str] = frozenset()
    busy: tuple[Busy, ...] = ()
    last_active_on: datetime.date | None = None
    asked: str = ""


@dataclass(frozen=True)
class Fitness:
    """`reasons` exclude, one sentence each; [] is fit. `nearness` and `last_active_on` rank."""

    reasons: tuple[str, ...]
    nearness: int
    last_active_on: datetime.date | None

    @property
    def is_fit(self) -> bool:
        return not self.reasons

    @property
    def rank(self) -> tuple[int, int]:
        """The nearest first, then who trained last."""
        last = self.last_active_on
        return self.nearness, -last.toordinal() if last else 0


def judge(need: Need, profile: Profile) -> Fitness:
    """Every reason at once, so that the organiser sees what would have to change."""
    found = [sentence for rule in _RULES for sentence in rule(need, profile)]
    return Fitness(tuple(found), _nearness(need, profile) or SAME_PLACE, profile.last_active_on)


def _asked(need: Need, profile: Profile) -> list[str]:
    return [_ASKED[profile.asked]] if profile.asked in _ASKED else []


def _suspension(need: Need, profile: Profile) -> list[str]:
    return ["Inscription au répertoire suspendue par le comité."] if profile.is_suspended else []


def _qualification(need: Need, profile: Profile) -> list[str]:
    if need.role not in QUALIFIED_ROLES:
        return []
    if not profile.held:
        return ["N'a pas d'habilitation pour ce curriculum."]
    valid = [one for one in profile.held if _covers(one, need)]
    if not valid:
        return [_why_not_valid(profile.held, need)]
    if need.role != LEAD_TRAINER or any(one.level in need.lead_levels for one in valid):
        return []
    if need.lead_levels == {MASTER}:
        return ["Une formation de formateurs demande une habilitation de formateur de formateurs."]
    return ["Son habilitation est de niveau formateur, pas formateur principal."]


def _why_not_valid(held: tuple[Held, ...], need: Need) -> str:
    kept = [one for one in held if one.withdrawn_on is None]
    if not kept:
        last = max(one.withdrawn_on for one in held if one.withdrawn_on is not None)
        return f"Son habilitation a été retirée le {last:%d/%m/%Y}."
    latest = max(kept, key=lambda one: one.expires_on)
    if latest.expires_on < need.ends_on:
        when = "avant la session" if latest.expires_on < need.starts_on else "pendant la session"
        return f"Son habilitation prend fin le {latest.expires_on:%d/%m/%Y}, {when}."
    return f"Son habilitation ne commence que le {latest.granted_on:%d/%m/%Y}."


def _territory(need: Need, profile: Profile) -> list[str]:
    if _nearness(need, profile) is not None:
        return []
    based = f"Base : {profile.base_name}" if profile.base_name else "Sans territoire de base"
    return [f"{based} ; pas de déplacement accepté pour {need.territory_name}."]


def _language(need: Need, profile: Profile) -> list[str]:
    if not need.language:
        return []
    animates = dict(profile.languages).get(need.language)
    if animates:
        return []
    if animates is None:
        return [f"N'anime pas en {need.language_name}."]
    return [f"Parle {need.language_name}, mais n'y anime pas."]


def _speciality(need: Need, profile: Profile) -> list[str]:
    if not need.speciality or need.speciality in profile.specialities:
        return []
    return [f"N'est pas au registre « {need.speciality_name} »."]


def _days(need: Need, profile: Profile) -> list[str]:
    taken = (
        one
        for one in profile.busy
        if one.starts_on <= need.ends_on and one.ends_on >= need.starts_on
    )
    return [
        f"Déjà à la session {one.code}, {_span(one)}."
        if one.code
        else f"Indisponible {_span(one)}."
        for one in sorted(taken, key=lambda one: (one.starts_on, one.code))
    ]


def _activity(need: Need, profile: Profile) -> list[str]:
    last = profile.last_active_on
    if need.role not in QUALIFIED_ROLES:
        return []  # a candidate has not begun yet
    if last is None:
        return [f"Aucune activité connue depuis {ACTIVE_MONTHS} mois."]
    if last < months_later(need.starts_on, -ACTIVE_MONTHS):
        return [
            f"Dernière activité le {last:%d/%m/%Y} : plus de {ACTIVE_MONTHS} mois avant la session."
        ]
    return []


_ASKED = {
    "ASSIGNED": "Déjà dans l'équipe de cette session.",
    "INVITED": "Invitation déjà envoyée : réponse attendue.",
    "APPLIED": "A répondu à l'appel : choisissez parmi les candidatures.",
    "DECLINED": "A décliné l'invitation à cette session.",
}
_RULES: tuple[Callable[[Need, Profile], list[str]], ...] = (
    _asked, _suspension, _qualification, _days, _territory, _language, _speciality, _activity,
)  # fmt: skip


def _covers(one: Held, need: Need) -> bool:
    return (
        one.withdrawn_on is None
        and one.granted_on <= need.starts_on
        and one.expires_on >= need.ends_on
    )


def _nearness(need: Need, profile: Profile) -> int | None:
    """How near the trainer works; None when neither based there nor willing to go."""
    if need.territory_id is None or profile.base_id == need.territory_id:
        return SAME_PLACE
    if need.region_id is not None and profile.base_region_id == need.region_id:
        return SAME_REGION
    wanted = {need.territory_id, need.region_id}
    return TRAVELS if wanted & profile.travel_ids else None


def _span(one: Busy) -> str:
    if one.starts_on == one.ends_on:
        return f"le {one.starts_on:%d/%m/%Y}"
    return f"du {one.starts_on:%d/%m/%Y} au {one.ends_on:%d/%m/%Y}"
