"""The PDF: one page a certificate, every letter of a name, fast enough for a whole session."""

import json
import re
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import certificates
from certificates.issue import issue_for_session
from certificates.models import Certificate
from certificates.sheets import check_address, pdf_of, sheet_inputs
from courses.printing import compile_pdf
from courses.qr_codes import qr_svg
from tests.factories.accounts import make_person
from tests.factories.certificates import (
    ISSUED_AT,
    make_certificate,
    make_committee,
    make_validated_session,
)

pytestmark = pytest.mark.django_db

BAMBARA = "Ŋana Ɲɛnɛ Ɔlɔgɔ"


def page_count(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def letters_of(pdf: bytes) -> set[str]:
    """Every letter that the fonts of the file map back to text."""
    found: set[str] = set()
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            text = zlib.decompress(stream)
        except zlib.error:
            text = stream
        if b"beginbfchar" in text:
            for code in re.findall(rb"<[0-9A-Fa-f]+> <([0-9A-Fa-f]+)>", text):
                found.update(bytes.fromhex(code.decode()).decode("utf-16-be"))
    return found


def test_the_pdf_is_one_tagged_page_with_every_letter() -> None:
    certificate = make_certificate(make_person("TRAORÉ", BAMBARA))

    pdf = pdf_of([certificate])

    assert pdf.startswith(b"%PDF-")
    assert page_count(pdf) == 1
    assert b"/StructTreeRoot" in pdf
    assert b"/Lang" in pdf
    assert f"{certificate.content['title']} {certificate.number}".encode() in pdf
    missing = set(f"{BAMBARA} TRAORÉ {certificate.number}") - letters_of(pdf) - {" "}
    assert missing == set()


def test_what_a_name_holds_is_printed_and_never_run() -> None:
    certificate = make_certificate(make_person("#panic()", '"$*_'))

    (sheet,) = json.loads(sheet_inputs([certificate])["sheets"])

    assert sheet["name"] == '"$*_ #panic()'
    assert page_count(pdf_of([certificate])) == 1


def test_the_sheet_holds_the_facts_and_neither_score_nor_phone() -> None:
    certificate = make_certificate(make_person("TRAORÉ", "Fanta", phone="76112233"), code="SEG-9")

    text = sheet_inputs([certificate])["sheets"]
    (sheet,) = json.loads(text)

    assert sheet["facts"] == [
        ["Dates", "du 12 au 13 mai 2025"],
        ["Durée", "14\u00a0h"],
        ["Lieu", "Ségou"],
        ["Version", "1.0"],
        ["Session", "SEG-9"],
        ["Valable jusqu’au", "13 mai 2027"],
    ]
    assert sheet["issued"] == "délivrée le 2 juin 2025"
    assert sheet["replaces"] == ""
    assert "76112233" not in text


def test_the_qr_code_is_the_signed_address() -> None:
    certificate = make_certificate()

    drawn = ET.fromstring(qr_svg(check_address(certificate)))

    assert check_address(certificate).startswith("http://127.0.0.1:8000/attestations/verifier/")
    size = int(drawn.attrib["viewBox"].split()[-1]) - 4
    assert size <= 69  # version 13


def test_a_session_is_one_pdf_and_more_than_ten_pages_a_second() -> None:
    committee = make_committee()
    people = [make_person() for _ in range(25)]
    session = make_validated_session(*people, by=committee)
    pdf_of([make_certificate()])  # the compiler of this thread is ready

    start = time.process_time()
    issued = issue_for_session(session=session, by=committee, at=ISSUED_AT)
    pdf = pdf_of(issued)
    seconds = time.process_time() - start

    assert (len(issued), page_count(pdf)) == (25, 25)
    assert 25 / seconds >= 10


def test_two_threads_print_at_once() -> None:
    certificate = make_certificate()
    inputs = sheet_inputs([certificate])
    source = Path(certificates.__file__).with_name("sheet.typ").read_text(encoding="utf-8")

    with ThreadPoolExecutor(4) as threads:
        pages = list(threads.map(lambda _: compile_pdf(source, inputs), range(8)))

    assert [page_count(page) for page in pages] == [1] * 8


def test_printing_changes_nothing() -> None:
    certificate = make_certificate()
    before = Certificate.objects.values().get()

    pdf_of([certificate])

    assert Certificate.objects.values().get() == before
