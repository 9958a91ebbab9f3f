"""What an event must have before it counts, and what deserves a question first (domain §3)."""

import datetime

from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import gettext as _

from accounts.names import fold
from trainers.awareness.event_rules import EventShape, OddPoint, odd_points
from trainers.enums import EventKind, EvidenceKind
from trainers.models import AwarenessEvent, Evidence, Headcount
from trainers.sessions.checks import Flag
from trainers.sessions.validation import Check


def event_checks(event: AwarenessEvent) -> list[Check]:
    """Return the whole list of what an event must have, ticked or not: two queries."""
    has_people = Headcount.objects.filter(event=event, people__gt=0).exists()
    proofs = Evidence.objects.filter(event=event, kind=EvidenceKind.EVENT_PROOF)
    checks = [
        Check(
            _("Date passée"),
            event.held_on <= timezone.localdate(),
            _("L'action n'a pas encore eu lieu."),
        ),
        Check(_("Lieu"), bool(event.place), _("Il manque le lieu : village, quartier ou salle.")),
        Check(_("Thème"), bool(event.theme), _("Il manque le thème.")),
        Check(
            _("Effectif"),
            has_people,
            _("Il manque l'effectif : une action sans effectif ne se valide pas."),
        ),
        Check(
            _("Pièce justificative"),
            proofs.exists(),
            _("Il manque une pièce : photo, fiche signée ou rapport."),
        ),
    ]
    if event.kind == EventKind.SECTOR_MEETING:
        checks.insert(3, Check(_("Secteur"), bool(event.sector), _("Il manque le secteur.")))
    return checks


def missing_in_event(event: AwarenessEvent) -> list[str]:
    """Return what the event still lacks to count, one French sentence each."""
    return [check.sentence for check in event_checks(event) if not check.is_there]


def event_flags(event: AwarenessEvent) -> list[Flag]:
    """Return what a validator should look into: four queries, whatever the number of events."""
    near = datetime.timedelta(days=60)
    span = (event.held_on - near, event.held_on + near)
    others = AwarenessEvent.objects.held_between(*span).filter(territory=event.territory_id)
    cells: dict[int, dict[tuple[str, str], int]] = {}
    for one in Headcount.objects.filter(event__in=[*others.values_list("pk", flat=True), event.pk]):
        cells.setdefault(one.event_id, {})[one.sex, one.age_band] = one.people
    shapes = [_shape(other, cells.get(other.pk, {})) for other in others.order_by("held_on", "pk")]
    mine = _shape(event, cells.get(event.pk, {}))
    points = odd_points(mine, shapes, timezone.localdate())
    return [Flag(point.code, _sentence(point)) for point in points] + _reused_files(event)


def _shape(event: AwarenessEvent, cells: dict[tuple[str, str], int]) -> EventShape:
    return EventShape(
        code=event.code,
        kind=event.kind,
        territory_id=event.territory_id,
        place_key=fold(event.place),
        held_on=event.held_on,
        cells=cells,
        answers=(event.pre_answers, event.post_answers),
    )


def _reused_files(event: AwarenessEvent) -> list[Flag]:
    """The same photo, byte for byte, proves another event."""
    own = Evidence.objects.filter(event=event).values("sha256")
    again = (
        Evidence.objects.filter(sha256__in=own, event__isnull=False)
        .exclude(event=event)
        .select_related("event")
        .order_by("pk")
    )
    return [
        Flag(
            "REUSED_FILE",
            _("« %(name)s » est aussi une pièce de l'action %(code)s : la même photo, deux fois.")
            % {"name": one.original_name, "code": one.event.code},
        )
        for one in again
        if one.event is not None
    ]


def _sentence(point: OddPoint) -> str:
    sentences = {
        "FUTURE_DATE": _("La date est dans l'avenir."),
        "SAME_PLACE_AND_DAY": _(
            "L'action %(other)s est notée au même lieu le même jour : est-ce la même ?"
        ),
        "ANSWERS_BEFORE_BEYOND_PEOPLE": _(
            "%(number)s réponses avant l'action : c'est plus que de personnes comptées."
        ),
        "ANSWERS_AFTER_BEYOND_PEOPLE": _(
            "%(number)s réponses après l'action : c'est plus que de personnes comptées."
        ),
        "LARGE_CROWD": _("%(number)s personnes : comment ont-elles été comptées ?"),
        "ROUND_NUMBERS": _(
            "Tous les effectifs sont des dizaines : ont-ils été comptés ou estimés ?"
        ),
        "REPEATED_NUMBERS": _(
            "L'action %(other)s a exactement les mêmes effectifs : la fiche a-t-elle été recopiée ?"
        ),
    }
    return sentences[point.code] % {"other": point.other, "number": localize(point.number)}
