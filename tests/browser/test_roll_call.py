"""The roll call on a phone: few taps, no network, nothing lost, nothing for the next person."""

import uuid

import pytest
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from accounts.enums import Role
from accounts.models import Person
from tests.browser.phone_steps import held, told
from tests.browser.roll_call_steps import (
    NOTHING_WAITS,
    enter,
    figure,
    open_roll_call,
    send_now,
    tap,
)
from tests.factories.accounts import make_person, make_user
from tests.factories.trainers import attend, make_trainer, staff
from trainers.attendance.log import record_mark
from trainers.attendance.short_codes import short_code
from trainers.enums import EntrySource
from trainers.models import AttendanceMark, Participation, TrainingSession
from trainers.participation.marks import contradicted_pairs, marks_in_force

# A browser that reads codes, and a camera that always shows the same one.
CAMERA = """
const canvas = document.createElement('canvas');
setInterval(() => canvas.getContext('2d').fillRect(0, 0, 9, 9), 20);
Object.defineProperty(navigator, 'mediaDevices', {
    value: { getUserMedia: async () => canvas.captureStream(5) },
});
window.BarcodeDetector = class {
    async detect() { return [{ rawValue: 'CODE' }]; }
};
"""

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def trainer(session: TrainingSession) -> Person:
    person = make_person("DIALLO", "Sira", matricule="FOR-1")
    staff(session, make_trainer(person))
    make_user(Role.TRAINER, person=person)
    return person


@pytest.fixture
def page(
    smartphone: BrowserContext, live_server: LiveServer, session: TrainingSession, trainer: Person
) -> Page:
    """A phone on which the trainer is signed in."""
    page = smartphone.new_page()
    enter(page, live_server, "FOR-1")
    return page


def people_of(session: TrainingSession, count: int) -> list[Participation]:
    return [
        attend(session, make_person(f"PERSONNE{one:02}", "Awa"), positions=[])
        for one in range(1, count + 1)
    ]


def present(session: TrainingSession, position: int = 1) -> dict[int, bool]:
    return {
        participation: mark.is_present
        for (participation, slot), mark in marks_in_force(session).items()
        if slot == session.slots.get(position=position).pk
    }


def count_taps(page: Page) -> None:
    page.evaluate("window.taps = 0; addEventListener('pointerdown', () => taps++, true)")


@pytest.mark.parametrize(("absent", "taps"), [(0, 1), (12, 13), (40, 40)])
def test_forty_people_take_at_most_sixty_taps(
    page: Page, live_server: LiveServer, session: TrainingSession, absent: int, taps: int
) -> None:
    people = people_of(session, 40)
    open_roll_call(page, live_server)
    count_taps(page)

    for one in people[:absent]:
        tap(page, one, "absent")
    if absent < 40:
        page.get_by_role("button", name="Les autres sont présents").click()

    assert page.evaluate("taps") == taps <= 60
    assert (figure(page, "true"), figure(page, "undefined")) == (40 - absent, 0)
    send_now(page)
    page.wait_for_function(NOTHING_WAITS)
    assert sorted(present(session).values()) == [False] * absent + [True] * (40 - absent)


def test_everybody_present_then_corrected_before_it_leaves(
    page: Page, live_server: LiveServer, session: TrainingSession
) -> None:
    """A slip of the finger that has not left the phone needs no reason."""
    awa, ali, sali = people_of(session, 3)
    open_roll_call(page, live_server)
    page.get_by_role("button", name="Les autres sont présents").click()

    tap(page, ali, "absent")
    send_now(page)

    page.wait_for_function(NOTHING_WAITS)
    assert present(session) == {awa.pk: True, ali.pk: False, sali.pk: True}
    assert AttendanceMark.objects.count() == 3


def test_page_reopens_without_network_and_sends_at_its_return(
    page: Page, smartphone: BrowserContext, live_server: LiveServer, session: TrainingSession
) -> None:
    """Two half-days are called in flight mode; the tab is killed in between."""
    awa, ali = people_of(session, 2)
    address = open_roll_call(page, live_server)
    smartphone.set_offline(True)
    page.goto(address)
    tap(page, awa)
    page.close()

    page = smartphone.new_page()
    page.goto(address)
    assert (figure(page, "true"), figure(page, "wait")) == (1, 1)
    page.get_by_role("link", name="J1 après-midi").click()
    assert figure(page, "undefined") == 2
    tap(page, awa)
    tap(page, ali, "absent")
    assert figure(page, "wait") == 3
    smartphone.set_offline(False)

    page.wait_for_function(NOTHING_WAITS)
    assert present(session) == {awa.pk: True}
    assert present(session, 2) == {awa.pk: True, ali.pk: False}
    mark = AttendanceMark.objects.order_by("pk")[0]
    assert (mark.source, mark.recorded_by.person.family_name) == ("PHONE", "DIALLO")
    assert mark.device_at < mark.recorded_at
    smartphone.set_offline(True)
    page.reload()  # what left is still shown without network
    assert (figure(page, "true"), figure(page, "false"), figure(page, "wait")) == (1, 1, 0)


