"""What the figures are counted from, as plain values: no query, no model.

Sex, category and region are codes; "" means « non renseigné » and is a category of its own.
Every fact says whether it is validated: only those are held against a target (domain §3).
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Self

from indicators.periods import Period

TYPES_THAT_TRAIN = frozenset({"TRAINING", "TOT"})
INFORMED_OR_MORE = frozenset({"INFORMED", "TRAINED", "CERTIFIED"})
TRAINED_OR_MORE = frozenset({"TRAINED", "CERTIFIED"})


@dataclass(frozen=True, slots=True)
class SessionFact:
    """`region` is the venue's; `mastery` is the threshold, in points of 100, of its rule set."""

    id: int
    type: str
    ends_on: datetime.date
    is_validated: bool
    was_held: bool
    topics: frozenset[str]
    region: str
    mastery: float


@dataclass(frozen=True, slots=True)
class ParticipationFact:
    """`person_id` is the kept person's; `region` is the posting's, frozen with the session."""

    id: int
    person_id: int
    session: SessionFact
    sex: str
    category: str
    is_chain: bool
    region: str
    status: str


@dataclass(frozen=True, slots=True)
class CopiesFact:
    """Pre and post scores of one participation, in points of 100; None where no copy came in."""

    participation: ParticipationFact
    pre: float | None
    post: float | None
    is_comparable: bool

    @property
    def is_paired(self) -> bool:
        return self.is_comparable and self.pre is not None and self.post is not None


@dataclass(frozen=True, slots=True)
class FollowUpFact:
    participation: ParticipationFact
    sent_on: datetime.date
    is_answered: bool
    is_yes: bool


@dataclass(frozen=True, slots=True)
class EventFact:
    """`headcounts` pairs a sex code with a number of people."""

    id: int
    held_on: datetime.date
    is_validated: bool
    region: str
    post_answers: int
    post_knowing: int
    headcounts: tuple[tuple[str, int], ...]
    pre_answers: int = 0
    pre_knowing: int = 0


@dataclass(frozen=True, slots=True)
class DisseminationFact:
    """A hand-over is validated by its receipt."""

    id: int
    handed_on: datetime.date
    is_validated: bool
    region: str
    kind: str
    title: str
    edition: str
    copies: int


@dataclass(frozen=True)
class Facts:
    sessions: tuple[SessionFact, ...] = ()
    participations: tuple[ParticipationFact, ...] = ()
    copies: tuple[CopiesFact, ...] = ()
    follow_ups: tuple[FollowUpFact, ...] = ()
    events: tuple[EventFact, ...] = ()
    disseminations: tuple[DisseminationFact, ...] = ()

    def during(self, period: Period) -> Self:
        """Keep what belongs to the period: a session by its end, a follow-up by its sending."""
        return self._keep(
            session=lambda session: period.holds(session.ends_on),
            follow_up=lambda fact: period.holds(fact.sent_on),
            event=lambda fact: period.holds(fact.held_on),
            dissemination=lambda fact: period.holds(fact.handed_on),
        )

    def validated(self) -> Self:
        """Keep only what counts against a target."""
        return self._keep(
            session=lambda session: session.is_validated,
            follow_up=lambda fact: fact.participation.session.is_validated,
            event=lambda fact: fact.is_validated,
            dissemination=lambda fact: fact.is_validated,
        )

    def _keep(
        self,
        *,
        session: Callable[[SessionFact], bool],
        follow_up: Callable[[FollowUpFact], bool],
        event: Callable[[EventFact], bool],
        dissemination: Callable[[DisseminationFact], bool],
    ) -> Self:
        return replace(
            self,
            sessions=tuple(fact for fact in self.sessions if session(fact)),
            participations=tuple(fact for fact in self.participations if session(fact.session)),
            copies=tuple(fact for fact in self.copies if session(fact.participation.session)),
            follow_ups=tuple(fact for fact in self.follow_ups if follow_up(fact)),
            events=tuple(fact for fact in self.events if event(fact)),
            disseminations=tuple(fact for fact in self.disseminations if dissemination(fact)),
        )


@dataclass(frozen=True)
class Selection:
    """What a reference sheet retains; an empty set retains everything."""

    topics: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    chain_only: bool = False

    def retains_session(self, session: SessionFact) -> bool:
        return not self.topics or bool(self.topics & session.topics)

    def retains(self, participation: ParticipationFact) -> bool:
        """Is this participation within the topics, the categories and the chain of the sheet?"""
        return (
            self.retains_session(participation.session)
            and (not self.categories or participation.category in self.categories)
            and (participation.is_chain or not self.chain_only)
        )
