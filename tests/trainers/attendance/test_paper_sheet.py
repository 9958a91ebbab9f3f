"""What is printed: the sheet in two pages, the badges, and the code on a learner's own page."""

import re
import subprocess
from pathlib import Path

import pytest
import time_machine
from django.test import Client

from accounts.enums import Role
from accounts.people import find_organization
from tests.factories.accounts import make_cercle, make_person, make_profession, make_user
from tests.factories.trainers import START, attend, make_session, make_trainer, staff
from trainers.attendance.paper_sheet import attendance_sheet, badge_sheet
from trainers.attendance.short_codes import short_code
from trainers.models import Participation, TrainingSession
from trainers.participation.records import FrozenProfile, enrol

pytestmark = pytest.mark.django_db


def pages_of(pdf: bytes, folder: Path) -> list[str]:
    """The text of each page, as it is laid out."""
    path = folder / "sheet.pdf"
    path.write_bytes(pdf)
    text = subprocess.run(
        ["/usr/bin/pdftotext", "-layout", str(path), "-"], capture_output=True, check=True
    ).stdout.decode()
    return text.split("\f")[:-1]


def group_of(session: TrainingSession, count: int) -> list[Participation]:
    long_name = "Tribunal de grande instance de la commune rurale de Niono et environs"
    frozen = FrozenProfile(
        sex="F",
        profession=make_profession("opj", "Enquêteur de la gendarmerie nationale du Mali"),
        organization=find_organization(name=long_name),
        territory=make_cercle(),
    )
    return [
        enrol(
            session=session,
            person=make_person(f"COULIBALY-DIARRA{one:02}", "Aminata Fatoumata", phone="76000001"),
            frozen=frozen,
        )
        for one in range(count)
    ]


def test_twenty_five_people_and_four_half_days_fit_two_pages(tmp_path: Path) -> None:
    session = make_session("SEG-1", venue="Salle de conférence")
    staff(session, make_trainer(make_person("DIALLO", "Sira")))
    people = group_of(session, 25)

    pages = pages_of(attendance_sheet(session), tmp_path)

    assert len(pages) == 2
    whole = "\n".join(pages)
    assert [code for one in people if (code := short_code(one.pk)) not in whole] == []
    for number, page in enumerate(pages, start=1):
        assert page.count("Téléphone") == 1  # the headings come again
        assert all(half in page for half in ("J1 matin", "J1 après-midi", "J2 matin"))
        assert f"page {number}/2" in page
    for said in ("SEG-1", "du 12 au 13 mai 2025", "Salle de conférence, Ségou", "Sira DIALLO"):
        assert said in pages[0]
    assert "76 00 00 01" in pages[0]
    assert re.search(r"^\s*30\s*$", pages[1], re.MULTILINE)  # five blank rows for walk-ins
    assert "Un second témoin de l'appel" in pages[1]


def test_many_half_days_take_a_sheet_more(tmp_path: Path) -> None:
    session = make_session("SEG-1", slot_count=8)
    group_of(session, 3)

    pages = pages_of(attendance_sheet(session), tmp_path)

    assert len(pages) == 2
    assert ("J3 matin" in pages[0], "J4 matin" in pages[0]) == (True, False)
    assert "J4 matin" in pages[1]


def test_sheet_of_nobody_and_hostile_names_print_as_they_are(tmp_path: Path) -> None:
    session = make_session("SEG-1")
    assert len(pages_of(attendance_sheet(session), tmp_path)) == 1
    attend(session, make_person("#import <x> $1", '"]'))

    assert "#import <x> $1" in pages_of(attendance_sheet(session), tmp_path)[0]


def test_badges_are_ten_a_page_each_with_the_code(tmp_path: Path) -> None:
    session = make_session("SEG-1")
    people = group_of(session, 11)

    pages = pages_of(badge_sheet(session), tmp_path)

    assert len(pages) == 2
    assert sum(short_code(one.pk) in pages[0] for one in people) == 10


@pytest.mark.parametrize("path", ["feuille", "badges"])
def test_pdf_opens_to_those_who_open_the_session(path: str, client: Client) -> None:
    session = make_session("SEG-1")
    attend(session, make_person("SECRET"))
    client.force_login(make_user(Role.COMMITTEE))
    answer = client.get(f"/sessions/SEG-1/appel/{path}/")
    assert answer.content.startswith(b"%PDF")

    stranger = make_person()
    make_trainer(stranger)
    client.force_login(make_user(Role.TRAINER, person=stranger))
    assert client.get(f"/sessions/SEG-1/appel/{path}/").status_code == 404
    client.force_login(make_user())
    assert client.get(f"/sessions/SEG-1/appel/{path}/").status_code == 403


# --- « Mon code » ------------------------------------------------------------------------------


@time_machine.travel(f"{START}T08:00:00Z", tick=False)
def test_learner_sees_the_own_code_of_sessions_that_are_not_over(client: Client) -> None:
    person = make_person("DIARRA", "Awa")
    one = enrol(session=make_session("SEG-1"), person=person)
    enrol(session=make_session("SEG-0", starts_on=START.replace(year=2024)), person=person)
    other = attend(make_session("SEG-2"), make_person("SECRET"))
    client.force_login(make_user(person=person))

    page = client.get("/mon-code/")

    assert [code["code"] for code in page.context["codes"]] == [short_code(one.pk)]
    assert short_code(other.pk) not in page.content.decode()


@pytest.mark.parametrize("count", [1, 3])
@time_machine.travel(f"{START}T08:00:00Z", tick=False)
def test_own_codes_ask_as_often_for_1_session_as_for_3(
    client: Client, count: int, django_assert_num_queries
) -> None:
    person = make_person()
    for _ in range(count):
        enrol(session=make_session(), person=person)
    client.force_login(make_user(person=person))
    with django_assert_num_queries(4):
        assert len(client.get("/mon-code/").context["codes"]) == count


def test_visitor_is_asked_to_sign_in(client: Client) -> None:
    assert client.get("/mon-code/").status_code == 302
