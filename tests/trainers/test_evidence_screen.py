import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.enums import Role
from tests.factories.accounts import make_region, make_user
from tests.factories.trainers import make_session
from trainers.evidence import store_evidence
from trainers.models import Evidence, EvidenceAccess, TrainingSession

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(client: Client) -> TrainingSession:
    client.force_login(make_user(Role.FOCAL_POINT))
    return make_session("SEG-1")


def file(content: bytes = b"%PDF rapport", name: str = "rapport.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/html")


def test_file_is_left_listed_and_opened_with_a_trace(
    client: Client, session: TrainingSession
) -> None:
    client.post("/sessions/SEG-1/pieces/", {"kind": "REPORT", "file": file()})
    evidence = Evidence.objects.get()
    page = client.get("/sessions/SEG-1/pieces/").content.decode()
    assert "rapport.pdf" in page
    assert EvidenceAccess.objects.count() == 0

    answer = client.get(f"/sessions/SEG-1/pieces/{evidence.pk}/")
    assert b"".join(answer.streaming_content) == b"%PDF rapport"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="rapport.pdf"'
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert EvidenceAccess.objects.get().evidence == evidence


def test_new_version_replaces_one_of_the_same_kind(
    client: Client, session: TrainingSession
) -> None:
    first = store_evidence(kind="REPORT", content=b"a", name="a.pdf", session=session)
    data = {"kind": "AGENDA", "file": file(), "replaces": first.pk}
    refused = client.post("/sessions/SEG-1/pieces/", data)
    assert list(refused.context["form"].errors) == ["replaces"]
    client.post("/sessions/SEG-1/pieces/", {**data, "kind": "REPORT", "file": file()})
    assert Evidence.objects.get(replaces=first).original_name == "rapport.pdf"


def test_program_is_refused(client: Client, session: TrainingSession) -> None:
    data = {"kind": "REPORT", "file": file(b"MZ", "rapport.exe")}
    answer = client.post("/sessions/SEG-1/pieces/", data)
    assert list(answer.context["form"].errors) == ["file"]
    assert Evidence.objects.count() == 0


def test_import_cannot_be_left_as_a_piece(client: Client, session: TrainingSession) -> None:
    data = {"kind": "ATTENDANCE_FILE", "file": file()}
    assert list(client.post("/sessions/SEG-1/pieces/", data).context["form"].errors) == ["kind"]


@pytest.mark.parametrize(
    ("role", "status"), [(Role.FOCAL_POINT, 404), (Role.TRAINER, 404), (Role.PARTNER, 403)]
)
def test_file_is_closed_to_others_and_nothing_is_logged(
    client: Client, role: str, status: int
) -> None:
    session = make_session("SEG-1")
    evidence = store_evidence(kind="REPORT", content=b"secret", name="a.pdf", session=session)
    client.force_login(make_user(role, territory=make_region("kayes", "Kayes")))
    answer = client.get(f"/sessions/SEG-1/pieces/{evidence.pk}/")

    assert answer.status_code == status
    assert b"secret" not in answer.content
    assert EvidenceAccess.objects.count() == 0


def test_file_of_another_session_is_not_found(client: Client, session: TrainingSession) -> None:
    kayes = make_session("KAY-1", territory=make_region("kayes", "Kayes"))
    evidence = store_evidence(kind="REPORT", content=b"secret", name="a.pdf", session=kayes)
    assert client.get(f"/sessions/SEG-1/pieces/{evidence.pk}/").status_code == 404


@pytest.mark.parametrize("files", [1, 3])
def test_page_asks_as_often_for_1_file_as_for_3(
    client: Client, session: TrainingSession, files: int, django_assert_num_queries
) -> None:
    for number in range(files):
        content = f"{number}".encode()
        store_evidence(kind="REPORT", content=content, name="a.pdf", session=session)
    with django_assert_num_queries(9):
        client.get("/sessions/SEG-1/pieces/")