def test_marks_leave_from_any_page(
    page: Page, smartphone: BrowserContext, live_server: LiveServer, session: TrainingSession
) -> None:
    (awa,) = people_of(session, 1)
    open_roll_call(page, live_server)
    smartphone.set_offline(True)
    tap(page, awa)
    page.goto(f"{live_server.url}/hors-ligne/")
    page.get_by_role("link", name="Appel SEG-900").wait_for()
    smartphone.set_offline(False)

    page.goto(f"{live_server.url}/sessions/")

    page.wait_for_function(NOTHING_WAITS)
    assert present(session) == {awa.pk: True}


def test_walk_in_is_added_without_network_with_the_marks(
    page: Page, smartphone: BrowserContext, live_server: LiveServer, session: TrainingSession
) -> None:
    people_of(session, 1)
    address = open_roll_call(page, live_server)
    smartphone.set_offline(True)
    page.get_by_text("Une personne est venue sans être sur la liste").click()
    page.fill("#joins-family", "KONE")
    page.fill("#joins-given", "Bakary")
    page.fill("#joins-phone", "76 00 00 01")
    page.select_option("#joins-sex", "M")
    page.get_by_role("button", name="Ajouter et noter présent").click()
    page.close()
    page = smartphone.new_page()
    page.goto(address)
    page.get_by_role("link", name="J1 après-midi").click()
    tap(page, "Bakary KONE")
    smartphone.set_offline(False)

    page.wait_for_function(NOTHING_WAITS)

    one = Participation.objects.get(person__family_name="KONE")
    assert (one.sex, one.person.phone, one.contact_minutes) == ("M", "+22376000001", 420)
    page.reload()
    assert page.locator(".roll-call > li", has_text="KONE").count() == 1


def test_correction_says_why_even_without_network(
    page: Page, smartphone: BrowserContext, live_server: LiveServer, session: TrainingSession
) -> None:
    awa = attend(session, make_person("TRAORE"), positions=[1])
    open_roll_call(page, live_server)
    smartphone.set_offline(True)

    tap(page, awa, "absent")
    page.get_by_role("button", name="Ne rien changer").click()
    assert (figure(page, "true"), figure(page, "wait")) == (1, 0)
    tap(page, awa, "absent")
    page.get_by_role("button", name="Partie avant la fin").click()
    assert (figure(page, "false"), figure(page, "wait")) == (1, 1)
    smartphone.set_offline(False)

    page.wait_for_function(NOTHING_WAITS)
    correction = AttendanceMark.objects.exclude(voids=None).get()
    assert (correction.void_reason, correction.is_present) == ("Partie avant la fin", False)


def test_contradiction_of_another_phone_is_said_then_settled(
    page: Page, live_server: LiveServer, session: TrainingSession
) -> None:
    (awa,) = people_of(session, 1)
    open_roll_call(page, live_server)
    record_mark(
        uuid=uuid.uuid4(), participation=awa, slot=session.slots.get(position=1),
        is_present=False, source=EntrySource.PHONE,
    )  # fmt: skip
    tap(page, awa)
    send_now(page)
    note = page.locator(".roll-call [data-note]")
    note.get_by_text("Un autre pointage dit le contraire").wait_for()

    page.reload()
    assert note.inner_text() == "Deux pointages se contredisent : choisissez, avec un motif."
    assert (figure(page, "both"), page.locator("[data-both]").is_visible()) == (1, True)
    tap(page, awa)
    page.fill("#why-text", "Vue en salle")
    page.get_by_role("button", name="Corriger avec ce motif").click()
    send_now(page)

    page.wait_for_function(NOTHING_WAITS)
    assert contradicted_pairs(session) == set()
    assert present(session) == {awa.pk: True}


def test_what_is_refused_stays_with_its_sentence(
    page: Page, smartphone: BrowserContext, live_server: LiveServer, session: TrainingSession
) -> None:
    """The list changed behind the phone: the person was taken off."""
    awa, ali = people_of(session, 2)
    address = open_roll_call(page, live_server)
    smartphone.set_offline(True)
    tap(page, awa)
    tap(page, ali)
    awa.delete()
    smartphone.set_offline(False)

    line = page.locator("[data-refused] li")
    line.wait_for()
    assert "n'est pas sur la liste de la session SEG-900" in line.inner_text()
    assert present(session) == {ali.pk: True}
    smartphone.set_offline(True)
    page.goto(address)
    assert line.count() == 1
    line.get_by_role("button", name="Abandonner").click()
    assert line.count() == 0


