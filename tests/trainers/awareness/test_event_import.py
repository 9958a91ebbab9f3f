"""Many events at once: nothing at the check, once at the application, each row judged."""

import datetime
from collections.abc import Sequence
from io import BytesIO

import openpyxl
import pytest
from django.utils import timezone

from accounts.enums import Role
from tests.factories.accounts import make_cercle, make_region, make_user
from tests.factories.trainers import workbook
from trainers.awareness.blank_events import HEADINGS, events_model
from trainers.awareness.event_import import EventReport, apply_events, check_events
from trainers.awareness.events import record_event
from trainers.models import AwarenessEvent, Evidence, Headcount

pytestmark = pytest.mark.django_db
TITLES = [
    "Nature", "Région ou cercle", "Lieu", "Date", "Thème", "Femmes", "Hommes", "Réponses après",
    "Réponses justes après",
]  # fmt: skip
A_DAY = datetime.date(2025, 3, 4)
MARKET = ["Dialogue communautaire", "Ségou", "Marché", A_DAY, "La loi", 12, 8, 20, 15]
SCHOOL = ["Journée mondiale", "Niono", "École", "30/07/2025", "", 30, "", "", ""]


def book(*rows: Sequence[object]) -> bytes:
    make_cercle()
    return workbook([TITLES, *rows])


def check(content: bytes, **more: object) -> EventReport:
    return check_events(content=content, name="actions.xlsx", scope=None, **more)


def test_check_tells_and_writes_nothing() -> None:
    report = check(book(MARKET, SCHOOL, MARKET, ["Fête", "Ségou", "", "hier"]))

    assert [(row.line, row.status, row.place, row.people) for row in report.rows] == [
        (2, "NEW", "Marché, Ségou", 20),
        (3, "NEW", "École, Niono", 30),
        (4, "REPEATED", "Marché, Ségou", 20),
        (5, "BAD", "Ségou", 0),
    ]
    assert (report.new, report.known, report.bad, report.people) == (2, 1, 1, 50)
    assert AwarenessEvent.objects.count() == Evidence.objects.count() == 0


def test_apply_records_the_good_rows_once() -> None:
    by, content = make_user(Role.FOCAL_POINT), book(MARKET, SCHOOL, ["Fête", "Ségou", "", "hier"])

    first = apply_events(content=content, name="actions.xlsx", scope=None, by=by)
    again = apply_events(content=content, name="actions.xlsx", scope=None, by=by)

    assert (first.new, again.new, again.known) == (2, 0, 2)
    market = AwarenessEvent.objects.get(place="Marché")
    assert (market.code, market.state, market.encoded_by) == ("ACT-SEG-2025-01", "TO_VALIDATE", by)
    assert (market.post_answers, market.post_knowing, market.theme) == (20, 15, "LAW")
    assert AwarenessEvent.objects.get(place="École").territory.code == "segou/niono"
    assert Headcount.objects.count() == 3
    assert Evidence.objects.get().kind == "EVENTS_FILE"


def test_event_known_under_the_same_facts_is_left_as_it_is() -> None:
    record_event(
        code="OLD-1",
        kind="COMMUNITY_DIALOGUE",
        territory=make_region(),
        place="MARCHE",
        held_on=datetime.date(2025, 3, 4),
        headcounts={("F", "ADULT"): 3},
    )

    report = check(book(MARKET))

    assert [(row.status, row.known) for row in report.rows] == [("KNOWN", "OLD-1")]


def test_territory_of_somebody_else_and_a_day_to_come_are_refused() -> None:
    kayes = make_region("kayes", "Kayes")
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)

    report = check_events(
        content=book(MARKET, ["Plaidoyer", "Kayes", "Mairie", tomorrow]),
        name="actions.xlsx",
        scope={kayes.pk},
    )

    assert [row.errors for row in report.rows] == [
        ("Ce territoire n'est pas le vôtre.",),
        ("La date est dans l'avenir.",),
    ]


def test_semicolons_in_the_alphabet_of_windows_are_read() -> None:
    make_cercle()
    lines = "Nature;Région;Date;Filles\nCauserie-débat;Ségou;4 mars 2025;7\n"
    report = check_events(content=lines.encode("cp1252"), name="actions.csv", scope=None)
    assert [(row.status, row.people) for row in report.rows] == [("NEW", 7)]


def test_five_thousand_blank_rows_are_not_events() -> None:
    make_region()
    lines = ["Nature;Région;Date;Total", *[";;;"] * 5000, "Plaidoyer;Ségou;04/03/2025;35"]
    content = "\n".join(lines).encode()
    report = check_events(content=content, name="actions.csv", scope=None)
    assert [(row.line, row.status) for row in report.rows] == [(5002, "NEW")]


def test_blank_workbook_is_one_that_the_import_reads() -> None:
    loaded = openpyxl.load_workbook(BytesIO(events_model()))
    assert [cell.value for cell in loaded["Actions"][1]] == list(HEADINGS)
    report = check(events_model())
    assert report.errors == ("Ce classeur ne contient aucune ligne sous ses titres.",)
    assert (report.unknown, report.rows) == ((), ())
