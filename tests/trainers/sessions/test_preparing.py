"""Confirm, correct, move and copy a session, and say what it asks for."""

import datetime
import uuid

import pytest
import time_machine

from accounts.enums import Role
from accounts.models import Organization
from tests.factories.accounts import make_cercle, make_country, make_region, make_user
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
from trainers.models import (
    AttendanceMark,
    DeclaredPresence,
    Evidence,
    Participation,
    PlanActivity,
    PlanItem,
    TrainingSession,
)
from trainers.national_plan.items import close_item
from trainers.sessions.half_day_rules import HalfDay
from trainers.sessions.history import history_of
from trainers.sessions.plan_lines import plan_items_for
from trainers.sessions.planning import SessionRefused, cancel_session, create_session
from trainers.sessions.preparing import (
    change_half_days,
    confirm_session,
    copy_session,
    reopen_session,
    update_session,
)
from trainers.sessions.to_do import to_do

pytestmark = pytest.mark.django_db


def day(number: int) -> datetime.date:
    return START + datetime.timedelta(days=number - 1)


def make_plan_item(year: int = 2025, **facts: object) -> PlanItem:
    activity = PlanActivity.objects.get_or_create(
        code="3.1.1",
        defaults={"axis": 3, "objective": "3.1", "action": "3.1.1", "label": "Former", "kind": "x"},
    )[0]
    facts.setdefault("territory", make_region())
    return PlanItem.objects.create(
        activity=activity,
        year=year,
        planned_sessions=2,
        due_on=datetime.date(year, 12, 31),
        **facts,
    )


def facts_of(session: TrainingSession) -> dict[str, object]:
    return {"session": session, "title": session.title, "territory": session.territory}


# --- States -------------------------------------------------------------------------------------


def test_session_is_confirmed_reopened_and_cancelled_with_its_history() -> None:
    user, session = make_user(Role.TRAINER), make_session("SEG-1")
    confirm_session(session=session, by=user)
    confirm_session(session=session, by=user)
    reopen_session(session=session, by=user, reason="Salle prise")
    cancel_session(session=session, by=user, reason="Route coupée")
    session.refresh_from_db()

    assert session.state == SessionState.CANCELLED
    assert [(line.what, line.reason) for line in history_of(session)] == [
        ("Annulée", "Route coupée"),
        ("Prévue", "Salle prise"),
        ("Confirmée", ""),
        ("Session ouverte", ""),
    ]
    assert history_of(session)[0].by == str(user)


def test_session_that_runs_or_is_over_is_not_confirmed() -> None:
    running = make_session()
    attend(running)
    cancelled = cancel_session(session=make_session(), reason="Report")

    for session in (running, cancelled):
        with pytest.raises(SessionRefused):
            confirm_session(session=session, by=None)
        with pytest.raises(SessionRefused):
            reopen_session(session=session, by=None, reason="Erreur")


def test_going_back_and_cancelling_take_a_reason() -> None:
    session = confirm_session(session=make_session(), by=None)

    with pytest.raises(SessionRefused):
        reopen_session(session=session, by=None, reason=" ")
    with pytest.raises(SessionRefused):
        cancel_session(session=session, reason="")
    session.refresh_from_db()
    assert session.state == SessionState.CONFIRMED


def test_session_cancelled_twice_keeps_its_first_reason() -> None:
    session = cancel_session(session=make_session(), reason="Route coupée")
    cancel_session(session=session, reason="Autre chose")
    session.refresh_from_db()

    assert session.cancellation_reason == "Route coupée"


# --- Facts --------------------------------------------------------------------------------------


def test_organizer_is_found_again_or_made() -> None:
    session = make_session()
    update_session(**facts_of(session), organizer="Barreau du  Mali", venue="Salle A", seats=25)
    update_session(**facts_of(session), organizer="BARREAU DU MALI", venue="Salle B")
    session.refresh_from_db()

    assert Organization.objects.count() == 1
    assert (session.organizer.name, session.venue, session.seats) == (
        "Barreau du Mali",
        "Salle B",
        None,
    )


