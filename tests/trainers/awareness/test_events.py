import datetime
import uuid
from typing import Any

import pytest
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from tests.factories.accounts import make_person, make_region, make_user
from trainers.awareness.event_checks import event_flags, missing_in_event
from trainers.awareness.event_page import history_of
from trainers.awareness.events import (
    EventRefused,
    cancel_event,
    change_event,
    record_event,
    validate_event,
    version_of,
)
from trainers.enums import AgeBand, EventKind, EvidenceKind
from trainers.evidence import store_evidence
from trainers.models import AwarenessEvent, Headcount

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
            "theme": "SIGNS",
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

    prove(recorded)
    validator = make_user(Role.FOCAL_POINT)
    assert validate_event(event=recorded, by=validator).validated_by == validator
    assert validate_event(event=recorded, by=encoder).validated_by == validator


def prove(recorded: AwarenessEvent, content: bytes = b"photo") -> None:
    store_evidence(kind=EvidenceKind.EVENT_PROOF, content=content, name="photo.jpg", event=recorded)


def test_event_counts_only_with_its_file_complete() -> None:
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    recorded = event(headcounts={}, theme="", place="", held_on=tomorrow, kind="SECTOR_MEETING")

    assert missing_in_event(recorded) == [
        "L'action n'a pas encore eu lieu.",
        "Il manque le lieu : village, quartier ou salle.",
        "Il manque le thème.",
        "Il manque le secteur.",
        "Il manque l'effectif : une action sans effectif ne se valide pas.",
        "Il manque une pièce : photo, fiche signée ou rapport.",
    ]
    assert refuse(recorded, make_user(Role.COMMITTEE)) == " ".join(missing_in_event(recorded))


def test_event_takes_the_next_code_of_its_region_and_offers_a_free_one() -> None:
    assert [event(code="").code for _ in range(2)] == ["ACT-SEG-2025-01", "ACT-SEG-2025-02"]
    with pytest.raises(EventRefused) as refusal:
        event(code="act-seg-2025-01")
    assert str(refusal.value) == (
        "L'action act-seg-2025-01 existe déjà. Le code ACT-SEG-2025-03 est libre."
    )


@pytest.mark.parametrize("code", ["nouvelle", "Import", "a/b", "-x", "x" * 41])
def test_event_code_never_hides_a_screen(code: str) -> None:
    with pytest.raises(EventRefused):
        event(code=code)
    assert AwarenessEvent.objects.count() == 0


def test_event_sent_twice_is_one_event() -> None:
    client_uuid = uuid.uuid4()
    assert event(code="", uuid=client_uuid) == event(code="", uuid=client_uuid)
    assert AwarenessEvent.objects.count() == 1


def facts(**more: Any) -> dict[str, Any]:
    return {
        "kind": EventKind.COMMUNITY_DIALOGUE,
        "title": "Dialogue",
        "territory": make_region(),
        "place": "Place du marché",
        "language": "bamanankan",
        "theme": "SIGNS",
        "held_on": datetime.date(2025, 3, 4),
        "headcounts": {("F", "ADULT"): 30, ("", "UNKNOWN"): 5},
        **more,
    }


def test_change_keeps_who_wrote_what() -> None:
    encoder, corrector = make_user(Role.TRAINER), make_user(Role.FOCAL_POINT)
    recorded = event(encoded_by=encoder)

    change_event(event=recorded, by=encoder, **facts())  # nothing new: no line
    change_event(
        event=recorded,
        by=corrector,
        **facts(place="École", headcounts={("F", "ADULT"): 31, ("", "UNKNOWN"): 5}),
    )

    lines = [(line["by"], line["what"], line["changes"]) for line in history_of(recorded)]
    assert lines == [
        (str(corrector), "Effectif : 35, puis 36", ["Lieu : « Place du marché », puis « École »"]),
        (str(encoder), "Saisie", []),
    ]
    recorded.refresh_from_db()
    assert recorded.place == "École"


