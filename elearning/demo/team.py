"""The demo's trainers and the six accounts a visitor signs in with."""

import datetime
import random
from dataclasses import dataclass

from django.utils import timezone

from accounts.enums import Role
from accounts.models import Profession, Territory, User
from accounts.people import create_account, create_person, open_posting
from courses.models import CurriculumPage
from elearning.demo.names import FAMILY_NAMES, FEMALE_NAMES, MALE_NAMES
from elearning.demo.schedule import CURRICULA
from trainers.enums import Language, Speciality
from trainers.models import Trainer
from trainers.registry.records import (
    SpokenLanguage,
    consent_to_listing,
    grant_qualification,
    register_trainer,
)

PASSWORD = "demo-mali-2026"
TRAINERS = 30
SPEAKS = {
    "segou": Language.BAMANANKAN,
    "mopti": Language.FULFULDE,
    "gao": Language.SONGOY,
    "tombouctou": Language.SONGOY,
    "kayes": Language.SONINKE,
    "nioro": Language.SONINKE,
    "sikasso": Language.SYENARA,
    "koutiala": Language.MAMARA,
    "san": Language.BOMU,
}
EXPERTISE = {
    0: (Speciality.SPECIAL_INVESTIGATION,),
    4: (Speciality.CHILD_PROTECTION, Speciality.VICTIM_ASSISTANCE),
    7: (Speciality.PROSECUTION,),
}
BASES = (*SPEAKS, "district-de-bamako", "koulikoro", "bougouni")


@dataclass(frozen=True)
class SignIn:
    """One line of what `make demo` prints."""

    role: str
    username: str
    password: str
    opens: str


def make_trainers(draw: random.Random) -> list[Trainer]:
    """Thirty trainers with dated qualifications; a few have lapsed, a few stay unlisted."""
    territories = {territory.code: territory for territory in Territory.objects.regions()}
    professions = list(Profession.objects.order_by("position"))
    curricula = {short: CurriculumPage.objects.get(slug=slug) for short, slug in CURRICULA.items()}
    trainers = []
    for rank in range(TRAINERS):
        base = BASES[rank % len(BASES)]
        trainer = _one_trainer(draw, rank, territories[base], professions)
        taught = ["CRS"] if rank % 3 else ["CRS", ("TEC", "JUG", "AVO", "SYS")[rank // 3 % 4]]
        for short in taught:
            _qualify(trainer, curricula[short], rank)
        trainers.append(trainer)
    return trainers


def _one_trainer(
    draw: random.Random, rank: int, base: Territory, professions: list[Profession]
) -> Trainer:
    is_woman = rank % 3 == 1
    person = create_person(
        family_name=draw.choice(FAMILY_NAMES),
        given_name=draw.choice(FEMALE_NAMES if is_woman else MALE_NAMES),
        sex="F" if is_woman else "M",
        phone=f"7{draw.randrange(10**7):07d}",
        matricule=f"FORM-{rank + 1:03d}",
        profession=professions[rank % 12],
        is_demo=True,
    )
    open_posting(person=person, organization=None, territory=base, started_on=None)
    local = SPEAKS.get(base.code, Language.BAMANANKAN)
    trainer = register_trainer(
        person=person,
        base_territory=base,
        travel=list(Territory.objects.regions().order_by("position")[rank % 5 : rank % 5 + 3]),
        languages=[
            SpokenLanguage(Language.FRENCH, can_animate=True, can_answer=True),
            SpokenLanguage(local, can_animate=rank % 2 == 0, can_answer=True),
        ],
        expertise=EXPERTISE.get(rank % 12, ()),
    )
    if rank % 10 != 9:
        consent_to_listing(trainer=trainer, at=timezone.now(), version="2023-01")
    return trainer


def _qualify(trainer: Trainer, curriculum: CurriculumPage, rank: int) -> None:
    """A first qualification in 2023, renewed in January 2026 unless the trainer let it go."""
    first = datetime.date(2023, 3, 1)
    grants = [first] if rank % 11 == 10 else [first, datetime.date(2026, 1, 12)]
    for granted_on in grants:
        grant_qualification(
            trainer=trainer,
            curriculum=curriculum,
            granted_on=granted_on,
            months=36,
            granted_by="Comité (démonstration)",
            exception_reason="Dossier d'avant la plateforme (démonstration)",
        )


def make_staff() -> dict[str, User]:
    """Accounts of the committee, a focal point, an editor, a validator and an administrator."""
    segou = Territory.objects.get(code="segou")
    staff = {}
    for username, given, family, role in (
        ("comite", "Compte", "COMITÉ", Role.COMMITTEE),
        ("pointfocal", "Compte", "POINT FOCAL SÉGOU", Role.FOCAL_POINT),
        ("redactrice", "Compte", "RÉDACTION", Role.EDITOR),
        ("validateur", "Compte", "VALIDATION", Role.VALIDATOR),
        ("partenaire", "Compte", "PARTENAIRE", Role.PARTNER),
        ("admin", "Compte", "ADMINISTRATION", Role.ADMINISTRATOR),
    ):
        person = create_person(family_name=family, given_name=given, is_demo=True)
        staff[username] = create_account(
            person=person, roles=[role], territory=segou, password=PASSWORD, username=username
        )
    return staff


def sign_ins() -> list[SignIn]:
    """The accounts to print, in the order in which a visitor meets the platform."""
    return [
        SignIn(role, username, PASSWORD, opens)
        for role, username, opens in (
            ("Apprenante", "apprenante", "un pré-test à passer, un résultat déjà rendu"),
            ("Formateur", "formateur", "ses sessions, l'appel, les imports, les résultats"),
            ("Point focal (Ségou)", "pointfocal", "les sessions et les chiffres de sa région"),
            ("Comité", "comite", "la matrice du plan et ce qui fonde chaque chiffre"),
            ("Rédactrice", "redactrice", "les curricula, dans l'éditeur (/cms/)"),
            ("Administration", "admin", "les comptes, pas les chiffres"),
        )
    ]
