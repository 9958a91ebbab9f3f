"""Two phones on one session, cut at random while they send: no mark is lost, none is doubled."""

import random
from collections import Counter

import pytest
from playwright.sync_api import BrowserContext, Page, Route
from pytest_django.live_server_helper import LiveServer

from accounts.enums import Role
from tests.browser.roll_call_steps import (
    NOTHING_WAITS,
    enter,
    open_roll_call,
    second_phone,
    tap,
)
from tests.factories.accounts import make_person, make_user
from tests.factories.trainers import attend, make_trainer, staff
from trainers.models import AttendanceMark, Participation, TrainingSession
from trainers.participation.marks import contradicted_pairs

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PEOPLE, STRETCH = 40, 10
QUEUED = "Object.keys(localStorage).filter((key) => key.includes('/r/')).length"
UUIDS = """Object.keys(localStorage).filter((key) => key.includes('/r/'))
    .map((key) => JSON.parse(localStorage.getItem(key)).d.id)"""
# What becomes of each sending: refused by the network, lost on the way back, or whole.
FATES = ("before", "after", "after", "whole")


class Network:
    """Cuts sendings as drawn: before the server, after it, or not at all."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.cuts = Counter[str]()

    def cut(self, route: Route) -> None:
        fate = self.draw.choice(FATES)
        self.cuts[fate] += 1
        if fate == "before":
            route.abort()
        elif fate == "after":
            route.fetch()
            route.abort()
        else:
            route.continue_()


class Phone:
    """One phone of one trainer, its browser's tab killed and opened again."""

    def __init__(self, context: BrowserContext, seed: int) -> None:
        self.context = context
        self.network = Network(seed)
        self.draw = random.Random(seed + 1)
        self.page: Page = context.new_page()
        self.address = ""
        self.made: set[str] = set()

    def call(self, people: list[Participation], absent: set[int]) -> None:
        """Mark some people in flight mode; the tab is killed once on the way."""
        self.context.set_offline(True)
        self.page.goto(self.address)
        kill = self.draw.randrange(len(people))
        for rank, one in enumerate(people):
            if rank == kill:
                self.reopen()
            tap(self.page, one, "absent" if one.pk in absent else "present")
            self.made |= set(self.page.evaluate(UUIDS))
        self.context.set_offline(False)

    def reopen(self) -> None:
        self.page.close()
        self.page = self.context.new_page()
        self.page.goto(self.address)

    def send_until_cut(self) -> bool:
        """One try to send, then the tab is killed; whether nothing waits any more."""
        self.page.goto(self.address)
        if self.page.evaluate(QUEUED):
            with self.page.expect_event(
                "console", lambda message: message.text == "tried", timeout=10_000
            ):
                self.page.evaluate(
                    "addEventListener('sent', () => console.log('tried'), { once: true });"
                    "dispatchEvent(new Event('online'))"
                )
        is_empty = self.page.evaluate(QUEUED) == 0
        self.reopen()
        return is_empty


@pytest.mark.parametrize("seed", [7, 2023])
def test_two_phones_lose_no_mark_and_double_none(
    smartphone: BrowserContext, live_server: LiveServer, session: TrainingSession, seed: int
) -> None:
    people = [
        attend(session, make_person(f"PERSONNE{one:02}", "Awa"), positions=[])
        for one in range(PEOPLE)
    ]
    for matricule in ("FOR-1", "FOR-2"):
        person = make_person("DIALLO", matricule, matricule=matricule)
        staff(session, make_trainer(person))
        make_user(Role.TRAINER, person=person)
    other = second_phone(smartphone)
    phones = [Phone(smartphone, seed), Phone(other, seed + 100)]
    for phone, matricule in zip(phones, ("FOR-1", "FOR-2"), strict=True):
        enter(phone.page, live_server, matricule)
        phone.address = open_roll_call(phone.page, live_server)
    late = {one.pk for one in people[:5]}  # absent for the second phone only

    for phone in phones:
        phone.context.route("**/appel/envoi/", phone.network.cut)
    for start in range(0, PEOPLE, STRETCH):
        for phone, absent in zip(phones, (set(), late), strict=True):
            phone.call(people[start : start + STRETCH], absent)
            phone.send_until_cut()
    waiting = list(phones)
    while waiting:
        waiting = [phone for phone in waiting if not phone.send_until_cut()]
    for phone in phones:
        phone.context.unroute("**/appel/envoi/")
        phone.page.wait_for_function(NOTHING_WAITS)
    other.close()

    kept = [str(uuid) for uuid in AttendanceMark.objects.values_list("uuid", flat=True)]
    made = phones[0].made | phones[1].made
    assert (len(kept), len(made), set(kept)) == (2 * PEOPLE, 2 * PEOPLE, made)
    assert {pair[0] for pair in contradicted_pairs(session)} == late
    cuts = phones[0].network.cuts + phones[1].network.cuts
    assert min(cuts[fate] for fate in FATES) > 0, cuts
