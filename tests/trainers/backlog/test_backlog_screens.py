import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.enums import Role
from accounts.models import Territory, User
from accounts.reference_data import load_reference_data
from tests.factories.accounts import make_user
from tests.factories.trainers import make_curriculum, workbook
from tests.trainers.backlog.test_partner_import import HEAD as REPORT_HEAD
from tests.trainers.backlog.test_partner_import import line, record
from tests.trainers.backlog.test_session_import import PEOPLE, about, one_session, several
from trainers.backlog.partner_import import apply_partner_reports
from trainers.models import Evidence, PartnerReport, TrainingSession
from trainers.participation.rule_sets import create_first_rule_set

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def plan() -> None:
    load_reference_data()
    create_first_rule_set()
    make_curriculum()


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def upload(content: bytes, name: str = "ancien.xlsx") -> dict[str, object]:
    return {"file": SimpleUploadedFile(name, content)}


def test_old_session_is_checked_then_opened_from_the_screen() -> None:
    user = make_user(Role.FOCAL_POINT)
    client = client_of(user)
    preview = client.post("/sessions/anciennes/", upload(one_session()))
    kept = Evidence.objects.get()
    assert preview["Location"] == f"/sessions/anciennes/{kept.pk}/"
    page = client.get(preview["Location"]).content.decode()
    assert "Atelier de Ségou" in page
    assert TrainingSession.objects.count() == 0

    for _turn in range(2):  # a double click
        done = client.post(preview["Location"], {"sha256": kept.sha256})
    assert done.status_code == 302
    session = TrainingSession.objects.get()
    assert (session.state, session.encoded_by) == ("TO_VALIDATE", user)
    imports = client.get(f"/sessions/{session.code}/import/").content.decode()
    assert kept.sha256 in imports
    assert "3 présences enregistrées" in imports
    assert "1 session ouverte" in client.get("/sessions/anciennes/").content.decode()


def test_unreadable_file_is_refused_on_the_form() -> None:
    client = client_of(make_user(Role.COMMITTEE))
    page = client.post("/sessions/anciennes/", upload(b"%PDF-1.7 liste")).content.decode()
    assert "Ce fichier est un document à lire ou une image" in page
    assert Evidence.objects.count() == 0


def test_file_of_another_focal_point_is_not_found() -> None:
    owner = client_of(make_user(Role.FOCAL_POINT))
    address = owner.post("/sessions/anciennes/", upload(one_session()))["Location"]
    kayes = Territory.objects.get(code="kayes")
    stranger = client_of(make_user(Role.FOCAL_POINT, territory=kayes))

    assert stranger.get(address).status_code == 404
    assert "ancien.xlsx" not in stranger.get("/sessions/anciennes/").content.decode()
    assert client_of(make_user(Role.COMMITTEE)).get(address).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/sessions/anciennes/",
        "/sessions/anciennes/modele/",
        "/rapports-partenaires/",
        "/rapports-partenaires/nouveau/",
        "/rapports-partenaires/import/",
        "/rapports-partenaires/import/modele/",
    ],
)
def test_backlog_is_for_focal_points_and_the_committee(address: str) -> None:
    assert client_of(make_user(Role.TRAINER)).get(address).status_code == 403
    assert client_of(make_user(Role.PARTNER)).get(address).status_code == 403
    assert client_of(make_user(Role.FOCAL_POINT)).get(address).status_code == 200
    assert Client().get(address).status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_preview_of_old_sessions_asks_as_often_for_1_as_for_3(
    count: int, django_assert_num_queries
) -> None:
    client = client_of(make_user(Role.COMMITTEE))
    rows = [[*about(f"S-{number}"), *PEOPLE[number % 2]] for number in range(count)]
    address = client.post("/sessions/anciennes/", upload(several(*rows)))["Location"]
    client.get(address)
    with django_assert_num_queries(14):
        client.get(address)


def test_partner_reports_are_checked_then_kept_from_the_screen() -> None:
    client = client_of(make_user(Role.FOCAL_POINT))
    content = workbook([REPORT_HEAD, line(sex="F", people=12), line(sex="M", people=8)])
    address = client.post("/rapports-partenaires/import/", upload(content))["Location"]
    assert "Effectif : 20" in " ".join(client.get(address).content.decode().split())
    assert PartnerReport.objects.count() == 0
    kept = Evidence.objects.get()
    for _turn in range(2):
        client.post(address, {"sha256": kept.sha256})

    report = PartnerReport.objects.get()
    assert report.evidence == kept
    page = client.get("/rapports-partenaires/").content.decode()
    assert "2024 : 20" in page
    sent = client.get(f"/rapports-partenaires/{report.pk}/fichier/")
    assert b"".join(sent.streaming_content) == content
    assert kept.accesses.count() == 1


def test_typed_report_is_kept_once() -> None:
    client = client_of(make_user(Role.FOCAL_POINT))
    facts = {
        "partner": "ONG fictive", "title": "Causeries", "type": "AWARENESS", "territory": "segou",
        "held_from": "2024-03-04", "held_to": "2024-03-05", "n_F_magistrat": "3", "n_X_none": "9",
    }  # fmt: skip
    for _turn in range(2):
        assert client.post("/rapports-partenaires/nouveau/", facts).status_code == 302
    again = client.post("/rapports-partenaires/nouveau/", {**facts, "n_F_magistrat": "4"})

    assert "déjà gardé avec d&#x27;autres effectifs" in again.content.decode()
    counts = PartnerReport.objects.get().headcounts.values_list("sex", "category__code", "people")
    assert set(counts) == {("F", "magistrat", 3), ("", None, 9)}


def test_reports_of_another_territory_are_not_shown() -> None:
    apply_partner_reports(
        content=workbook([REPORT_HEAD, line(place="Kayes", partner="Secret de Kayes")]),
        name="a.xlsx",
    )
    report = PartnerReport.objects.get()
    client = client_of(make_user(Role.FOCAL_POINT))
    page = client.get("/rapports-partenaires/").content.decode()

    assert "Secret de Kayes" not in page
    assert client.get(f"/rapports-partenaires/{report.pk}/fichier/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_reports_asks_as_often_for_1_as_for_3(
    count: int, django_assert_num_queries
) -> None:
    for number in range(count):
        record(title=f"Causerie {number}")
    client = client_of(make_user(Role.COMMITTEE))
    client.get("/rapports-partenaires/")
    with django_assert_num_queries(6):
        client.get("/rapports-partenaires/")
