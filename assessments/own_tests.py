"""What one person sees of their own sessions and tests. Only reads; never a right answer.

The right answers of a copy are read by `feedback_of` alone, for a post-test that is over.
"""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Person, User
from assessments.enums import Occasion
from assessments.form_key import LETTERS, right_letter
from assessments.models import Attempt, FormItem, SessionForm
from assessments.test_closing import is_test_over
from trainers.enums import LadderStatus, SessionType
from trainers.models import Participation
from trainers.sessions.lock import CLOSED_STATES

ITEMS_A_PAGE = 5
TAKEN_BY_PARTICIPANTS = (Occasion.PRE, Occasion.POST)


@dataclass(frozen=True)
class OwnTest:
    """One test of one of my sessions: to take now, begun, or handed in."""

    participation: Participation
    occasion: Occasion
    is_open: bool
    is_session_closed: bool
    attempt: Attempt | None

    @property
    def is_handed_in(self) -> bool:
        return self.attempt is not None and self.attempt.submitted_at is not None

    @property
    def is_begun(self) -> bool:
        return self.attempt is not None and self.attempt.submitted_at is None

    @property
    def is_to_take(self) -> bool:
        """Open and not begun, or begun: a copy begun can be handed in while the session lives."""
        if self.is_handed_in or self.is_session_closed:
            return False
        return self.is_begun or self.is_open

    @property
    def answered(self) -> int:
        return sum(answer is not None for answer in self.attempt.responses) if self.attempt else 0


@dataclass(frozen=True)
class AskedItem:
    """An item as it is shown to the person: its number on the copy, words and answer given."""

    number: int
    position: int
    stem: str
    choices: tuple[str, ...]
    selected: str

    @property
    def name(self) -> str:
        return f"q{self.position}"


@dataclass(frozen=True)
class ItemFeedback:
    """One item after the post-test: what was answered, what was right, and why."""

    number: int
    stem: str
    answer: str
    right_answer: str
    is_right: bool
    comment: str


def own_participations(user: User) -> QuerySet[Participation]:
    """Participations of the person behind an account, those of merged records included."""
    return Participation.objects.filter(person__in=Person.objects.same_as(user.person_id))


def own_attempt(user: User, identifier: uuid.UUID) -> Attempt | None:
    """My copy of this UUID, or None when it is somebody else's."""
    return (
        Attempt.objects.filter(uuid=identifier, participation__in=own_participations(user))
        .select_related("form", "participation__session")
        .first()
    )


def copies_of(participations: Collection[Participation]) -> dict[tuple[int, str], Attempt]:
    """The copies of these participations, by participation and occasion; one query."""
    return {
        (attempt.participation_id, attempt.occasion): attempt
        for attempt in Attempt.objects.filter(participation__in=participations)
    }


def tests_of(
    participations: Collection[Participation],
    copies: Mapping[tuple[int, str], Attempt] | None = None,  # noqa: PT028 it is no test
) -> list[OwnTest]:
    """The tests that are open, begun or handed in, in two queries, oldest session first.

    One query less when the `copies` are already read.
    """
    attempts = copies_of(participations) if copies is None else copies
    opened = set(
        SessionForm.objects.filter(
            session__in={one.session_id for one in participations if one.session_id},
            opened_at__isnull=False,
            closed_at=None,
        ).values_list("session_id", "occasion")
    )
    tests = [
        OwnTest(
            participation=participation,
            occasion=occasion,
            is_open=(participation.session_id, occasion) in opened,
            is_session_closed=participation.session is None
            or participation.session.state in CLOSED_STATES,
            attempt=attempts.get((participation.pk, occasion)),
        )
        for participation in participations
        for occasion in TAKEN_BY_PARTICIPANTS
    ]
    return [test for test in tests if test.is_open or test.attempt]


def asked_items(attempt: Attempt) -> list[AskedItem]:
    """The items of a copy in order, withdrawn ones left out, without what is right."""
    items = attempt.form.items.filter(withdrawn_at=None).order_by("position")
    return [
        AskedItem(
            number=number,
            position=item.position,
            stem=item.stem,
            choices=tuple(choice["text"] for choice in item.choices),
            selected=attempt.responses[item.position - 1] or "",
        )
        for number, item in enumerate(items, start=1)
    ]


def pages_of(items: list[AskedItem]) -> list[list[AskedItem]]:
    """Cut a copy into pages of five items."""
    return [items[start : start + ITEMS_A_PAGE] for start in range(0, len(items), ITEMS_A_PAGE)]


def first_unanswered_page(items: list[AskedItem]) -> int | None:
    """The page, from 1, of the first item without answer; None when all are answered."""
    for rank, item in enumerate(items):
        if not item.selected:
            return rank // ITEMS_A_PAGE + 1
    return None


def feedback_of(attempt: Attempt) -> list[ItemFeedback]:
    """What to learn from a post-test handed in, item by item; nothing for any other copy.

    A pre-test gives no key: the same form may come back as the post-test. In a session the key
    waits until nobody writes any more (`waits_for_the_room`).
    """
    if attempt.occasion != Occasion.POST or attempt.submitted_at is None:
        return []
    if waits_for_the_room(attempt):
        return []
    items = attempt.form.items.filter(withdrawn_at=None).select_related("question")
    return [
        _feedback(number, item, attempt.responses[item.position - 1])
        for number, item in enumerate(items.order_by("position"), start=1)
    ]


def waits_for_the_room(attempt: Attempt) -> bool:
    """Whether neighbours still write this post-test: its key would travel round the room."""
    session = attempt.participation.session
    return (
        session is not None
        and attempt.occasion == Occasion.POST
        and not is_test_over(session, Occasion.POST)
    )


def status_sentence(participation: Participation) -> str:
    """Where a participation stands, in words for the person (domain §2)."""
    session = participation.session
    if participation.status == LadderStatus.INFORMED and session is not None:
        if session.type == SessionType.AWARENESS:
            return _("Vous avez suivi cette sensibilisation.")
        return _("Votre présence est notée ; elle n'atteint pas la durée d'une formation complète.")
    return {
        LadderStatus.ENROLLED: _("Vous êtes sur la liste ; aucune présence n'est encore notée."),
        LadderStatus.PRESENT: _("Votre présence est notée ; la session n'est pas terminée."),
        LadderStatus.TRAINED: _("Vous avez suivi la formation."),
        LadderStatus.CERTIFIED: _("Vous avez suivi la formation et réussi le post-test."),
    }.get(LadderStatus(participation.status), "")


def _feedback(number: int, item: FormItem, answer: str | None) -> ItemFeedback:
    right = right_letter(item)
    texts = {LETTERS[rank]: choice["text"] for rank, choice in enumerate(item.choices)}
    comments = {
        LETTERS[rank]: choice.get("feedback", "") for rank, choice in enumerate(item.choices)
    }
    return ItemFeedback(
        number=number,
        stem=item.stem,
        answer=texts[answer] if answer else "",
        right_answer=texts[right],
        is_right=answer == right,
        comment=comments[answer or right] or item.question.general_feedback,
    )
