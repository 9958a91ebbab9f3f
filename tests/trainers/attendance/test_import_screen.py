from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.enums import Role
from accounts.reference_data import load_reference_data
from tests.factories.accounts import make_person, make_user
from tests.factories.trainers import attend, make_session, make_trainer, staff, workbook
from trainers.attendance.sheet_import import check_attendance
from trainers.models import AttendanceMark, Evidence, Participation, TrainingSession

pytestmark = pytest.mark.django_db
SEGOU = Path(__file__).parents[2] / "data" / "session-segou" / "attendance.xlsx"


@pytest.fixture
def session(client: Client) -> TrainingSession:
    load_reference_data()
    person = make_person()
    session = make_session("SEG-2025-01")
    staff(session, make_trainer(person))
    client.force_login(make_user(Role.TRAINER, person=person))
    return session


def send(client: Client, content: bytes, name: str = "presence.xlsx") -> str:
    answer = client.post(
        "/sessions/SEG-2025-01/import/", {"file": SimpleUploadedFile(name, content)}
    )
    return answer.headers["Location"]


def test_segou_workbook_goes_through_the_screens(client: Client, session: TrainingSession) -> None:
    address = send(client, SEGOU.read_bytes())
    assert Participation.objects.count() == 0
    page = client.get(address)
    report = page.context["report"]
    assert (report.rows_in_file, report.persons, report.bad_rows) == (38, 36, 1)
    assert [row.line for row in page.context["rows_to_see"]] == [41, 40]
    assert "Atlantide" in page.content.decode()

    client.post(address, {"sha256": report.sha256})
    assert Participation.objects.trained().count() == 24
    marks = AttendanceMark.objects.count()
    again = client.get(address)
    assert again.context["report"].already_applied
    assert not again.context["can_apply"]
    client.post(address, {"sha256": report.sha256})
    assert (AttendanceMark.objects.count(), Evidence.objects.count()) == (marks, 1)


def test_apply_names_the_file_that_was_shown(client: Client, session: TrainingSession) -> None:
    address = send(client, workbook([["Nom", "J1 matin"], ["KONE Awa", "x"]]))
    answer = client.post(address, {"sha256": "0" * 64})
    assert answer.status_code == 200
    assert Participation.objects.count() == 0


def test_unreadable_file_is_told_and_not_kept(client: Client, session: TrainingSession) -> None:
    answer = client.post(
        "/sessions/SEG-2025-01/import/", {"file": SimpleUploadedFile("a.xlsx", b"bonjour")}
    )
    assert list(answer.context["form"].errors) == ["file"]
    assert Evidence.objects.count() == 0


def test_sheet_with_an_unknown_half_day_is_shown_and_cannot_be_applied(
    client: Client, session: TrainingSession
) -> None:
    address = send(client, workbook([["Nom", "J9 matin"], ["KONE Awa", "x"]]))
    page = client.get(address)
    assert "J9 matin" in page.content.decode()
    assert not page.context["can_apply"]
    client.post(address, {"sha256": page.context["report"].sha256})
    assert Participation.objects.count() == 0


def test_file_of_another_session_is_not_found(client: Client, session: TrainingSession) -> None:
    address = send(client, workbook([["Nom", "J1 matin"], ["SECRET Nom", "x"]]))
    make_session("SEG-2025-02", encoded_by=session.session_trainers.get().trainer.person.user)
    answer = client.get(address.replace("SEG-2025-01", "SEG-2025-02"))
    assert answer.status_code == 404
    assert b"SECRET" not in answer.content


def test_blank_sheet_is_read_back_by_the_import(client: Client, session: TrainingSession) -> None:
    attend(session, make_person("KONE", "=cmd()", phone="76000001"), positions=[])
    content = client.get("/sessions/SEG-2025-01/import/modele/").content
    sheet = openpyxl.load_workbook(BytesIO(content)).active

    assert [cell.value for cell in sheet[3]][-4:] == [
        "J1 matin",
        "J1 après-midi",
        "J2 matin",
        "J2 après-midi",
    ]
    assert [cell.value for cell in sheet[4]][:5] == [1, "KONE", "'=cmd()", None, "'+22376000001"]
    assert "f" not in {cell.data_type for cell in sheet[4]}
    report = check_attendance(session=session, content=content, name="a.xlsx")
    assert (report.rows_in_file, report.matched_persons, report.errors) == (1, 1, ())


@pytest.mark.parametrize("files", [1, 3])
def test_upload_page_asks_as_often_for_1_file_as_for_3(
    client: Client, session: TrainingSession, files: int, django_assert_num_queries
) -> None:
    for number in range(files):
        send(client, workbook([["Nom", "J1 matin"], [f"KONE Awa{number}", "x"]]))
    with django_assert_num_queries(6):
        answer = client.get("/sessions/SEG-2025-01/import/")
    assert len(answer.context["files"]) == files
