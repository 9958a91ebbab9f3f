"""Twenty-five paper copies of twenty questions, typed with the keyboard alone."""

import random

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from accounts.enums import Role
from assessments.models import Attempt
from assessments.session_tests import plan_tests
from assessments.typed_letters import as_typed
from tests.browser.test_by_keyboard import tab_to
from tests.factories.accounts import PASSWORD, make_person, make_user
from tests.factories.assessments import make_form
from tests.factories.trainers import make_session
from trainers.attendance.short_codes import short_code
from trainers.participation.records import enrol

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PEOPLE = 25
ITEMS = 20


def test_a_pile_is_typed_with_the_keyboard_alone(browser: Browser, live_server: LiveServer) -> None:
    session = make_session("SEG-K")
    form = make_form(key="ABCD" * 5)
    plan_tests(session=session, pre=[form], post=[form])
    people = [enrol(session=session, person=make_person()) for _one in range(PEOPLE)]
    staff = make_user(Role.COMMITTEE, person=make_person(matricule="COM-1"))
    draw = random.Random(4)
    pile = ["".join(draw.choice("ABCD.") for _item in range(ITEMS)) for _one in people]
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    keys = page.keyboard

    page.goto(f"{live_server.url}/compte/connexion/?next=/sessions/SEG-K/copies/post/")
    page.fill("[name=login]", staff.person.matricule)
    page.fill("[name=password]", PASSWORD)
    keys.press("Enter")
    page.wait_for_selector("[data-keys]:not([hidden])")

    # Short: Enter stays on the line and says the count; then the rest of the letters.
    keys.type(pile[0][:5].lower())
    keys.press("Enter")
    output = page.locator(f"output[for=copie-{people[0].pk}]")
    assert output.inner_text() == "5/20"
    keys.press("End")
    keys.type(f"{pile[0][5:-1]}F")
    assert output.inner_text() == "20/20 · à revoir : 20 (F)"
    keys.press("Backspace")
    keys.type(pile[0][-1])
    assert output.inner_text() == "20/20 ✓"
    for line in pile[1:-1]:
        keys.press("Enter")
        keys.type(line)
    # The last sheet of the pile, found by its code.
    page.keyboard.press("Shift+Tab")
    page.focus("#code")
    keys.type(short_code(people[-1].pk).lower())
    keys.press("Enter")
    keys.type(pile[-1])
    keys.press("Enter")
    keys.press("Enter")  # the focus is on « Enregistrer »
    page.wait_for_selector("text=25 copie(s) enregistrée(s).")

    typed = {copy.participation_id: as_typed(copy.responses) for copy in Attempt.objects.all()}
    assert typed == {one.pk: line for one, line in zip(people, pile, strict=True)}
    tab_to(page, text="Corriger")
