"""The list of sessions and the page that opens one."""

import datetime

import pytest
import time_machine
from django.test import Client

from accounts.enums import Role
from accounts.reference_data import load_reference_data
from tests.factories.accounts import make_person, make_region, make_user
from tests.factories.trainers import attend, make_curriculum, make_session, make_trainer, staff
from tests.trainers.sessions.test_preparing import make_plan_item
from trainers.models import SessionTrainer, TrainingSession
from trainers.participation.rule_sets import create_first_rule_set
from trainers.sessions.planning import cancel_session, submit_session
from trainers.sessions.preparing import confirm_session

pytestmark = pytest.mark.django_db


def signed_in(client: Client, *roles: str, **facts: object) -> Client:
    client.force_login(make_user(*roles, **facts))
    return client


@pytest.mark.parametrize("sessions", [1, 3])
def test_list_asks_the_database_as_often_for_1_session_as_for_3(
    client: Client, sessions: int, django_assert_num_queries
) -> None:
    for _ in range(sessions):
        session = make_session()
        attend(session)
        attend(session)
    signed_in(client, Role.COMMITTEE)
    with django_assert_num_queries(7):  # session, account, roles, count, page, tally, regions
        answer = client.get("/sessions/")

    assert len(answer.context["rows"]) == sessions
    assert {row["enrolled"] for row in answer.context["rows"]} == {2}


def test_list_shows_each_one_their_sessions(client: Client) -> None:
    person = make_person()
    mine = make_session("MINE-1")
    staff(mine, make_trainer(person))
    make_session("SEGOU-1")
    make_session("KAYES-1", territory=make_region("kayes", "Kayes"))

    def codes(*roles: str, **facts: object) -> set[str]:
        answer = signed_in(client, *roles, **facts).get("/sessions/")
        return {row["code"] for row in answer.context["rows"]}

    assert codes(Role.TRAINER, person=person) == {"MINE-1"}
    assert codes(Role.FOCAL_POINT) == {"MINE-1", "SEGOU-1"}
    assert codes(Role.COMMITTEE) == {"MINE-1", "SEGOU-1", "KAYES-1"}


@pytest.mark.parametrize("role", [Role.PARTNER, Role.EDITOR, Role.ADMINISTRATOR, None])
def test_list_is_closed_to_others(client: Client, role: str | None) -> None:
    make_session("SECRET-1")
    answer = signed_in(client, *([role] if role else [])).get("/sessions/")
    assert answer.status_code == 403
    assert b"SECRET-1" not in answer.content


def test_visitor_is_asked_to_sign_in(client: Client) -> None:
    answer = client.get("/sessions/")
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("?next=/sessions/")


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("etat=CANCELLED", {"GONE-1"}),
        ("annee=2024", {"OLD-1"}),
        ("region=kayes", {"KAYES-1"}),
        ("q=gouvernorat", {"GONE-1"}),
        ("region=atlantide", {"GONE-1", "OLD-1", "KAYES-1"}),
        ("page=99", {"GONE-1", "OLD-1", "KAYES-1"}),
    ],
)
def test_list_is_filtered(client: Client, query: str, codes: set[str]) -> None:
    cancel_session(session=make_session("GONE-1", venue="Gouvernorat"), reason="Report")
    make_session("OLD-1", starts_on=datetime.date(2024, 3, 4))
    make_session("KAYES-1", territory=make_region("kayes", "Kayes"))
    answer = signed_in(client, Role.COMMITTEE).get(f"/sessions/?{query}")
    assert {row["code"] for row in answer.context["rows"]} == codes


def test_list_without_session_says_what_to_do(client: Client) -> None:
    answer = signed_in(client, Role.COMMITTEE).get("/sessions/")
    assert "Pas encore de session" in answer.content.decode()


def test_list_has_pages_of_twenty(client: Client) -> None:
    for _ in range(21):
        make_session()
    signed_in(client, Role.COMMITTEE)
    assert len(client.get("/sessions/").context["rows"]) == 20
    assert len(client.get("/sessions/?page=2").context["rows"]) == 1


@pytest.fixture
def ready_to_open() -> dict[str, object]:
    load_reference_data()
    create_first_rule_set()
    return {
        "curriculum": make_curriculum().pk,
        "type": "TRAINING",
        "territory": "segou/bla",
        "starts_on": "2025-05-12",
        "slot_count": "4",
        "slot_hours": "3.5",
    }


def test_trainer_opens_a_session_and_becomes_its_trainer(
    client: Client, ready_to_open: dict[str, object]
) -> None:
    person = make_person()
    trainer = make_trainer(person)
    signed_in(client, Role.TRAINER, person=person)
    answer = client.post("/sessions/nouvelle/", ready_to_open)

    session = TrainingSession.objects.get()
    assert answer.headers["Location"] == "/sessions/SEG-2025-01/"
    assert (session.code, session.territory.code) == ("SEG-2025-01", "segou/bla")
    assert session.encoded_by.person == person
    assert (session.slots.count(), session.slots.first().minutes) == (4, 210)
    assert SessionTrainer.objects.get().trainer == trainer


def test_unqualified_lead_trainer_is_an_error_and_opens_nothing(
    client: Client, ready_to_open: dict[str, object]
) -> None:
    lead = make_trainer(make_person("DIALLO", "Sira"))
    signed_in(client, Role.COMMITTEE)
    answer = client.post("/sessions/nouvelle/", ready_to_open | {"lead_trainer": lead.pk})

    assert (
        answer.context["form"]
        .errors["lead_trainer"][0]
        .startswith(
            "Sira DIALLO n'a pas d'habilitation valide pour « Curriculum traite-des-personnes »"
        )
    )
    assert TrainingSession.objects.count() == 0


