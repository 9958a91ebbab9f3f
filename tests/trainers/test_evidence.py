import hashlib

import pytest

from accounts.enums import Role
from tests.factories.accounts import make_user
from tests.factories.trainers import make_session
from trainers.enums import EvidenceKind
from trainers.evidence import EvidenceRefused, open_evidence, read_evidence, store_evidence
from trainers.models import Evidence, EvidenceAccess

pytestmark = pytest.mark.django_db
KIND = EvidenceKind.REPORT


def test_file_is_kept_with_its_checksum() -> None:
    by = make_user(Role.TRAINER)
    session = make_session()
    name = "C:\\Mes documents\\Rapport final.PDF"
    evidence = store_evidence(kind=KIND, content=b"rapport", name=name, session=session, by=by)

    assert evidence.sha256 == hashlib.sha256(b"rapport").hexdigest()
    assert (evidence.size, evidence.original_name) == (7, "Rapport final.PDF")
    assert (evidence.uploaded_by, evidence.session) == (by, session)
    assert evidence.file.name == f"{evidence.sha256[:2]}/{evidence.sha256}.pdf"
    assert read_evidence(evidence) == b"rapport"
    assert EvidenceAccess.objects.count() == 0


def test_same_content_is_kept_once_per_session_and_kind() -> None:
    session = make_session()
    first = store_evidence(kind=KIND, content=b"a", name="a.pdf", session=session)

    assert store_evidence(kind=KIND, content=b"a", name="b.pdf", session=session) == first
    store_evidence(kind=EvidenceKind.AGENDA, content=b"a", name="a.pdf", session=session)
    other = store_evidence(kind=KIND, content=b"a", name="a.pdf", session=make_session())
    assert Evidence.objects.count() == 3
    assert other.file.name == first.file.name


def test_replacing_makes_a_new_version() -> None:
    session = make_session()
    first = store_evidence(kind=KIND, content=b"a", name="a.pdf", session=session)
    second = store_evidence(kind=KIND, content=b"b", name="a.pdf", session=session, replaces=first)
    assert (second.replaces, first.replaced_by) == (first, second)


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "a.pdf", "Le fichier « a.pdf » est vide."),
        (b"0" * (20 * 1024 * 1024 + 1), "a.pdf", "Le fichier « a.pdf » dépasse 20 Mo."),
        (
            b"MZ",
            "a.exe",
            "« a.exe » n'est ni un PDF, ni une photo, ni un document, ni un classeur.",
        ),
    ],
    ids=["empty", "heavy", "program"],
)
def test_unfit_file_is_refused(content: bytes, name: str, sentence: str) -> None:
    with pytest.raises(EvidenceRefused) as refusal:
        store_evidence(kind=KIND, content=content, name=name)
    assert str(refusal.value) == sentence
    assert Evidence.objects.count() == 0


def test_each_opening_is_logged() -> None:
    evidence = store_evidence(kind=KIND, content=b"a", name="a.pdf")
    user = make_user(Role.COMMITTEE)
    for _ in range(2):
        with open_evidence(evidence=evidence, user=user) as stored:
            assert stored.read() == b"a"

    assert list(EvidenceAccess.objects.values_list("evidence", "user")) == [
        (evidence.pk, user.pk),
        (evidence.pk, user.pk),
    ]


def test_name_of_a_file_loses_the_signs_that_nobody_sees() -> None:
    evidence = store_evidence(
        kind=EvidenceKind.REPORT, content=b"x", name="rap\x00port\u202efdp.exe\x0b.pdf"
    )

    assert evidence.original_name == "rapportfdp.exe.pdf"
