import hashlib
import io
import struct
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from accounts.enums import Role
from tests.factories.accounts import make_person, make_user
from tests.factories.trainers import make_session, make_trainer, staff
from trainers.evidence import read_evidence
from trainers.models import Evidence, TrainingSession
from trainers.photo_location import without_location

GPS, ORIENTATION = 0x8825, 0x0112
ADDRESS = "/sessions/SEG-1/appel/photos/"


def photo(*, is_placed: bool) -> bytes:
    """A JPEG turned by a quarter; with the position of Ségou, or without."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    if is_placed:
        exif.get_ifd(GPS).update({1: "N", 2: (13.0, 26.0, 0.0), 3: "W", 4: (6.0, 15.0, 0.0)})
    target = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(target, "JPEG", exif=exif)
    return target.getvalue()


def test_position_goes_and_the_picture_stays_bit_for_bit() -> None:
    sent = photo(is_placed=True)
    assert Image.open(io.BytesIO(sent)).getexif().get_ifd(GPS)

    kept = without_location(sent)

    read = Image.open(io.BytesIO(kept))
    assert (read.getexif().get_ifd(GPS), read.getexif()[ORIENTATION]) == ({}, 6)
    assert kept[kept.index(b"\xff\xdb") :] == sent[sent.index(b"\xff\xdb") :]


@pytest.mark.parametrize(
    "content",
    [photo(is_placed=False), b"%PDF-1.7", b"", b"\xff\xd8", b"\xff\xd8\xff\xe1", b"\x89PNG"],
)
def test_file_without_position_is_the_very_same(content: bytes) -> None:
    assert without_location(content) == content


def test_block_that_nobody_can_read_is_left_out() -> None:
    broken = b"\xff\xd8\xff\xe1\x00\x0cExif\x00\x00ZZZZ\xff\xdb\x00\x03\x00\xff\xd9"
    assert without_location(broken) == b"\xff\xd8\xff\xdb\x00\x03\x00\xff\xd9"


# --- Pages of the signed sheet ------------------------------------------------------------------


def test_block_that_lies_on_its_types_is_left_out() -> None:
    """A name of maker that is a number: the library reads it and cannot write it again."""
    maker = struct.pack("<HHIf", 0x010F, 11, 1, 1.0)
    place = struct.pack("<HHII", 0x8825, 4, 1, 0)
    facts = b"Exif\x00\x00II*\x00\x08\x00\x00\x00\x02\x00" + maker + place + b"\x00" * 4
    block = b"\xff\xe1" + (len(facts) + 2).to_bytes(2, "big") + facts

    assert without_location(b"\xff\xd8" + block + b"\xff\xd9") == b"\xff\xd8\xff\xd9"


@pytest.fixture
def session(client: Client, db: None) -> TrainingSession:
    person = make_person("DIALLO", "Sira")
    session = make_session("SEG-1")
    staff(session, make_trainer(person))
    client.force_login(make_user(Role.TRAINER, person=person))
    return session


def send(client: Client, *files: tuple[str, bytes]) -> Any:
    pages = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(ADDRESS, {"pages": pages}, follow=True)


def said(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def test_pages_are_kept_with_the_hash_of_what_is_kept(
    client: Client, session: TrainingSession
) -> None:
    answer = send(client, ("page1.jpg", photo(is_placed=True)), ("page2.pdf", b"%PDF-1.7 2"))

    first, second = Evidence.objects.order_by("pk")
    assert (first.kind, second.kind) == ("SIGNED_SHEET", "SIGNED_SHEET")
    for one in (first, second):
        assert one.sha256 == hashlib.sha256(read_evidence(one)).hexdigest()
    assert said(answer) == [
        f"« page1.jpg » est gardé. Empreinte SHA-256 : {first.sha256[:16]}…. "
        "La position GPS en a été retirée : l'empreinte est celle du fichier gardé.",
        f"« page2.pdf » est gardé. Empreinte SHA-256 : {second.sha256[:16]}….",
    ]
    send(client, ("page1.jpg", photo(is_placed=True)))
    assert Evidence.objects.count() == 2


def test_page_that_cannot_be_kept_is_told_beside_the_others(
    client: Client, session: TrainingSession
) -> None:
    answer = send(client, ("a.exe", b"x"), ("vide.pdf", b""), ("b.pdf", b"%PDF"))

    assert said(answer)[0] == "« a.exe » n'est ni une photo ni un PDF."
    assert [one.original_name for one in Evidence.objects.all()] == ["b.pdf"]


def test_no_page_and_too_many_are_told(client: Client, session: TrainingSession) -> None:
    assert said(send(client)) == ["Choisissez au moins une photo ou un PDF de la feuille signée."]
    many = [(f"{number}.pdf", b"%PDF") for number in range(21)]
    assert said(send(client, *many)) == [
        "Vingt pages au plus à la fois : envoyez le reste ensuite."
    ]
    assert Evidence.objects.count() == 0


def test_pages_of_somebody_elses_session_are_refused(
    client: Client, session: TrainingSession
) -> None:
    stranger = make_person()
    make_trainer(stranger)
    client.force_login(make_user(Role.TRAINER, person=stranger))
    assert send(client, ("b.pdf", b"%PDF")).status_code == 404
    client.force_login(make_user())
    assert send(client, ("b.pdf", b"%PDF")).status_code == 403
    assert Evidence.objects.count() == 0
