"""The demonstration world: what it holds, who opens what in it, and a real session added to it."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import URLPattern

from accounts.enums import Audience
from accounts.models import Person, User
from accounts.roles import belongs_to
from assessments.models import Attempt, FollowUp, SatisfactionForm
from certificates.models import Certificate
from certificates.sheets import check_address
from courses.models import AwarenessPage, CourseRun, CurriculumVersion
from elearning.demo.names import FAMILY_NAMES, FEMALE_NAMES, MALE_NAMES
from elearning.demo.plan import SURVEY_TOKEN
from elearning.demo.schedule import REFERENCE_DAY, SESSIONS
from elearning.demo.world import seed_world
from tests.house_rules.test_audiences import THIRD_PARTY, routes
from tests.journeys.conftest import ROOT, run, sign_in
from tests.journeys.learner_pages import prepare_learner_pages
from trainers.enums import EvidenceKind, SessionState, TrainerState
from trainers.evidence import store_evidence
from trainers.models import (
    AttendanceMark,
    AwarenessEvent,
    Dissemination,
    Expense,
    NeedsSurvey,
    Participation,
    PlanItem,
    QualificationGround,
    RegistrationLink,
    Trainer,
    TrainerInvitation,
    TrainingSession,
)
from trainers.registry.grounds import what_is_missing
from trainers.staffing.answer_links import answer_token

SEGOU = ROOT / "tests" / "data" / "session-segou"
CODE = "SEG-2025-01"

pytestmark = pytest.mark.django_db


# --- What it holds ------------------------------------------------------------------------------


def test_world_holds_what_the_visitor_is_told(world: None) -> None:
    assert TrainingSession.objects.count() == 41  # one of them online
    assert TrainingSession.objects.values("territory").distinct().count() == 12
    assert Trainer.objects.count() == 31  # one of them a candidate
    candidate = Trainer.objects.get(qualifications=None)
    assert candidate.state == TrainerState.CANDIDATE
    assert what_is_missing(
        trainer=candidate,
        curriculum=candidate.grounds.first().curriculum,
        level="LEAD",
        day=REFERENCE_DAY,
    ) == ["Il manque une co-animation d'une session réelle avec un formateur habilité."]
    in_rooms = Participation.objects.filter(session__mode="ROOM").count()
    assert in_rooms == sum(planned.size for planned in SESSIONS) == 934
    assert Participation.objects.count() == in_rooms + 5 + 2  # a group online, two runs alone
    assert 880 <= Person.objects.count() <= 960
    assert {session.starts_on.year for session in TrainingSession.objects.all()} == {
        2023, 2024, 2025, 2026,
    }  # fmt: skip


def test_world_is_the_same_for_the_same_seed(world: None) -> None:
    marks = AttendanceMark.objects.filter(is_present=True).count()
    copies = Attempt.objects.submitted().count()
    answered = FollowUp.objects.exclude(answered_on=None).count()

    assert (marks, copies, answered) == (2968, 950, 260)


def test_world_has_a_training_plan_and_a_survey(world: None) -> None:
    assert (PlanItem.objects.count(), Expense.objects.count()) == (67, 131)
    assert Expense.objects.exclude(voided_at=None).count() == 1
    assert PlanItem.objects.exclude(closed_on=None).count() == 1
    assert NeedsSurvey.objects.get().answers.count() == 84
    assert not PlanItem.objects.filter(is_demo=False).exists()


def test_world_is_built_once(world: None) -> None:
    totals = seed_world(seed=7)

    assert not totals.is_new
    assert totals.sessions == 41


def test_every_person_is_marked_as_fictitious_and_named_from_the_common_lists(world: None) -> None:
    family = {*FAMILY_NAMES, "COMITÉ", "POINT FOCAL SÉGOU", "RÉDACTION", "VALIDATION"}
    family |= {"ADMINISTRATION", "SAISIE", "PARTENAIRE"}
    given = {*FEMALE_NAMES, *MALE_NAMES, "Compte"}

    for person in Person.objects.all():
        assert person.is_demo, person
        names = {person.family_name, person.given_name}
        assert names & family, person
        assert names <= family | given, person


def test_flawed_sessions_wait_for_validation_with_their_reason(world: None) -> None:
    waiting = {
        session.code for session in TrainingSession.objects.filter(state=SessionState.TO_VALIDATE)
    }

    assert waiting == {
        planned.code
        for planned in SESSIONS
        if planned.flaw in {"no-report", "no-signed-sheet", "not-validated"}
    }


# --- Who opens what -----------------------------------------------------------------------------

ROLES = (
    "", "apprenante", "formateur", "pointfocal", "comite", "redactrice", "validateur",
    "partenaire", "admin",
)  # fmt: skip
ABSENT = 999_999
# By the first word of a route: which code or key leads to a real record.
CODES_OF = {"plan": "3.1.1-b", "actions": "ACT-SEG-2026-01"}
PKS_OF: dict[str, Callable[[], int]] = {
    "formateurs": lambda: Trainer.objects.exclude(listing_consent_at=None)[0].pk,
    "diffusions": lambda: Dissemination.objects.filter(territory__code="segou")[0].pk,
}


def token_of(route: str, certificate: Certificate) -> str:
    """The secret part of a public address: each kind of link has its own."""
    match route.partition("/")[0]:
        case "reponse":
            return AwarenessEvent.objects.exclude(poll_token="")[0].poll_token
        case "inscription":
            return RegistrationLink.objects.get(session__code="KOU-2026-01").token
        case "invitation":
            asked = TrainerInvitation.objects.filter(state="INVITED").first()
            return answer_token(asked) if asked else "absent"
        case "suivi":
            answered = FollowUp.objects.exclude(answered_on=None).exclude(token=None)
            return answered.order_by("pk")[0].token or ""
        case "avis":
            return SatisfactionForm.objects.get(session__code="BKO-2026-02").token
    return "".join(check_address(certificate).split("/")[-2:])


def arguments_of(route: str) -> dict[str, Any]:
    """Values that lead to real records of the world for the parameters of a route."""
    session = TrainingSession.objects.get(code="BKO-2026-02")
    attempt = Attempt.objects.submitted().filter(participation__session=session)[0]
    trainer = (
        Trainer.objects.exclude(listing_consent_at=None).exclude(grounds=None).order_by("pk")[0]
    )
    certificate = Certificate.objects.order_by("pk")[0]
    version = CurriculumVersion.objects.order_by("pk")[0]
    known: dict[str, Any] = {
        "code": CODES_OF.get(route.split("/", maxsplit=1)[0], session.code),
        "moment": "avant",
        "sheet": "affiche",
        "kind": "pdf",
        "period": "2025",
        "occasion": "pre",
        "attempt_uuid": attempt.uuid,
        "participation_id": Participation.objects.filter(
            session__code="SEG-2026-01", territory__code="segou"
        )[0].pk,
        "page": 1,
        "months": 3,
        "curriculum_id": version.curriculum_id,
        "page_id": AwarenessPage.objects.live()[0].pk,
        **dict.fromkeys(("version_id", "before_id", "after_id"), version.pk),
        "run_id": CourseRun.objects.filter(person__user__username="apprenante")[0].pk,
        **dict.fromkeys(("note_id", "block"), ABSENT),
        **dict.fromkeys(("player", "key", "site", "name"), "absent"),
        "sha256": "0" * 64,
        "certificate": certificate.uuid,
        "number": certificate.number,
        "token": token_of(route, certificate),
        "form_code": attempt.form.code,
        "position": 1,
        "person_uuid": attempt.participation.person.uuid,
        "other_uuid": trainer.person.uuid,
        "user_id": User.objects.get(username="apprenante").pk,
        "assignment_id": ABSENT,
        "lesson_id": ABSENT,
        "ground": QualificationGround.objects.filter(trainer=trainer).order_by("pk")[0].pk,
        "trainer_pk": trainer.pk,
        "qualification": trainer.qualifications.order_by("pk")[0].pk,
        "item_id": PlanItem.objects.filter(sessions__code="SEG-2026-01")[0].pk,
        "expense_id": Expense.objects.filter(session__code="SEG-2026-01").order_by("pk")[0].pk,
        "event_code": "EVT-2023-04",
        "survey_id": NeedsSurvey.objects.get().pk,
        "survey_token": SURVEY_TOKEN,
        "file_id": ABSENT,
        "pk": PKS_OF.get(route.split("/", maxsplit=1)[0], lambda: ABSENT)(),
    }
    return {name: known[name] for name in re.findall(r"<(?:\w+:)?(\w+)>", route)}


def our_routes() -> Iterator[tuple[str, URLPattern]]:
    for route, pattern in routes():
        is_regular = not route.startswith(tuple(THIRD_PARTY)) and "(?P<" not in route
        if is_regular:
            yield route, pattern


def address_of(route: str) -> str:
    values = arguments_of(route)
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda match: str(values[match[1]]), route)


@pytest.mark.parametrize("username", ROLES)
def test_every_url_opens_to_its_audience_and_to_nobody_else(world: None, username: str) -> None:
    client = sign_in(username)
    user = User.objects.get(username=username) if username else None
    names = list(Participation.objects.values_list("person__phone", flat=True)[:200])
    surprises = []
    for route, pattern in our_routes():
        allowed: Audience = pattern.callback.audience
        address = address_of(route)
        response = client.get(address)
        may_open = allowed == Audience.PUBLIC or (user is not None and belongs_to(user, allowed))
        if may_open:
            is_fine = response.status_code in {200, 302, 404, 405}
            is_asked_to_sign_in = "/compte/connexion/" in response.get("Location", "")
            # The second factor is asked only of somebody who has just given a password.
            is_fine = is_fine and (pattern.name == "mfa_authenticate" or not is_asked_to_sign_in)
        elif user is None:
            is_fine = response.status_code == 302 and "/compte/connexion/" in response["Location"]
        else:
            is_fine = response.status_code == 403
        body = response.getvalue()  # read to its end, a file closes itself
        leaks = not may_open and any(name.encode() in body for name in names if name)
        if not is_fine or leaks:
            surprises.append((address, response.status_code, leaks))

    assert surprises == []


def test_the_learner_finds_each_kind_of_course_in_the_own_space(world: None) -> None:
    client = sign_in("apprenante")

    page = client.get("/mon-espace/")
    notes = client.get("/mes-notes/").content.decode()

    steps = {
        entry["course"].session_code or entry["course"].curriculum.slug: entry["course"].step.label
        for entry in page.context["courses"]
    }
    assert steps == {
        "ENL-2026-01": "Reprendre : Travail forcé, travail domestique et dette",
        "juges-procureurs-traite": "Reprendre : Les qualifications voisines",
        "techniques-enquete-centrees-victime": "Passer le post-test",
    }
    assert "À terminer pour le 15 décembre 2026." in page.content.decode()
    assert "À rafraîchir" in page.content.decode()
    assert notes.count("Effacer cette note") == 2


def test_a_group_online_shows_its_progress_to_its_tutor(world: None) -> None:
    page = sign_in("formateur").get("/sessions/ENL-2026-01/")

    progress = page.context["progress"]
    assert [row.read for row in progress.rows] == [1, 6, 3, 0, 2]
    assert (progress.started, progress.trained) == (4, 0)


def test_a_learner_sees_only_the_own_copies(world: None) -> None:
    other = Attempt.objects.submitted().exclude(participation__person__user__username="apprenante")[
        0
    ]

    response = sign_in("apprenante").get(f"/tests/{other.uuid}/resultat/")

    assert response.status_code == 404
    assert other.participation.person.family_name not in response.content.decode()


def test_a_focal_point_does_not_open_a_session_of_another_region(world: None) -> None:
    client = sign_in("pointfocal")

    assert client.get("/sessions/SEG-2026-01/").status_code == 200
    assert client.get("/sessions/KAY-2026-01/").status_code == 404


def test_an_administrator_sees_no_figure(world: None) -> None:
    client = sign_in("admin")

    assert client.get("/plan/").status_code == 403
    assert client.get("/sessions/").status_code == 403


# --- A real session, from its files to the plan -------------------------------------------------


def import_segou() -> None:
    run("import_questions", SEGOU / "form.gift", "--bank", "SEG", "--form", "SEG-F1")
    run(
        "create_session", CODE, "--curriculum", "comprendre-reperer-signaler",
        "--start", "2025-04-15", "--slots", 4, "--slot-hours", 3.5, "--territory", "segou",
    )  # fmt: skip
    run("import_attendance", SEGOU / "attendance.xlsx", "--session", CODE, "--apply")
    for occasion in ("pre", "post"):
        run(
            "import_results", SEGOU / f"test_{occasion}.xlsx", "--session", CODE,
            "--form", "SEG-F1", "--occasion", occasion, "--apply",
        )  # fmt: skip


def figures(code: str) -> dict[str, Any]:
    measured = json.loads(run("measure_indicators", "--period", "2025", "--json"))
    return next(row for row in measured["indicators"] if row["code"] == code)


def test_segou_enters_the_plan_and_counts_once_validated(world: None) -> None:
    expected = json.loads((SEGOU / "expected.json").read_text(encoding="utf-8"))
    before = {code: figures(code) for code in ("1.1.1-a", "1.1.2-b", "3.1.1-b")}

    import_segou()

    after = {code: figures(code) for code in before}
    assert rise(before, after, "1.1.1-a", "participations") == expected["present"]
    assert rise(before, after, "1.1.2-b", "participations") == expected["trained"]
    assert rise(before, after, "1.1.2-b", "validated_value") == 0
    validate_segou_on_screen()
    counted = {code: figures(code) for code in before}
    assert rise(before, counted, "1.1.2-b", "validated_value") == expected["trained"]
    assert rise(before, counted, "1.1.1-a", "validated_value") == expected["present"]


def rise(
    before: dict[str, dict[str, Any]], after: dict[str, dict[str, Any]], code: str, field: str
) -> float:
    return after[code][field] - before[code][field]


def validate_segou_on_screen() -> None:
    """The trainer's side brings the missing pieces; the focal point of Ségou validates."""
    session = TrainingSession.objects.get(code=CODE)
    for kind in (
        EvidenceKind.TERMS_OF_REFERENCE,
        EvidenceKind.SIGNED_SHEET,
        EvidenceKind.REPORT,
    ):
        store_evidence(kind=kind, content=kind.encode(), name=f"{kind}.pdf", session=session)
    committee, focal_point = sign_in("comite"), sign_in("pointfocal")
    committee.post(f"/sessions/{CODE}/validation/soumettre/")
    refused = sign_in("formateur").post(f"/sessions/{CODE}/validation/valider/")
    assert refused.status_code in {403, 404}
    focal_point.post(f"/sessions/{CODE}/validation/valider/")
    session.refresh_from_db()
    assert session.state == SessionState.VALIDATED


def test_segou_shows_its_figures_on_the_results_screen(world: None) -> None:
    import_segou()

    page = sign_in("comite").get(f"/sessions/{CODE}/resultats/").content.decode()

    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)).casefold()
    for shown in ("29", "50,5", "71,7", "21,2", "14,5", "28", "gain établi", "62,1"):
        assert shown in text, shown


def test_segou_figure_opens_down_to_its_people(world: None) -> None:
    import_segou()

    page = sign_in("comite").get("/plan/3.1.1-b/2025/participations/")

    assert page.status_code == 200
    assert CODE in page.content.decode()


def test_learner_pages_keep_within_their_budget(world: None) -> None:
    """HTML of each page that an old phone opens, gzipped: 30 kB at most (house style)."""
    import gzip

    sizes = {}
    for username, address in prepare_learner_pages():
        response = sign_in(username).get(address)
        assert response.status_code == 200, address
        sizes[address] = len(gzip.compress(response.content))

    assert len(sizes) == 28
    assert {address: size for address, size in sizes.items() if size > 30_000} == {}
