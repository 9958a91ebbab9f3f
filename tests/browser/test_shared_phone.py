"""One phone for several people: nothing of one is left for the next, nothing is lost unsaid."""

import pytest
from playwright.sync_api import BrowserContext
from pytest_django.live_server_helper import LiveServer

from accounts.models import Person
from assessments.models import Attempt, TestForm
from tests.browser.phone_steps import hand_in, held, open_copy, sign_in, tap, told
from tests.factories.accounts import make_person, make_user
from tests.factories.trainers import attend
from trainers.models import TrainingSession

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_signing_out_warns_of_unsent_answers_then_leaves_nothing(
    smartphone: BrowserContext, live_server: LiveServer, form: TestForm
) -> None:
    page = smartphone.new_page()
    sign_in(page, live_server)
    open_copy(page, live_server)
    smartphone.route("**/tests/envoi/", lambda route: route.abort())
    tap(page, 1)
    tap(page, 2)
    page.goto(f"{live_server.url}/compte/deconnexion/")
    warning = page.locator("[data-sign-out] fieldset")
    assert "pas encore envoyées : 2." in warning.inner_text()
    leave = page.locator("[data-sign-out]").get_by_role("button", name="Se déconnecter")
    leave.click()
    assert page.url.endswith("/compte/deconnexion/")  # the box is not ticked: nothing is lost yet

    warning.get_by_text("Les perdre et me déconnecter").click()
    with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
        leave.click()
    page.wait_for_url(f"{live_server.url}/")

    assert answer.value.all_headers()["clear-site-data"] == '"cache", "storage"'
    assert held(page) == {"caches": [], "localStorage": [], "databases": []}
    assert (
        page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    )
    assert Attempt.objects.count() == 0


def test_answers_kept_can_be_sent_from_the_page_that_signs_out(
    smartphone: BrowserContext, live_server: LiveServer, form: TestForm
) -> None:
    page = smartphone.new_page()
    sign_in(page, live_server)
    open_copy(page, live_server)
    smartphone.route("**/tests/envoi/", lambda route: route.abort())
    tap(page, 1)
    page.goto(f"{live_server.url}/compte/deconnexion/")
    smartphone.unroute("**/tests/envoi/")

    page.get_by_role("button", name="Envoyer maintenant").click()

    page.locator("[data-sign-out] fieldset").wait_for(state="hidden")
    assert Attempt.objects.get().responses == ["A", *[None] * 9]


def test_a_second_person_finds_nothing_and_sends_nothing_of_the_first(
    smartphone: BrowserContext, live_server: LiveServer, session: TrainingSession, form: TestForm
) -> None:
    """The first one did not sign out; her answers wait for her, and for nobody else."""
    other = make_person("KONE", "Bakary", matricule="MAG-43")
    make_user(person=other)
    attend(session, other, positions=(1,))
    page = smartphone.new_page()
    sign_in(page, live_server)
    address = open_copy(page, live_server)
    smartphone.route("**/tests/envoi/", lambda route: route.abort())
    tap(page, 1)
    smartphone.clear_cookies()
    page.goto(f"{live_server.url}/compte/connexion/")
    assert "pour envoyer ce que ce téléphone garde : 1" in told(page, "login")
    smartphone.unroute("**/tests/envoi/")

    sign_in(page, live_server, "MAG-43")

    assert not page.locator("[data-phone]").is_visible()
    assert not [name for name in held(page)["caches"] if name.startswith("p")]
    smartphone.set_offline(True)
    page.goto(address)
    assert "Pas de réseau" in page.locator("h1").inner_text()
    assert "SEG" not in page.locator("main").inner_text()
    smartphone.set_offline(False)
    assert Attempt.objects.count() == 0
    smartphone.clear_cookies()
    with page.expect_response("**/tests/envoi/"):
        sign_in(page, live_server)
    assert Attempt.objects.get().participation.person == Person.objects.get(matricule="MAG-42")


def test_an_open_tab_of_the_first_person_sends_nothing_as_the_second(
    smartphone: BrowserContext, live_server: LiveServer, session: TrainingSession, form: TestForm
) -> None:
    other = make_person("KONE", "Bakary", matricule="MAG-43")
    make_user(person=other)
    attend(session, other, positions=(1,))
    first = smartphone.new_page()
    sign_in(first, live_server)
    open_copy(first, live_server)
    smartphone.clear_cookies()
    second = smartphone.new_page()
    sign_in(second, live_server, "MAG-43")

    first.bring_to_front()
    for number in range(1, 11):
        tap(first, number)
    with first.expect_response("**/tests/envoi/") as answer:
        hand_in(first)

    assert answer.value.status == 409
    assert "pour envoyer ce que ce téléphone garde : 10" in told(first, "login")
    assert Attempt.objects.count() == 0
