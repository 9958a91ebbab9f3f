import datetime

import pytest

from accounts.enums import Role
from tests.factories.accounts import make_cercle, make_person, make_region, make_user
from tests.factories.trainers import (
    START,
    attend,
    complete_file,
    make_curriculum,
    make_session,
    make_trainer,
    staff,
)
from trainers.enums import SessionRole, SessionState
from trainers.models import SessionTrainer, TrainingSession
from trainers.participation.rule_sets import NoRuleSet, create_first_rule_set, rule_set_on
from trainers.registry.records import grant_qualification, withdraw_qualification
from trainers.sessions.planning import (
    CannotValidate,
    SessionRefused,
    TrainerNotQualified,
    assign_trainer,
    cancel_session,
    create_session,
    explain_missing,
    missing_evidence,
    return_session,
    submit_session,
    validate_session,
)
from trainers.sessions.validation import has_two_names

pytestmark = pytest.mark.django_db
EVERYTHING_MISSING = [
    "Il manque les termes de référence.",
    "Il manque la liste nominative avec les présences.",
    "Il manque la feuille d'émargement signée, ou l'appel confirmé par deux personnes nommées.",
    "Il manque le rapport de la session.",
    "Il manque les résultats du pré-test et du post-test, ou le motif de leur absence.",
]


def test_session_opens_with_half_days_on_following_days() -> None:
    session = make_session("SEG-2025-01", slot_count=3)

    slots = session.slots.order_by("position").values_list(
        "position", "day_number", "half", "held_on", "minutes"
    )
    assert list(slots) == [
        (1, 1, "AM", datetime.date(2025, 5, 12), 210),
        (2, 1, "PM", datetime.date(2025, 5, 12), 210),
        (3, 2, "AM", datetime.date(2025, 5, 13), 210),
    ]
    assert session.ends_on == datetime.date(2025, 5, 13)
    assert (session.title, session.curriculum_version) == ("Curriculum traite-des-personnes", "1.0")
    assert (session.rule_set.version, session.state) == (1, "PLANNED")


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"slot_count": 0}, "Une session compte de 1 à 60 demi-journées."),
        ({"slot_count": 61}, "Une session compte de 1 à 60 demi-journées."),
        ({"slot_minutes": 29}, "Une demi-journée dure de 30 minutes à 12 heures."),
        ({"code": "Ségou 1"}, "Le code « Ségou 1 » ne convient pas : 40 lettres, chiffres ou"),
    ],
)
def test_unfit_session_is_refused(facts: dict, sentence: str) -> None:
    with pytest.raises(SessionRefused) as refusal:
        make_session(**facts)
    assert str(refusal.value).startswith(sentence)
    assert TrainingSession.objects.count() == 0


def test_session_code_is_unique_in_any_case() -> None:
    make_session("SEG-1")
    with pytest.raises(SessionRefused) as refusal:
        make_session("seg-1")
    assert str(refusal.value) == "La session seg-1 existe déjà."


def test_session_needs_a_rule_set_in_force() -> None:
    create_first_rule_set()
    assert create_first_rule_set() == rule_set_on(START)
    with pytest.raises(NoRuleSet):
        create_session(
            code="OLD-1",
            curriculum=make_curriculum(),
            starts_on=datetime.date(2022, 12, 31),
            slot_count=1,
            slot_minutes=60,
            territory=make_region(),
        )


def test_lead_trainer_holds_a_qualification_valid_every_day() -> None:
    session = make_session()
    trainer = make_trainer(make_person("DIALLO", "Sira"))
    grant = {
        "trainer": trainer,
        "curriculum": make_curriculum(),
        "granted_on": datetime.date(2024, 5, 12),
        "exception_reason": "Dossier ancien",
    }
    grant_qualification(**grant, months=12)  # ends on the first of the two days

    with pytest.raises(TrainerNotQualified) as refusal:
        assign_trainer(session=session, trainer=trainer, role=SessionRole.LEAD_TRAINER)
    assert str(refusal.value) == (
        "Sira DIALLO n'a pas d'habilitation valide pour « Curriculum traite-des-personnes » "
        "du 12/05/2025 au 13/05/2025 et ne peut pas être formateur principal."
    )
    assert SessionTrainer.objects.count() == 0
    qualification = grant_qualification(**grant | {"granted_on": datetime.date(2024, 5, 11)})
    assign_trainer(session=session, trainer=trainer, role=SessionRole.LEAD_TRAINER)
    withdraw_qualification(qualification=qualification, on=START, reason="Faute")
    with pytest.raises(TrainerNotQualified):
        assign_trainer(session=session, trainer=trainer, role=SessionRole.LEAD_TRAINER)


def test_qualification_of_another_curriculum_does_not_count() -> None:
    trainer = make_trainer(qualified=True)
    session = make_session(curriculum=make_curriculum("autre"))
    with pytest.raises(TrainerNotQualified):
        assign_trainer(session=session, trainer=trainer, role=SessionRole.LEAD_TRAINER)
    assign_trainer(session=session, trainer=trainer, role=SessionRole.CO_TRAINER)
    assign_trainer(session=session, trainer=trainer, role=SessionRole.OBSERVER)
    assert SessionTrainer.objects.get().role == "OBSERVER"


