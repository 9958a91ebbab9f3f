"""Tests on paper: who gets which copy, what is printed, who prints the key and when."""

import json
import re

import pytest
from django.test import Client

from accounts.enums import Role
from assessments.key_prints import key_prints
from assessments.models import TestForm
from assessments.papers.content import (
    NothingToPrint,
    copies_to_print,
    printed_items,
    typing_address,
)
from assessments.papers.sheets import answer_sheets, correction_key, question_papers
from assessments.session_tests import close_test, open_test, plan_tests
from tests.factories.accounts import make_person, make_user
from tests.factories.assessments import make_form
from tests.factories.trainers import attend, make_session, make_trainer, staff
from trainers.attendance.short_codes import short_code
from trainers.models import TrainingSession
from trainers.participation.records import enrol

pytestmark = pytest.mark.django_db

PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")


@pytest.fixture
def forms() -> list[TestForm]:
    made = []
    for letter in "AB":
        form = make_form(f"form-{letter}", "ABCD" * 5, parallel_group="paire")
        form.letter = letter
        form.save()
        made.append(form)
    return made


@pytest.fixture
def session(forms: list[TestForm]) -> TrainingSession:
    session = make_session("SEG-P")
    plan_tests(session=session, pre=forms, post=forms)
    for name in ("Awa", "Ali", "Issa"):
        enrol(session=session, person=make_person("TRAORE", name))
    return session


def test_copies_follow_the_list_with_forms_alternated_then_spare_ones(
    session: TrainingSession,
) -> None:
    copies = copies_to_print(session, "PRE", spare=1)
    ids = list(session.participations.order_by("pk").values_list("pk", flat=True))

    assert [(one.rank, one.name, one.code, one.form.letter) for one in copies] == [
        (1, "Awa TRAORE", short_code(ids[0]), "A"),
        (2, "Ali TRAORE", short_code(ids[1]), "B"),
        (3, "Issa TRAORE", short_code(ids[2]), "A"),
        (None, "", "", "A"),
        (None, "", "", "B"),
    ]
    swapped = copies_to_print(session, "POST", spare=0)
    assert [one.form.letter for one in swapped] == ["B", "A", "B"]


def test_printed_questions_hold_no_key_and_a_withdrawn_one_keeps_its_place(
    forms: list[TestForm],
) -> None:
    forms[0].items.filter(position=2).update(
        withdrawn_at="2025-01-01T00:00:00Z", withdrawal_reason="Ambiguë"
    )

    items = printed_items(forms[0])

    assert {*items[0]} == {"number", "stem", "choices", "letters", "is_withdrawn"}
    assert [item["is_withdrawn"] for item in items[:3]] == [False, True, False]
    assert "Retour" not in json.dumps(items, ensure_ascii=False)
    assert printed_items(forms[0], with_key=True)[2]["right"] == "C"


def test_pdfs_have_the_pages_that_a_pile_needs(session: TrainingSession) -> None:
    assert len(PAGE.findall(answer_sheets(session, "PRE", spare=1))) == 5
    assert len(PAGE.findall(question_papers(session, "PRE", spare=0))) == 3 * 3
    assert len(PAGE.findall(correction_key(session, "PRE"))) >= 2
    assert question_papers(session, "PRE") == question_papers(session, "PRE")


def test_no_sheet_printed_on_both_sides_holds_two_copies(
    client: Client, session: TrainingSession
) -> None:
    plain = question_papers(session, "PRE", spare=0)
    both = question_papers(session, "PRE", spare=0, is_two_sided=True)
    client.force_login(make_user(Role.COMMITTEE))

    assert len(PAGE.findall(plain)) == 3 * 3  # three pages each, an odd number
    assert len(PAGE.findall(both)) == 4 * 3 - 1  # nothing follows the last copy
    asked = client.get(address("test") + "?recto-verso").content
    assert len(PAGE.findall(asked)) == 4 * 9 - 1  # three people, three spare copies of each form


def test_code_of_an_answer_sheet_opens_the_line_to_type(session: TrainingSession) -> None:
    copies = copies_to_print(session, "PRE", spare=1)

    named = typing_address(session, "PRE", copies[0])
    spare = typing_address(session, "PRE", copies[-1])

    assert named.endswith(f"/sessions/SEG-P/copies/pre/?code={copies[0].code}&form=form-A")
    assert spare.endswith("/sessions/SEG-P/copies/pre/?form=form-B")


def test_nothing_is_printed_before_a_form_is_planned() -> None:
    with pytest.raises(NothingToPrint, match="Choisissez d'abord le formulaire"):
        copies_to_print(make_session("SEG-Q"), "PRE")


def test_printing_takes_the_same_queries_whatever_the_people(
    session: TrainingSession, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(5):
        copies_to_print(session, "PRE")
    enrol(session=session, person=make_person())
    with django_assert_num_queries(5):
        copies_to_print(session, "PRE")


def address(what: str, occasion: str = "pre") -> str:
    return f"/sessions/SEG-P/papier/{occasion}/{what}/"


def test_a_trainer_prints_copies_and_sheets_of_the_own_session(
    client: Client, session: TrainingSession
) -> None:
    trainer = make_trainer(make_person())
    staff(session, trainer)
    client.force_login(make_user(Role.TRAINER, person=trainer.person))

    for what in ("test", "reponses"):
        response = client.get(address(what))
        assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
        assert response.content.startswith(b"%PDF")
        assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("what", ["test", "reponses", "corrige"])
def test_a_trainer_of_another_session_prints_nothing(
    client: Client, session: TrainingSession, what: str
) -> None:
    client.force_login(make_user(Role.TRAINER))

    assert client.get(address(what)).status_code == 404


def test_key_waits_for_the_end_of_the_post_test(client: Client, session: TrainingSession) -> None:
    attend(session, make_person())
    session.ends_on = "2999-01-01"
    session.save()
    committee = make_user(Role.COMMITTEE)
    client.force_login(committee)
    open_test(session=session, occasion="PRE")
    close_test(session=session, occasion="PRE")

    refused = client.get(address("corrige"), follow=True)
    assert "quand le post-test est fini pour tout le monde" in refused.content.decode()

    open_test(session=session, occasion="POST")
    assert client.get(address("corrige", "post")).status_code == 302
    close_test(session=session, occasion="POST")
    assert key_prints(session) == []  # what was refused was not printed
    assert client.get(address("corrige")).content.startswith(b"%PDF")
    (printed,) = key_prints(session)
    assert (printed.occasion, printed.printed_by) == ("PRE", str(committee))
    assert "Corrigé imprimé (Pré-test)" in client.get("/sessions/SEG-P/resultats/").content.decode()