def test_code_typed_or_scanned_marks_present(
    page: Page, live_server: LiveServer, session: TrainingSession
) -> None:
    """Where the browser reads codes the camera is used; the short code is always there."""
    awa, ali = people_of(session, 2)
    page.add_init_script(CAMERA.replace("CODE", short_code(awa.pk)))
    open_roll_call(page, live_server)
    page.get_by_role("button", name="Scanner un code").click()
    said = page.locator("[data-scan] [role=status]")
    said.get_by_text("Awa PERSONNE01 est noté présent.").wait_for()

    page.fill("#scan-code", short_code(ali.pk).lower().replace("-", " "))
    page.keyboard.press("Enter")
    assert said.inner_text() == "Awa PERSONNE02 est noté présent."
    page.fill("#scan-code", "2222-3")
    page.keyboard.press("Enter")
    assert said.inner_text() == "Personne de cette session n'a ce code : 2222-3"
    page.get_by_role("button", name="Fermer").click()
    send_now(page)

    page.wait_for_function(NOTHING_WAITS)
    assert present(session) == {awa.pk: True, ali.pk: True}
    assert set(AttendanceMark.objects.values_list("source", flat=True)) == {"QR"}


# --- One phone for several people ---------------------------------------------------------------


def test_somebody_else_on_the_phone_sees_and_sends_nothing(
    page: Page, smartphone: BrowserContext, live_server: LiveServer, session: TrainingSession
) -> None:
    (awa,) = people_of(session, 1)
    make_user(person=make_person("KEITA", matricule="MAG-43"))
    address = open_roll_call(page, live_server)
    smartphone.set_offline(True)
    tap(page, awa)
    smartphone.clear_cookies()  # before the network: what waits leaves as soon as it is back
    smartphone.set_offline(False)

    enter(page, live_server, "MAG-43")

    assert not page.locator("[data-phone]").is_visible()
    assert not [name for name in held(page)["caches"] if name.startswith("p")]
    smartphone.set_offline(True)
    page.goto(address)
    assert "Pas de réseau" in page.locator("h1").inner_text()
    assert "SEG-900" not in page.locator("main").inner_text()
    assert AttendanceMark.objects.count() == 0
    smartphone.set_offline(False)
    smartphone.clear_cookies()
    enter(page, live_server, "FOR-1")
    page.wait_for_function(NOTHING_WAITS)
    assert present(session) == {awa.pk: True}


def test_signing_out_warns_of_unsent_marks_then_wipes(
    page: Page, smartphone: BrowserContext, live_server: LiveServer, session: TrainingSession
) -> None:
    awa, ali = people_of(session, 2)
    open_roll_call(page, live_server)
    smartphone.route("**/appel/envoi/", lambda route: route.abort())
    tap(page, awa)
    tap(page, ali)
    page.goto(f"{live_server.url}/compte/deconnexion/")

    warning = page.locator("[data-sign-out] fieldset")
    assert "pas encore envoyées : 2." in warning.inner_text()
    warning.get_by_text("Les perdre et me déconnecter").click()
    page.locator("[data-sign-out]").get_by_role("button", name="Se déconnecter").click()
    page.wait_for_url(f"{live_server.url}/")

    assert held(page) == {"caches": [], "localStorage": [], "databases": []}
    assert AttendanceMark.objects.count() == 0


def test_session_that_ended_asks_to_sign_in_and_keeps_the_marks(
    page: Page, smartphone: BrowserContext, live_server: LiveServer, session: TrainingSession
) -> None:
    (awa,) = people_of(session, 1)
    open_roll_call(page, live_server)
    smartphone.clear_cookies()
    tap(page, awa)

    send_now(page)

    assert "pour envoyer ce que ce téléphone garde : 1" in told(page, "login")
    assert figure(page, "wait") == 1


def test_phone_whose_session_was_taken_away_says_so_and_keeps_the_marks(
    page: Page, smartphone: BrowserContext, live_server: LiveServer, session: TrainingSession
) -> None:
    (awa,) = people_of(session, 1)
    open_roll_call(page, live_server)
    smartphone.route("**/appel/envoi/", lambda route: route.abort())
    tap(page, awa)
    session.session_trainers.all().delete()
    smartphone.unroute("**/appel/envoi/")
    page.goto(f"{live_server.url}/mon-espace/")

    assert "Cette session ne vous est plus ouverte" in told(page, "refused")
    assert len([name for name in held(page)["localStorage"] if "/r/" in name]) == 1
    assert AttendanceMark.objects.count() == 0