def ready_session(**facts: object) -> TrainingSession:
    session = make_session(**facts)
    attend(session, positions=[1, 2, 3, 4])
    complete_file(session)
    return submit_session(session=session, by=None)


def test_missing_evidence_is_listed_in_sentences() -> None:
    assert missing_evidence(make_session()) == EVERYTHING_MISSING


def test_session_with_its_file_counts_once_a_third_person_says_so() -> None:
    session = ready_session()
    validator = make_user(Role.FOCAL_POINT)
    validated = validate_session(session=session, by=validator, has_tests=False)

    assert (validated.state, validated.validated_by) == (SessionState.VALIDATED, validator)
    assert validated.history.first().history_user == validator
    again = validate_session(session=session, by=make_user(Role.COMMITTEE), has_tests=False)
    assert again.validated_by == validator


def test_validation_tells_every_reason_at_once() -> None:
    session = make_session()
    with pytest.raises(CannotValidate) as refusal:
        validate_session(session=session, by=make_user(Role.TRAINER), has_tests=True)
    assert refusal.value.reasons == [
        "La session est « Prévue » : elle n'a pas été soumise à validation.",
        "Seuls le point focal du territoire et le comité valident cette session.",
        *EVERYTHING_MISSING[:-1],
    ]
    session.refresh_from_db()
    assert (session.state, session.validated_at) == (SessionState.PLANNED, None)


THIRD_PERSON = "Qui a animé ou saisi la session ne peut pas la valider : demandez à un tiers."


def test_encoder_does_not_validate() -> None:
    encoder = make_user(Role.COMMITTEE)
    session = ready_session(encoded_by=encoder)
    with pytest.raises(CannotValidate) as refusal:
        validate_session(session=session, by=encoder, has_tests=False)
    assert refusal.value.reasons == [THIRD_PERSON]


def test_trainer_of_the_session_does_not_validate_even_in_the_committee() -> None:
    person = make_person()
    member = make_user(Role.COMMITTEE, person=person)
    session = ready_session()
    staff(session, make_trainer(person))
    with pytest.raises(CannotValidate) as refusal:
        validate_session(session=session, by=member, has_tests=False)
    assert refusal.value.reasons == [THIRD_PERSON]


def test_whoever_marked_the_attendance_does_not_validate() -> None:
    member = make_user(Role.COMMITTEE)
    session = ready_session()
    session.participations.get().marks.update(recorded_by=member)
    with pytest.raises(CannotValidate):
        validate_session(session=session, by=member, has_tests=False)


def test_focal_point_of_another_region_does_not_validate() -> None:
    session = ready_session()
    stranger = make_user(Role.FOCAL_POINT, territory=make_region("kayes", "Kayes"))
    with pytest.raises(CannotValidate) as refusal:
        validate_session(session=session, by=stranger, has_tests=False)
    assert refusal.value.reasons == [
        "Seuls le point focal du territoire et le comité valident cette session."
    ]


def test_focal_point_of_the_region_validates_in_its_cercles() -> None:
    session = ready_session(territory=make_cercle())
    validate_session(session=session, by=make_user(Role.FOCAL_POINT), has_tests=False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", False),
        ("Awa Traoré", False),
        ("Awa Traoré, Awa Traoré", False),
        ("Awa Traoré et Ali Maïga", True),
        ("Awa Traoré / Ali Maïga", True),
        ("Awa Traoré, -", False),
    ],
)
def test_roll_call_is_confirmed_by_two_different_names(text: str, expected: bool) -> None:
    assert has_two_names(text) is expected


def test_roll_call_confirmed_by_two_names_replaces_the_signed_sheet() -> None:
    session = explain_missing(
        session=make_session(), roll_call_confirmed_by="Awa Traoré et Ali Maïga"
    )
    assert EVERYTHING_MISSING[2] not in missing_evidence(session)


def test_returned_session_runs_again_with_the_reason_in_its_history() -> None:
    session = ready_session()
    validator = make_user(Role.COMMITTEE)
    with pytest.raises(SessionRefused):
        return_session(session=session, by=validator, reason=" ")
    returned = return_session(session=session, by=validator, reason="Scan illisible")

    assert returned.state == SessionState.RUNNING
    line = returned.history.first()
    assert (line.history_change_reason, line.history_user) == ("Scan illisible", validator)


def test_cancelling_takes_a_reason_and_never_a_validated_session() -> None:
    session = make_session()
    with pytest.raises(SessionRefused):
        cancel_session(session=session, reason="")
    cancel_session(session=session, reason="Route coupée")
    session.refresh_from_db()
    assert session.state == SessionState.CANCELLED
    with pytest.raises(SessionRefused):
        submit_session(session=session, by=None)
    counted = ready_session()
    validate_session(session=counted, by=make_user(Role.COMMITTEE), has_tests=False)
    with pytest.raises(SessionRefused):
        cancel_session(session=counted, reason="Erreur")