def test_qualified_lead_trainer_is_accepted(
    client: Client, ready_to_open: dict[str, object]
) -> None:
    lead = make_trainer(qualified=True)
    signed_in(client, Role.COMMITTEE)
    client.post("/sessions/nouvelle/", ready_to_open | {"lead_trainer": lead.pk})
    assert SessionTrainer.objects.get().role == "LEAD_TRAINER"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("code", "SEG-1"),
        ("code", "nouvelle"),
        ("territory", "atlantide"),
        ("starts_on", "2205-05-12"),
        ("slot_count", "0"),
        ("slot_hours", "13"),
        ("curriculum", "999"),
    ],
)
def test_unfit_answer_is_told_on_its_field(
    client: Client, ready_to_open: dict[str, object], field: str, value: str
) -> None:
    make_session("SEG-1")
    signed_in(client, Role.COMMITTEE)
    answer = client.post("/sessions/nouvelle/", ready_to_open | {field: value})

    assert list(answer.context["form"].errors) == [field]
    assert TrainingSession.objects.count() == 1


def test_focal_point_opens_sessions_in_its_territory_only(
    client: Client, ready_to_open: dict[str, object]
) -> None:
    signed_in(client, Role.FOCAL_POINT)
    answer = client.post("/sessions/nouvelle/", ready_to_open | {"territory": "kayes"})
    assert list(answer.context["form"].errors) == ["territory"]
    client.post("/sessions/nouvelle/", ready_to_open)
    assert TrainingSession.objects.get().territory.code == "segou/bla"


def test_curriculum_place_and_day_are_enough(
    client: Client, ready_to_open: dict[str, object]
) -> None:
    signed_in(client, Role.COMMITTEE)
    few = {name: ready_to_open[name] for name in ("curriculum", "territory", "starts_on")}
    answer = client.post("/sessions/nouvelle/", few)

    session = TrainingSession.objects.get()
    assert answer.status_code == 302
    assert (session.type, session.mode, session.curriculum_version) == ("TRAINING", "ROOM", "1.0")
    assert session.taught_version is not None
    assert list(session.slots.values_list("minutes", flat=True)) == [210] * 4  # 840 minutes


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ({"slot_count": "2"}, [210, 210]),
        ({"slot_hours": "3"}, [180] * 5),
        ({"slot_count": "3", "slot_hours": "1.5"}, [90] * 3),
    ],
)
def test_half_days_typed_count_before_those_of_the_curriculum(
    client: Client, ready_to_open: dict[str, object], typed: dict[str, str], minutes: list[int]
) -> None:
    signed_in(client, Role.COMMITTEE)
    few = {name: ready_to_open[name] for name in ("curriculum", "territory", "starts_on")}
    client.post("/sessions/nouvelle/", few | typed)

    assert list(TrainingSession.objects.get().slots.values_list("minutes", flat=True)) == minutes


def test_plan_item_of_another_year_is_told_on_its_field(
    client: Client, ready_to_open: dict[str, object]
) -> None:
    item = make_plan_item(2026)
    signed_in(client, Role.COMMITTEE)
    answer = client.post("/sessions/nouvelle/", ready_to_open | {"plan_item": item.pk})

    assert list(answer.context["form"].errors) == ["plan_item"]
    assert answer.context["folded"] == {"length": False, "means": True}
    client.post("/sessions/nouvelle/", ready_to_open | {"plan_item": make_plan_item().pk})
    assert TrainingSession.objects.get().plan_activity.code == "3.1.1"


def test_list_counts_what_waits_and_shows_what_is_late(client: Client) -> None:
    with time_machine.travel(datetime.date(2025, 5, 22)):
        make_session("LATE-1")  # ended on 13 May
        make_session("RECENT-1", starts_on=datetime.date(2025, 5, 14))  # ended a week ago
        attend(make_session("RUN-1", starts_on=datetime.date(2025, 5, 21)))
        confirm_session(
            session=make_session("NEXT-1", starts_on=datetime.date(2025, 6, 2)), by=None
        )
        submit_session(session=make_session("DONE-1"), by=None)
        page = signed_in(client, Role.COMMITTEE).get("/sessions/")
        late = client.get("/sessions/?etat=LATE")
        shown = {
            one.label: len(client.get(f"/sessions/?{one.query}").context["rows"])
            for one in page.context["tally"]
        }

    assert {one.label: one.count for one in page.context["tally"]} == {
        "Prévues": 2, "Confirmées": 1, "En cours": 1, "En retard": 1, "À valider": 1,
    }  # fmt: skip
    assert [row["code"] for row in page.context["rows"] if row["is_late"]] == ["LATE-1"]
    assert [row["code"] for row in late.context["rows"]] == ["LATE-1"]
    assert shown == {one.label: one.count for one in page.context["tally"]}


def test_tally_counts_only_what_the_account_may_open(client: Client) -> None:
    make_session("KAYES-1", territory=make_region("kayes", "Kayes"))
    page = signed_in(client, Role.FOCAL_POINT).get("/sessions/")
    assert [one.count for one in page.context["tally"]] == [0, 0, 0, 0, 0]