def test_change_over_another_change_is_refused() -> None:
    by = make_user(Role.FOCAL_POINT)
    recorded = event()
    seen = version_of(recorded)
    change_event(event=recorded, by=by, seen=seen, **facts(place="École"))
    with pytest.raises(EventRefused):
        change_event(event=recorded, by=by, seen=seen, **facts(place="Mairie"))
    recorded.refresh_from_db()
    assert recorded.place == "École"


def test_who_changed_or_hosted_an_event_does_not_validate_it() -> None:
    sentence = "Qui a animé ou modifié une action ne peut pas la valider : demandez à un tiers."
    corrector = make_user(Role.COMMITTEE)
    host = make_user(Role.COMMITTEE, person=make_person("TRAORÉ", "Awa"))
    recorded = event(held_by="Awa Traoré et Ali Maïga")
    prove(recorded)
    assert refuse(recorded, host) == sentence
    change_event(event=recorded, by=corrector, **facts(place="École", held_by="Awa Traoré"))
    assert refuse(recorded, corrector) == sentence


def test_validated_event_does_not_change_any_more() -> None:
    recorded = event()
    prove(recorded)
    validator = make_user(Role.COMMITTEE)
    validate_event(event=recorded, by=validator)
    with pytest.raises(EventRefused) as refusal:
        change_event(event=recorded, by=validator, **facts(place="École"))
    assert str(refusal.value) == "L'action DC-1 est validée : elle ne change plus."


def test_cancelled_event_keeps_its_reason() -> None:
    encoder, other = make_user(Role.TRAINER), make_user(Role.COMMITTEE)
    recorded = event(encoded_by=encoder)
    with pytest.raises(EventRefused):
        cancel_event(event=recorded, by=encoder, reason="  ")
    cancel_event(event=recorded, by=encoder, reason="Saisie deux fois.")
    recorded.refresh_from_db()
    assert (recorded.state, recorded.cancellation_reason) == ("CANCELLED", "Saisie deux fois.")
    with pytest.raises(EventRefused) as refusal:
        validate_event(event=recorded, by=other)
    assert str(refusal.value) == "Une action annulée ne se valide pas."


def test_validated_event_is_cancelled_only_by_who_is_in_charge() -> None:
    encoder, committee = make_user(Role.TRAINER), make_user(Role.COMMITTEE)
    recorded = event(encoded_by=encoder)
    prove(recorded)
    validate_event(event=recorded, by=committee)
    with pytest.raises(EventRefused):
        cancel_event(event=recorded, by=encoder, reason="Erreur.")
    assert cancel_event(event=recorded, by=committee, reason="Erreur.").state == "CANCELLED"


def test_flags_tell_a_double_entry_and_a_photo_used_twice() -> None:
    first = event(code="DC-1", headcounts={("F", "ADULT"): 60})
    twice = event(code="DC-2", headcounts={("F", "ADULT"): 60}, post=(61, 40))
    for recorded in (first, twice):
        prove(recorded)

    assert [flag.sentence for flag in event_flags(twice)] == [
        "L'action DC-1 est notée au même lieu le même jour : est-ce la même ?",
        "61 réponses après l'action : c'est plus que de personnes comptées.",
        "L'action DC-1 a exactement les mêmes effectifs : la fiche a-t-elle été recopiée ?",
        "« photo.jpg » est aussi une pièce de l'action DC-1 : la même photo, deux fois.",
    ]


@pytest.mark.parametrize("others", [1, 3])
def test_flags_take_the_same_queries_for_any_number_of_events(
    others: int, django_assert_num_queries: Any
) -> None:
    for number in range(others):
        prove(event(code=f"DC-{number}", headcounts={("F", "ADULT"): 60}))
    recorded = event(code="MINE", headcounts={("F", "ADULT"): 60})
    prove(recorded)
    with django_assert_num_queries(4):  # ids, headcounts, events, files
        assert len(event_flags(recorded)) == 3 * others
