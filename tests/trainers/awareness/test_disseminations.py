"""The log of documents: append-only, voided with a reason, totals of what stands."""

import datetime
import uuid
from typing import Any

import pytest
from django.utils import timezone

from accounts.enums import Role
from tests.factories.accounts import make_cercle, make_region, make_user
from trainers.awareness.dissemination_board import totals_by_document, totals_by_region
from trainers.awareness.disseminations import (
    DisseminationRefused,
    record_dissemination,
    void_dissemination,
)
from trainers.models import Dissemination, Evidence

pytestmark = pytest.mark.django_db


def hand_over(**facts: Any) -> Dissemination:
    return record_dissemination(
        **{
            "document_kind": "SHEET",
            "title": "Fiche des signes",
            "edition": "2025",
            "copies": 12,
            "handed_on": datetime.date(2025, 3, 4),
            "territory": make_region(),
            **facts,
        }
    )


def test_dissemination_counts_copies() -> None:
    with pytest.raises(DisseminationRefused):
        hand_over(copies=0)
    hand_over()
    assert Dissemination.objects.get().copies == 12


def test_hand_over_sent_twice_is_one_line() -> None:
    same = uuid.uuid4()
    assert hand_over(uuid=same) == hand_over(uuid=same)
    assert Dissemination.objects.count() == 1


def test_receipt_is_kept_once_for_all_that_it_lists() -> None:
    by = make_user(Role.COMMITTEE)
    first = hand_over(receipt=("recu.jpg", b"recu"), receipt_reference="R-1", by=by)
    second = hand_over(title="Autre", receipt=("recu.jpg", b"recu"), receipt_reference="R-1", by=by)

    evidence = Evidence.objects.get()
    assert first.receipt == second.receipt == evidence
    assert (evidence.kind, evidence.uploaded_by) == ("RECEIPT", by)


def test_hand_over_to_come_is_refused() -> None:
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    with pytest.raises(DisseminationRefused):
        hand_over(handed_on=tomorrow, by=make_user(Role.COMMITTEE))


def test_voided_line_stays_with_its_author_and_reason() -> None:
    by = make_user(Role.COMMITTEE)
    handed = hand_over()
    with pytest.raises(DisseminationRefused):
        void_dissemination(dissemination=handed, by=by, reason=" ")

    void_dissemination(dissemination=handed, by=by, reason="Un zéro de trop.")
    again = void_dissemination(
        dissemination=handed, by=make_user(Role.COMMITTEE), reason="Autre chose."
    )

    assert (again.voided_by, again.void_reason) == (by, "Un zéro de trop.")
    assert Dissemination.objects.standing().count() == 0


def test_totals_leave_voided_copies_out_and_a_cercle_goes_to_its_region() -> None:
    hand_over(copies=10, receipt_reference="R-1")
    hand_over(copies=5, territory=make_cercle())
    hand_over(
        copies=4, territory=make_region("kayes", "Kayes"), title="Manuel", receipt_reference="R-2"
    )
    void_dissemination(
        dissemination=hand_over(copies=1000), by=make_user(Role.COMMITTEE), reason="Erreur."
    )

    documents = totals_by_document(Dissemination.objects.all())
    regions = totals_by_region(Dissemination.objects.all())

    assert [(one["title"], one["copies"], one["proved"], one["times"]) for one in documents] == [
        ("Fiche des signes", 15, 10, 2),
        ("Manuel", 4, 4, 1),
    ]
    assert {one["label"]: one["text"] for one in regions} == {
        "Ségou": "15",
        "Kayes": "4",
    }
