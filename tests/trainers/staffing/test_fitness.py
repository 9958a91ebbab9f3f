import datetime
from dataclasses import replace

import pytest

from trainers.registry.qualifying import levels_that_lead
from trainers.staffing.fitness import Busy, Fitness, Held, Need, Profile, judge

SEGOU, NIONO, KAYES = 1, 2, 3
START, END = datetime.date(2025, 5, 12), datetime.date(2025, 5, 13)
NEED = Need(
    starts_on=START,
    ends_on=END,
    role="TRAINER",
    territory_id=NIONO,
    region_id=SEGOU,
    territory_name="Niono",
    language="bamanankan",
    language_name="bamanankan",
)
HELD = Held("LEAD", datetime.date(2024, 1, 1), datetime.date(2026, 1, 1))
FIT = Profile(
    held=(HELD,),
    base_id=NIONO,
    base_region_id=SEGOU,
    base_name="Niono",
    languages=(("bamanankan", True), ("fr", True)),
    last_active_on=datetime.date(2025, 1, 15),
)


def test_fit_trainer_has_no_reason_against() -> None:
    assert judge(NEED, FIT) == Fitness((), 0, datetime.date(2025, 1, 15))


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"is_suspended": True}, "Inscription au répertoire suspendue par le comité."),
        ({"held": ()}, "N'a pas d'habilitation pour ce curriculum."),
        (
            {"held": (replace(HELD, expires_on=datetime.date(2025, 5, 11)),)},
            "Son habilitation prend fin le 11/05/2025, avant la session.",
        ),
        (
            {"held": (replace(HELD, expires_on=START),)},
            "Son habilitation prend fin le 12/05/2025, pendant la session.",
        ),
        (
            {"held": (replace(HELD, granted_on=END),)},
            "Son habilitation ne commence que le 13/05/2025.",
        ),
        (
            {"held": (replace(HELD, withdrawn_on=datetime.date(2025, 2, 3)),)},
            "Son habilitation a été retirée le 03/02/2025.",
        ),
        (
            {"base_id": KAYES, "base_region_id": KAYES, "base_name": "Kayes"},
            "Base : Kayes ; pas de déplacement accepté pour Niono.",
        ),
        (
            {"base_id": None, "base_region_id": None, "base_name": ""},
            "Sans territoire de base ; pas de déplacement accepté pour Niono.",
        ),
        ({"languages": (("fr", True),)}, "N'anime pas en bamanankan."),
        ({"languages": (("bamanankan", False),)}, "Parle bamanankan, mais n'y anime pas."),
        (
            {"busy": (Busy(END, datetime.date(2025, 5, 15), "KAY-1"),)},
            "Déjà à la session KAY-1, du 13/05/2025 au 15/05/2025.",
        ),
        ({"busy": (Busy(START, START),)}, "Indisponible le 12/05/2025."),
        ({"last_active_on": None}, "Aucune activité connue depuis 24 mois."),
        (
            {"last_active_on": datetime.date(2023, 5, 11)},
            "Dernière activité le 11/05/2023 : plus de 24 mois avant la session.",
        ),
        ({"asked": "ASSIGNED"}, "Déjà dans l'équipe de cette session."),
        ({"asked": "INVITED"}, "Invitation déjà envoyée : réponse attendue."),
        ({"asked": "DECLINED"}, "A décliné l'invitation à cette session."),
    ],
)
def test_each_reason_is_one_sentence(facts: dict, reason: str) -> None:
    assert judge(NEED, replace(FIT, **facts)).reasons == (reason,)


@pytest.mark.parametrize(
    "facts",
    [
        {"last_active_on": datetime.date(2023, 5, 12)},  # 24 months to the day
        {"held": (replace(HELD, granted_on=START, expires_on=END),)},
        {"busy": (Busy(datetime.date(2025, 5, 10), datetime.date(2025, 5, 11), "KAY-1"),)},
        {"held": (replace(HELD, withdrawn_on=START), HELD)},
    ],
)
def test_what_stops_just_outside_is_no_reason(facts: dict) -> None:
    assert judge(NEED, replace(FIT, **facts)).reasons == ()


def test_every_reason_is_told_at_once() -> None:
    found = judge(NEED, Profile(is_suspended=True, base_name="Kayes", base_id=KAYES))
    assert found.reasons == (
        "Inscription au répertoire suspendue par le comité.",
        "N'a pas d'habilitation pour ce curriculum.",
        "Base : Kayes ; pas de déplacement accepté pour Niono.",
        "N'anime pas en bamanankan.",
        "Aucune activité connue depuis 24 mois.",
    )


def test_lead_trainer_holds_a_level_that_leads() -> None:
    helper = replace(FIT, held=(replace(HELD, level="FACILITATOR"),))
    lead = replace(NEED, role="LEAD_TRAINER")
    assert judge(NEED, helper).reasons == ()
    assert judge(lead, helper).reasons == (
        "Son habilitation est de niveau formateur, pas formateur principal.",
    )
    assert judge(lead, FIT).reasons == ()


def test_training_of_trainers_looks_for_a_trainer_of_trainers() -> None:
    lead = replace(NEED, role="LEAD_TRAINER", lead_levels=levels_that_lead("TOT"))
    master = replace(FIT, held=(replace(HELD, level="MASTER"),))
    assert judge(lead, master).reasons == ()
    assert judge(lead, FIT).reasons == (
        "Une formation de formateurs demande une habilitation de formateur de formateurs.",
    )
    assert judge(replace(lead, role="TRAINER"), FIT).reasons == ()


@pytest.mark.parametrize("role", ["CO_TRAINER", "OBSERVER"])
def test_candidate_may_co_train_or_observe(role: str) -> None:
    candidate = replace(FIT, held=(), last_active_on=None)
    assert judge(replace(NEED, role=role), candidate).reasons == ()


def test_register_of_experts_is_asked_for() -> None:
    need = replace(NEED, speciality="BORDERS", speciality_name="Frontières et mobilité")
    assert judge(need, FIT).reasons == ("N'est pas au registre « Frontières et mobilité ».",)
    expert = replace(FIT, specialities=frozenset({"BORDERS"}))
    assert judge(need, expert).reasons == ()


@pytest.mark.parametrize(
    ("facts", "nearness"),
    [
        ({}, 0),
        ({"base_id": SEGOU}, 1),
        ({"base_id": KAYES, "base_region_id": KAYES, "travel_ids": frozenset({SEGOU})}, 2),
        ({"base_id": KAYES, "base_region_id": KAYES, "travel_ids": frozenset({NIONO})}, 2),
    ],
)
def test_nearness_is_the_place_then_its_region_then_travel(facts: dict, nearness: int) -> None:
    found = judge(NEED, replace(FIT, **facts))
    assert (found.reasons, found.nearness) == ((), nearness)


def test_rank_is_nearness_then_recent_activity() -> None:
    near = judge(NEED, replace(FIT, last_active_on=datetime.date(2024, 6, 1)))
    recent = judge(NEED, replace(FIT, base_id=SEGOU, last_active_on=datetime.date(2025, 5, 1)))
    older = judge(NEED, replace(FIT, base_id=SEGOU, last_active_on=datetime.date(2024, 6, 1)))
    assert sorted([older, recent, near], key=lambda one: one.rank) == [near, recent, older]


def test_nothing_asked_of_place_or_language_excludes_nobody() -> None:
    need = Need(starts_on=START, ends_on=END, role="TRAINER")
    away = replace(FIT, base_id=KAYES, base_region_id=KAYES, languages=())
    assert judge(need, away).reasons == ()