def test_plan_item_is_of_the_year_and_place_of_the_session() -> None:
    cercle, elsewhere = make_cercle(), make_region("kayes", "Kayes")
    session = make_session(territory=cercle)
    fitting = [make_plan_item(territory=one) for one in (cercle, make_region(), make_country())]

    for item in fitting:
        update_session(**facts_of(session), plan_item=item)
    for unfit in (make_plan_item(2026), make_plan_item(territory=elsewhere)):
        with pytest.raises(SessionRefused):
            update_session(**facts_of(session), plan_item=unfit)
    session.refresh_from_db()
    assert (session.plan_item, session.plan_activity.code) == (fitting[-1], "3.1.1")


def test_closed_line_keeps_its_session_and_takes_no_other() -> None:
    item = make_plan_item()
    session = make_session(plan_item=item)
    close_item(item=item, reason="Bailleur retiré")
    item.refresh_from_db()

    update_session(**facts_of(session), plan_item=item)
    with pytest.raises(SessionRefused, match="close"):
        update_session(**facts_of(make_session("SEG-2")), plan_item=item)

    assert [*plan_items_for(territory=session.territory, years={2025})] == []
    assert [*plan_items_for(territory=None, years={2025}, held=item.pk)] == [item]
    copied = copy_session(
        session=session, code="SEG-3", starts_on=day(30), territory=item.territory
    )
    assert copied.session.plan_item is None


def test_validated_or_cancelled_session_is_not_corrected() -> None:
    session = cancel_session(session=make_session(), reason="Report")

    with pytest.raises(SessionRefused):
        update_session(**facts_of(session), venue="Ailleurs")


# --- Half-days ----------------------------------------------------------------------------------


def test_half_days_may_be_on_days_that_do_not_follow() -> None:
    session = make_session()
    change_half_days(
        session=session,
        half_days=[HalfDay(day(8), "AM", 180), HalfDay(day(1), "PM"), HalfDay(day(1), "AM")],
    )
    session.refresh_from_db()

    slots = session.slots.order_by("position").values_list("day_number", "half", "minutes")
    assert list(slots) == [(1, "AM", 210), (1, "PM", 210), (2, "AM", 180)]
    assert (session.starts_on, session.ends_on) == (day(1), day(8))
    assert history_of(session)[0].reason == "Demi-journées modifiées"


def test_half_days_are_fixed_from_the_first_mark_or_declaration_on() -> None:
    marked, declared = make_session(), make_session()
    attend(marked)
    DeclaredPresence.objects.create(
        uuid=uuid.uuid4(),
        participation=attend(declared, positions=()),
        slot=declared.slots.get(position=1),
        declared_at=datetime.datetime(2025, 5, 12, 9, tzinfo=datetime.UTC),
    )

    for session in (marked, declared):
        with pytest.raises(SessionRefused):
            change_half_days(session=session, half_days=[HalfDay(day(1), "AM")])
        assert session.slots.count() == 4


def test_half_days_do_not_leave_the_qualification_of_the_lead_trainer() -> None:
    session = make_session()
    staff(session, make_trainer(qualified=True), SessionRole.LEAD_TRAINER)  # 2024 and 2025

    with pytest.raises(SessionRefused):
        change_half_days(session=session, half_days=[HalfDay(datetime.date(2026, 3, 2), "AM")])
    session.refresh_from_db()
    assert (session.starts_on, session.slots.count()) == (START, 4)


def test_half_days_do_not_leave_the_year_of_the_plan_item() -> None:
    session = make_session(plan_item=make_plan_item())

    with pytest.raises(SessionRefused):
        change_half_days(session=session, half_days=[HalfDay(datetime.date(2026, 3, 2), "AM")])


def test_session_opens_with_the_half_days_given() -> None:
    session = create_session(
        code="SEG-9",
        curriculum=make_curriculum(),
        territory=make_session().territory,
        starts_on=day(1),
        half_days=[HalfDay(day(3), "PM", 90), HalfDay(day(1), "AM", 60)],
    )

    assert (session.starts_on, session.ends_on, session.slots.count()) == (day(1), day(3), 2)


