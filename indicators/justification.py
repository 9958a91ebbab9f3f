"""« Justifier ce chiffre »: the records behind a figure, one by one, within the reader's rights."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from indicators.facts import CopiesFact, Facts
from indicators.measuring import Observatory
from indicators.places import NOT_GIVEN
from indicators.tallies import Counted, Dimension, Item, Shape
from indicators.wording import number
from trainers.models import AwarenessEvent, Dissemination, Participation, TrainingSession

Filters = Mapping[Dimension, str]
Sessions = QuerySet[TrainingSession]


@dataclass(frozen=True)
class Openable:
    """What the reader may open: only these become links."""

    sessions: Sessions
    events: QuerySet[AwarenessEvent]
    disseminations: QuerySet[Dissemination]

    def links(self, kind: str, ids: Collection[int]) -> dict[int, str]:
        """The page of each record of that kind: one query."""
        if kind == "session":
            return _session_links(self.sessions, ids)
        if kind == "event":
            codes = self.events.filter(pk__in=ids).values_list("pk", "code")
            return {pk: reverse("trainers:event", args=[code]) for pk, code in codes}
        keys = self.disseminations.filter(pk__in=ids).values_list("pk", flat=True)
        return {pk: reverse("trainers:dissemination", args=[pk]) for pk in keys}


@dataclass(frozen=True)
class ParticipationLine:
    """One participation as the list prints it; scores are points of 100."""

    name: str
    url: str
    profession: str
    organization: str
    territory: str
    session: str
    session_url: str
    ended_on: datetime.date
    status: str
    is_validated: bool
    scores: str
    is_counted: bool


@dataclass(frozen=True)
class RecordLine:
    """A session, an event or a hand-over behind a figure without names."""

    title: str
    url: str
    day: datetime.date
    territory: str
    figure: str
    is_validated: bool


def filtered_items(counted: Counted, filters: Filters) -> list[Item]:
    """Items of the cells asked for, in the order of the records; « non-renseigne » is a cell."""
    wanted = {
        dimension: "" if code == NOT_GIVEN else code for dimension, code in filters.items() if code
    }
    return [
        item
        for item in counted.items
        if all(item.cell(dimension) == code for dimension, code in wanted.items())
    ]


def filter_choices(
    observatory: Observatory, counted: Counted
) -> dict[Dimension, list[tuple[str, str]]]:
    """The cells that each filter offers, in the plan's order."""
    choices = {}
    for dimension in counted.dimensions:
        codes = {item.cell(dimension) for item in counted.items}
        ordered = sorted(codes, key=lambda code: observatory.places.rank(dimension, code))
        choices[dimension] = [
            (code or NOT_GIVEN, observatory.places.label(dimension, code)) for code in ordered
        ]
    return choices


def ordered_by_session(items: Sequence[Item], facts: Facts) -> list[Item]:
    """The latest sessions first; within one, in the order of its list."""
    people = [
        *facts.participations,
        *(one.participation for one in facts.follow_ups),
    ]
    ends = {one.session.id: one.session.ends_on.toordinal() for one in people}
    return sorted(items, key=lambda item: (-ends[item.record.id], item.participation_id or 0))


def participation_lines(
    items: Sequence[Item], counted: Counted, facts: Facts, openable: Sessions
) -> list[ParticipationLine]:
    """The participations of one page, in the order given: two queries.

    Only the sessions of `openable` become links.
    """
    records = (
        Participation.objects.filter(pk__in=[item.participation_id for item in items])
        .select_related("person", "profession", "organization", "territory", "session")
        .in_bulk()
    )
    links = _session_links(
        openable, {one.session_id for one in records.values() if one.session_id is not None}
    )
    scores = {one.participation.id: one for one in facts.copies}
    is_share = counted.shape is Shape.SHARE
    return [
        _line(records[pk], item, scores.get(pk) if is_share else None, links)
        for item in items
        if (pk := item.participation_id) is not None and pk in records
    ]


def _line(
    participation: Participation, item: Item, copies: CopiesFact | None, links: Mapping[int, str]
) -> ParticipationLine:
    session = participation.session
    assert session is not None
    return ParticipationLine(
        name=participation.person.full_name,
        url=reverse("indicators:participation", args=[participation.pk]),
        profession=_or_not_given(participation.profession),
        organization=_or_not_given(participation.organization),
        territory=_or_not_given(participation.territory),
        session=session.code,
        session_url=links.get(session.pk, ""),
        ended_on=session.ends_on,
        status=participation.get_status_display(),
        is_validated=item.is_validated,
        scores=_score_words(copies),
        is_counted=bool(item.part),
    )


def _session_links(openable: Sessions, ids: Collection[int]) -> dict[int, str]:
    return {
        pk: reverse("trainers:session", args=[code])
        for pk, code in openable.filter(pk__in=ids).values_list("pk", "code")
    }


def _or_not_given(value: object | None) -> str:
    return str(value) if value is not None else _("Non renseigné")


def _score_words(copies: CopiesFact | None) -> str:
    if copies is None:
        return ""
    return _("%(pre)s puis %(post)s points sur 100") % {
        "pre": number(copies.pre),
        "post": number(copies.post),
    }


def figure_words(items: Iterable[Item], shape: Shape) -> str:
    """What these items add up to: « 950 », or « 45 sur 57 » for a share."""
    part, whole = 0, 0
    for item in items:
        part, whole = part + item.part, whole + item.whole
    if shape is Shape.COUNT:
        return number(part)
    return _("%(part)s sur %(whole)s") % {"part": number(part), "whole": number(whole)}


def record_lines(items: Sequence[Item], shape: Shape, openable: Openable) -> list[RecordLine]:
    """The sessions, events or hand-overs behind a figure without names: two queries."""
    figures: dict[int, list[Item]] = defaultdict(list)
    for item in items:
        figures[item.record.id].append(item)
    if not figures:
        return []
    validated = {item.record.id for item in items if item.is_validated}
    kind = items[0].record.kind
    links = openable.links(kind, figures)
    return [
        RecordLine(
            title=title,
            url=links.get(pk, ""),
            day=day,
            territory=territory,
            figure=figure_words(figures[pk], shape),
            is_validated=pk in validated,
        )
        for pk, title, day, territory in _records(kind, list(figures))
    ]


def _records(kind: str, ids: Collection[int]) -> Iterable[tuple[int, str, datetime.date, str]]:
    """(id, title, day, territory) of each record, the latest first."""
    if kind == "session":
        sessions = TrainingSession.objects.filter(pk__in=ids).select_related("territory")
        return [
            (one.pk, f"{one.code} · {one.title}", one.ends_on, one.territory.name)
            for one in sessions.order_by("-ends_on", "code")
        ]
    if kind == "event":
        events = AwarenessEvent.objects.filter(pk__in=ids).select_related("territory")
        return [
            (one.pk, f"{one.code} · {one.title}", one.held_on, one.territory.name)
            for one in events.order_by("-held_on", "code")
        ]
    handed = Dissemination.objects.filter(pk__in=ids).select_related("territory", "recipient")
    return [
        (
            one.pk,
            f"{one.title}, {one.edition} · {_receipt_words(one)}",
            one.handed_on,
            one.territory.name,
        )
        for one in handed.order_by("-handed_on", "pk")
    ]


def _receipt_words(handed: Dissemination) -> str:
    if not handed.receipt_reference:
        return _("sans reçu")
    return _("reçu %s") % handed.receipt_reference
