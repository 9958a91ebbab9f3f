"""On a phone, a name being typed brings up the people it may be; nothing is asked offline."""

import pytest
from playwright.sync_api import BrowserContext
from pytest_django.live_server_helper import LiveServer

from accounts.enums import Role
from tests.factories.accounts import PASSWORD, make_person, make_user
from trainers.models import TrainingSession

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_typing_proposes_once_a_pause_and_the_choice_is_added(
    live_server: LiveServer, smartphone: BrowserContext, session: TrainingSession
) -> None:
    make_user(Role.COMMITTEE, person=make_person("COMITE", "Awa", matricule="COM-1"))
    known = make_person("KONATE", "Fatou")
    page, asked = smartphone.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{live_server.url}/compte/connexion/")
    page.fill("input[name=login]", "COM-1")
    page.fill("input[name=password]", PASSWORD)
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(lambda url: "connexion" not in url)
    page.goto(f"{live_server.url}/sessions/{session.code}/participants/")

    page.locator("#id_family_name").press_sequentially("konat", delay=20)
    page.wait_for_selector("[data-typing] label.choice")
    assert len([url for url in asked if "propositions" in url]) == 1
    smartphone.set_offline(True)
    page.locator("#id_given_name").press_sequentially("fatou", delay=20)
    page.wait_for_timeout(600)
    smartphone.set_offline(False)
    assert len([url for url in asked if "propositions" in url]) == 1
    page.locator("[data-typing] label.choice").first.click()
    page.get_by_role("button", name="Ajouter à la liste").click()
    page.wait_for_url(f"**/sessions/{session.code}/")

    assert session.participations.get().person == known
