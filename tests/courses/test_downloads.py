"""Downloads: one a day and document, never who, only a file really given."""

import datetime
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.test import Client, RequestFactory
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.models import Page

from courses.downloads import count_download, is_download
from courses.models import AwarenessPage, DownloadCount

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 11, 9)


def counted() -> list[tuple[str, datetime.date, int]]:
    rows = DownloadCount.objects.order_by("document", "day")
    return list(rows.values_list("document", "day", "downloads"))


def test_downloads_add_up_by_document_and_day(django_assert_num_queries) -> None:
    next_day = DAY + datetime.timedelta(days=1)
    for document, day in (("a", DAY), ("a", DAY), ("b", DAY), ("a", next_day)):
        with django_assert_num_queries(3):  # one statement, inside a transaction
            count_download(document=document, title=document.upper(), on=day)
    assert counted() == [("a", DAY, 2), ("a", next_day, 1), ("b", DAY, 1)]


def test_title_of_a_document_is_the_last_one() -> None:
    for title in ("Ancien titre", "Nouveau titre"):
        count_download(document="a", title=title, on=DAY)
    assert DownloadCount.objects.get().title == "Nouveau titre"


@pytest.fixture
def document(settings, tmp_path: Path) -> Document:
    stored = Document(title="Guide")
    stored.file.save("guide.pdf", ContentFile(b"%PDF guide"))
    stored.save()
    return stored


def test_document_of_the_library_is_counted_when_it_is_given(
    client: Client, document: Document
) -> None:
    for _ in range(2):
        answer = client.get(document.url)
        assert b"".join(answer.streaming_content) == b"%PDF guide"
    assert [(key, number) for key, _day, number in counted()] == [(f"document-{document.pk}", 2)]


@pytest.mark.parametrize(
    "headers",
    [
        {"if-none-match": '"x"'},
        {"if-modified-since": "Thu, 26 Nov 2026 00:00:00 GMT"},
        {"range": "bytes=500-"},
        {"sec-purpose": "prefetch"},
    ],
)
def test_what_is_not_a_download_is_not_counted(
    client: Client, document: Document, headers: dict[str, str]
) -> None:
    client.get(document.url, headers=headers).getvalue()
    assert client.get("/documents/999999/guide.pdf").status_code == 404
    assert counted() == []


def test_asking_about_a_file_is_not_a_download(rf: RequestFactory) -> None:
    assert [is_download(rf.head("/")), is_download(rf.get("/"))] == [False, True]
    assert is_download(rf.get("/", headers={"range": "bytes=0-"}))


def test_printable_sheet_is_counted_when_it_is_given(client: Client) -> None:
    root = Page.objects.get(slug="home")
    page = root.add_child(
        instance=AwarenessPage(title="Les signes", slug="signes", summary="Reconnaître.")
    )
    address = reverse("courses:awareness_sheet", args=[page.pk])

    for _ in range(2):
        assert client.get(address).status_code == 200
    client.head(address)

    assert [(key, number) for key, _day, number in counted()] == [("fiche-fr-signes", 2)]
    assert DownloadCount.objects.get().title == "Fiche : Les signes"


def test_count_holds_nothing_about_the_reader() -> None:
    assert {field.name for field in DownloadCount._meta.fields} == {
        "id", "document", "title", "day", "downloads",
    }  # fmt: skip