# --- Copy ---------------------------------------------------------------------------------------


def test_copy_takes_everything_but_people_marks_and_evidence() -> None:
    model = make_session(
        "SEG-1", venue="Salle A", seats=20, funder="Budget national", plan_item=make_plan_item(),
        title="Deux mardis",
    )  # fmt: skip
    change_half_days(session=model, half_days=[HalfDay(day(1), "AM", 180), HalfDay(day(8), "PM")])
    staff(model, make_trainer(qualified=True), SessionRole.LEAD_TRAINER)
    attend(model)
    complete_file(model)
    by = make_user(Role.TRAINER)
    copied = copy_session(
        session=model, code="SEG-2", starts_on=day(15), territory=make_cercle(), venue="B", by=by
    )

    new = copied.session
    new.refresh_from_db()
    slots = new.slots.order_by("position").values_list("held_on", "half", "minutes")
    assert list(slots) == [(day(15), "AM", 180), (day(22), "PM", 210)]
    assert (new.title, new.seats, new.funder, new.plan_item) == (
        "Deux mardis", 20, "Budget national", model.plan_item,
    )  # fmt: skip
    assert (new.venue, new.territory.code, new.encoded_by) == ("B", "segou/niono", by)
    assert (new.state, new.no_test_reason, new.validated_by) == ("PLANNED", "", None)
    assert [one.role for one in new.session_trainers.all()] == [SessionRole.LEAD_TRAINER]
    assert copied.demoted == ()
    for found in (
        Participation.objects.filter(session=new),
        Evidence.objects.filter(session=new),
        AttendanceMark.objects.filter(slot__session=new),
    ):
        assert found.count() == 0


def test_copy_in_another_year_leaves_what_no_longer_fits() -> None:
    model = make_session("SEG-1", plan_item=make_plan_item())
    lead = make_trainer(qualified=True)
    staff(model, lead, SessionRole.LEAD_TRAINER)
    copied = copy_session(
        session=model,
        code="SEG-2",
        starts_on=datetime.date(2026, 5, 12),
        territory=model.territory,
    )

    assert copied.session.plan_item is None
    assert copied.session.session_trainers.get().role == SessionRole.TRAINER
    assert copied.demoted == (str(lead),)


# --- What to do ---------------------------------------------------------------------------------


def test_next_step_follows_the_life_of_the_session() -> None:
    session = make_session("SEG-1")
    said = []

    def note() -> None:
        session.refresh_from_db()
        step = to_do(session, is_detailed=True)
        assert step is not None
        said.append((step.text.split(" :")[0], step.url))

    with time_machine.travel(datetime.date(2025, 5, 1)):
        note()
        staff(session, make_trainer())
        note()
        complete_file(session)
        note()
        person = attend(session, positions=())
        note()
        confirm_session(session=session, by=None)
        note()
    with time_machine.travel(datetime.date(2025, 5, 12)):
        note()
    with time_machine.travel(datetime.date(2025, 5, 20)):
        note()
        attend(session, person.person)
        note()
        Evidence.objects.filter(kind="REPORT").delete()
        note()
        cancel_session(session=session, reason="Report")
        note()

    assert said == [
        ("Désignez qui animera la session.", "/sessions/SEG-1/formateurs/"),
        ("Joignez les termes de référence", "/sessions/SEG-1/preparation/"),
        ("Inscrivez les participants, ou ouvrez le lien d'inscription.", "/sessions/SEG-1/liste/"),
        ("Tout est prêt", "/sessions/SEG-1/preparation/"),
        ("Tout est prêt. Faites l'appel à chaque demi-journée, le jour venu.", ""),
        ("Faites l'appel de la demi-journée, puis la suivante.", ""),
        ("La session est passée et aucune présence n'est notée", "/sessions/SEG-1/import/"),
        ("La session est passée", "/sessions/SEG-1/validation/"),
        ("Il manque le rapport de la session.", "/sessions/SEG-1/validation/"),
        ("Session annulée", ""),
    ]
