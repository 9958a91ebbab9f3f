import datetime
from typing import Any

import pytest

from accounts.enums import Role
from accounts.models import User
from tests.factories.accounts import make_region, make_user
from trainers.awareness.events import (
    EventRefused,
    record_dissemination,
    record_event,
    validate_event,
)
from trainers.enums import AgeBand, DocumentKind, EventKind
from trainers.models import AwarenessEvent, Dissemination, Headcount

pytestmark = pytest.mark.django_db


def event(**facts: Any) -> AwarenessEvent:
    return record_event(
        **{
            "code": "DC-1",
            "kind": EventKind.COMMUNITY_DIALOGUE,
            "title": "Dialogue",
            "territory": make_region(),
            "place": "Place du marché",
            "language": "bamanankan",
            "held_on": datetime.date(2025, 3, 4),
            "headcounts": {("F", AgeBand.ADULT): 30, ("M", AgeBand.ADULT): 0, ("", "UNKNOWN"): 5},
            **facts,
        }
    )


def test_event_keeps_its_headcounts_and_answers() -> None:
    recorded = event(pre=(20, 8), post=(18, 15))

    cells = Headcount.objects.order_by("-people").values_list("sex", "age_band", "people")
    assert list(cells) == [("F", "ADULT", 30), ("", "UNKNOWN", 5)]
    assert (recorded.pre_answers, recorded.pre_knowing) == (20, 8)
    assert (recorded.post_answers, recorded.post_knowing) == (18, 15)
    assert recorded.state == "TO_VALIDATE"


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"pre": (5, 6)}, "Il y a plus de réponses justes que de réponses."),
        ({"headcounts": {("F", "ADULT"): -1}}, "Un effectif ne peut pas être négatif."),
    ],
)
def test_unfit_event_is_refused(facts: dict, sentence: str) -> None:
    with pytest.raises(EventRefused) as refusal:
        event(**facts)
    assert str(refusal.value) == sentence
    assert AwarenessEvent.objects.count() == 0


def test_event_code_is_unique() -> None:
    event()
    with pytest.raises(EventRefused):
        event(code="dc-1")


def refuse(recorded: AwarenessEvent, by: User) -> str:
    with pytest.raises(EventRefused) as refusal:
        validate_event(event=recorded, by=by)
    recorded.refresh_from_db()
    assert recorded.state == "TO_VALIDATE"
    return str(refusal.value)


def test_event_is_validated_by_a_third_person_in_charge() -> None:
    encoder = make_user(Role.COMMITTEE)
    recorded = event(encoded_by=encoder)
    assert refuse(recorded, encoder) == "Qui a saisi une action ne peut pas la valider."
    sentence = "Seuls le point focal du territoire et le comité valident une action."
    kayes = make_region("kayes", "Kayes")
    assert refuse(recorded, make_user(Role.FOCAL_POINT, territory=kayes)) == sentence
    assert refuse(recorded, make_user(Role.TRAINER)) == sentence

    validator = make_user(Role.FOCAL_POINT)
    assert validate_event(event=recorded, by=validator).validated_by == validator
    assert validate_event(event=recorded, by=encoder).validated_by == validator


def test_event_without_people_does_not_count() -> None:
    recorded = event(headcounts={})
    assert refuse(recorded, make_user(Role.COMMITTEE)) == (
        "Une action sans effectif ne se valide pas."
    )


def test_dissemination_counts_copies() -> None:
    facts = {
        "document_kind": DocumentKind.SHEET,
        "title": "Fiche",
        "edition": "2025",
        "handed_on": datetime.date(2025, 3, 4),
        "territory": make_region(),
    }
    with pytest.raises(EventRefused):
        record_dissemination(copies=0, **facts)
    record_dissemination(copies=12, **facts)
    assert Dissemination.objects.get().copies == 12
