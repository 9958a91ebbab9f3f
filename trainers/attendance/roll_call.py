"""What the roll call of one half-day shows: who is on the list, what is already noted."""

import datetime
import uuid
from collections import Counter
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from trainers.attendance.short_codes import short_code
from trainers.enums import LadderStatus
from trainers.models import AttendanceMark, Participation, SessionSlot, TrainingSession
from trainers.models.participations import TRAINED_OR_MORE
from trainers.participation.marks import Pair, unvoided_marks

PRESENT, ABSENT, BOTH = "present", "absent", "both"
Marks = dict[Pair, list[AttendanceMark]]
_STATUS_KINDS = {
    LadderStatus.ENROLLED: "neutral",
    LadderStatus.PRESENT: "neutral",
    LadderStatus.INFORMED: "neutral",
    LadderStatus.TRAINED: "success",
    LadderStatus.CERTIFIED: "success",
}


@dataclass(frozen=True)
class RollRow:
    """One person of the list; `answer` is present, absent or "" when nothing is ticked yet.

    `noted` is what the log said when the page was made: an answer that repeats it changes nothing,
    even if somebody else noted otherwise meanwhile. `uuid` names the mark that this page would
    write: the page sent twice writes it once. `log` is what a phone takes along: every mark that
    nothing voids, as `slot:uuid:1` or `:0`. `code` is the short code.
    """

    participation_id: int
    name: str
    place: str
    status: str
    status_kind: str
    answer: str
    noted: str
    uuid: str
    code: str
    log: str


@dataclass(frozen=True)
class SlotTab:
    """One half-day with what is noted of it."""

    pk: int
    position: int
    label: str
    whole_label: str
    day: str
    present: int
    noted: int
    is_current: bool


def current_slot(slots: list[SessionSlot], noted: Counter[int], asked: str) -> SessionSlot | None:
    """The half-day asked for, or today's, or the first without a mark, or the last."""
    for slot in slots:
        if str(slot.position) == asked:
            return slot
    today = [slot for slot in slots if slot.held_on == timezone.localdate()]
    if today:
        half = 0 if timezone.localtime().time() < datetime.time(13) else -1
        return today[half]
    blank = [slot for slot in slots if not noted[slot.pk]]
    return next(iter(blank or slots[-1:]), None)


@dataclass(frozen=True)
class RollCallPage:
    """Everything the session's page shows."""

    slot: SessionSlot | None
    slot_label: str
    tabs: list[SlotTab]
    people: list[Participation]
    marks: Marks
    present: int
    trained: int

    def rows(self, people: list[Participation], answers: dict[int, str]) -> list[RollRow]:
        """Rows of some of the people; `answers` are those just typed, which come first."""
        return [self._row(one, answers) for one in people]

    def is_noted(self, people: list[Participation]) -> bool:
        """Whether some of these people have a mark for this half-day: a change needs a reason."""
        return any(self._noted(one) for one in people)

    def blank_row(self) -> RollRow:
        """The row that a phone copies for somebody added in the room."""
        return RollRow(
            participation_id=0,
            name="",
            place="",
            status=_("Ajouté en salle"),
            status_kind="info",
            answer="",
            noted="",
            uuid="",
            code="",
            log="",
        )

    def noted_by_slot(self, one: Participation) -> dict[int, str]:
        """What is noted of a person in each half-day, in the words of `RollRow.noted`."""
        return {tab.pk: self._noted_in(one, tab.pk) for tab in self.tabs}

    def _noted(self, one: Participation) -> str:
        return self._noted_in(one, self.slot.pk) if self.slot else ""

    def _noted_in(self, one: Participation, slot_id: int) -> str:
        """Present, absent, BOTH when marks contradict each other, or "" when there is none."""
        marks = self.marks.get((one.pk, slot_id), [])
        said = {PRESENT if mark.is_present else ABSENT for mark in marks}
        return BOTH if len(said) > 1 else next(iter(said), "")

    def _log(self, one: Participation) -> str:
        return " ".join(
            f"{tab.pk}:{mark.uuid}:{mark.is_present:d}"
            for tab in self.tabs
            for mark in self.marks.get((one.pk, tab.pk), ())
        )

    def _row(self, one: Participation, answers: dict[int, str]) -> RollRow:
        noted = self._noted(one)
        places = (one.organization, one.territory)
        return RollRow(
            participation_id=one.pk,
            name=str(one.person),
            place=" · ".join(str(place) for place in places if place is not None),
            status=_status_in_words(one),
            status_kind=_STATUS_KINDS[LadderStatus(one.status)],
            answer=answers.get(one.pk, "" if noted == BOTH else noted),
            noted=noted,
            uuid=str(uuid.uuid4()),
            code=short_code(one.pk),
            log=self._log(one),
        )


def roll_call_page(session: TrainingSession, asked: str) -> RollCallPage:
    """Read the page of a session in three queries; `asked` is the position in the address."""
    slots = list(session.slots.order_by("position"))
    people = list(
        Participation.objects.filter(session=session)
        .select_related("person", "organization", "territory")
        .order_by("person__family_name", "person__given_name", "pk")
    )
    marks: Marks = {}
    for mark in unvoided_marks(session):
        marks.setdefault((mark.participation_id, mark.slot_id), []).append(mark)
    noted = Counter(slot_id for _person, slot_id in marks)
    # The first mark that nothing voids stands.
    present = Counter(slot_id for (_person, slot_id), said in marks.items() if said[0].is_present)
    slot = current_slot(slots, noted, asked)
    tabs = [
        SlotTab(
            pk=one.pk,
            position=one.position,
            label=str(one),
            whole_label=_label(one),
            day=date_format(one.held_on, "D j N"),
            present=present[one.pk],
            noted=noted[one.pk],
            is_current=one == slot,
        )
        for one in slots
    ]
    return RollCallPage(
        slot=slot,
        slot_label=_label(slot) if slot else "",
        tabs=tabs,
        people=people,
        marks=marks,
        present=sum(one.status != LadderStatus.ENROLLED for one in people),
        trained=sum(one.status in TRAINED_OR_MORE for one in people),
    )


def _status_in_words(one: Participation) -> str:
    """« Présent » is said of a half-day: the page says the attendance, then the rung reached."""
    if one.status == LadderStatus.ENROLLED:
        return _("Pas encore de présence")
    attendance = _("Assiduité %(percent)d %%") % {"percent": one.attendance_percent}
    if one.status == LadderStatus.PRESENT:
        return attendance
    return f"{one.get_status_display()} · {attendance.lower()}"


def _label(slot: SessionSlot) -> str:
    day = date_format(slot.held_on, "l j F Y")
    return f"{day}, {slot.get_half_display().lower()}"
