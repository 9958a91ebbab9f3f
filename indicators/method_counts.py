"""The counting methods: each turns the facts of a period into the items of one figure.

Pure: what a reference sheet retains comes as a `Selection`, thresholds were applied by the ladder.
"""

from collections.abc import Collection

from indicators.facts import (
    INFORMED_OR_MORE,
    TRAINED_OR_MORE,
    TYPES_THAT_TRAIN,
    DisseminationFact,
    Facts,
    ParticipationFact,
    Selection,
)
from indicators.tallies import Counted, Dimension, Item, Pending, Shape

PERSON_DIMENSIONS = (Dimension.SEX, Dimension.CATEGORY, Dimension.REGION)


def person_item(fact: ParticipationFact, *, part: int, whole: int) -> Item:
    """One participation, as a figure counts it."""
    return Item(
        part=part,
        whole=whole,
        is_validated=fact.session.is_validated,
        record=Pending("session", fact.session.id),
        region=fact.region,
        sex=fact.sex,
        category=fact.category,
        participation_id=fact.id,
        person_id=fact.person_id,
    )


def count_informed(facts: Facts, selection: Selection) -> Counted:
    """Participations informed or more, in any kind of session."""
    return _participations(
        [
            fact
            for fact in facts.participations
            if fact.status in INFORMED_OR_MORE and selection.retains(fact)
        ]
    )


def count_trained(facts: Facts, selection: Selection) -> Counted:
    """Participations trained or certified; sensitisation never reaches that rung (domain §2)."""
    return _participations(
        [
            fact
            for fact in facts.participations
            if fact.status in TRAINED_OR_MORE
            and fact.session.type in TYPES_THAT_TRAIN
            and selection.retains(fact)
        ]
    )


def count_skills_used(facts: Facts, selection: Selection) -> Counted:
    """Participations with at least one « yes » among the follow-ups sent; silence is no answer.

    `response_rate` (percent) is the share of the questions sent that came back.
    """
    asked = [fact for fact in facts.follow_ups if selection.retains(fact.participation)]
    answered = [fact for fact in asked if fact.is_answered]
    confirming = {fact.participation.id for fact in answered if fact.is_yes}
    people = {fact.participation.id: fact.participation for fact in answered}
    return Counted(
        shape=Shape.COUNT,
        items=tuple(
            person_item(people[pk], part=int(pk in confirming), whole=1) for pk in sorted(people)
        ),
        dimensions=PERSON_DIMENSIONS,
        is_named=True,
        extra={"response_rate": len(answered) * 100 / len(asked) if asked else None},
    )


def count_sessions(facts: Facts, selection: Selection) -> Counted:
    """Training sessions and trainings of trainers where somebody was present, by venue."""
    return Counted(
        shape=Shape.COUNT,
        items=tuple(
            Item(
                part=1,
                whole=1,
                is_validated=session.is_validated,
                record=Pending("session", session.id),
                region=session.region,
            )
            for session in facts.sessions
            if session.was_held
            and session.type in TYPES_THAT_TRAIN
            and selection.retains_session(session)
        ),
        dimensions=(Dimension.REGION,),
        is_named=False,
        is_about_people=False,
    )


def count_headcounts(facts: Facts) -> Counted:
    """People reached by awareness events, without names: they never become unique persons."""
    return Counted(
        shape=Shape.COUNT,
        items=tuple(
            Item(
                part=people,
                whole=people,
                is_validated=event.is_validated,
                record=Pending("event", event.id),
                region=event.region,
                sex=sex,
            )
            for event in facts.events
            for sex, people in event.headcounts
        ),
        dimensions=(Dimension.SEX, Dimension.REGION),
        is_named=False,
    )


def count_copies(facts: Facts, kinds: Collection[str]) -> Counted:
    """Copies of documents of these kinds handed over, by territory of the recipient."""
    return Counted(
        shape=Shape.COUNT,
        items=tuple(
            Item(
                part=handed.copies,
                whole=handed.copies,
                is_validated=handed.is_validated,
                record=Pending("dissemination", handed.id),
                region=handed.region,
            )
            for handed in facts.disseminations
            if handed.kind in kinds
        ),
        dimensions=(Dimension.REGION,),
        is_named=False,
        is_about_people=False,
    )


def count_tools(facts: Facts, kinds: Collection[str]) -> Counted:
    """Distinct documents (title and edition) handed over at least once: a thousand copies is one.

    One receipt validates the tool. No dimension: the same tool is handed out in many regions.
    """
    handed = [fact for fact in facts.disseminations if fact.kind in kinds]
    first: dict[tuple[str, str], DisseminationFact] = {}
    for fact in sorted(handed, key=lambda one: not one.is_validated):
        first.setdefault((fact.title, fact.edition), fact)
    return Counted(
        shape=Shape.COUNT,
        items=tuple(
            Item(
                part=1,
                whole=1,
                is_validated=fact.is_validated,
                record=Pending("dissemination", fact.id),
            )
            for fact in first.values()
        ),
        dimensions=(),
        is_named=False,
        is_about_people=False,
    )


def _participations(facts: list[ParticipationFact]) -> Counted:
    return Counted(
        shape=Shape.COUNT,
        items=tuple(person_item(fact, part=1, whole=1) for fact in facts),
        dimensions=PERSON_DIMENSIONS,
        is_named=True,
    )
