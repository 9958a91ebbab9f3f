"""The frame around every page of a session: its name, its facts, its stages and their pages.

A dozen tabs fill a telephone: four stages are shown, and the pages of the one that is open.
`EXTRA_TABS` is where apps above add a tab (docs/architecture.md names the list); they show the
frame with `{% include "trainers/session_tabs.html" with frame=frame only %}`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from trainers.enums import SessionMode, SessionState
from trainers.models import TrainingSession
from trainers.sessions.to_do import ToDo, to_do


@dataclass(frozen=True)
class Tab:
    """One page of a session; `key` is what a view names itself with."""

    key: str
    label: str
    url: str


# The life of a session, and what belongs to each stage; a page unknown here belongs to the last.
_STAGES = (
    ("preparation", ("preparation", "trainers", "plan")),
    ("room", ("attendance", "roster", "import")),
    ("tests", ("results", "feedback", "follow_up")),
    ("file", ("evidence", "report", "validation", "certificates")),
)
# Pages without a tab of their own.
_INSIDE = {"edit": "preparation"}

# Pages whose top says what to do now, and whether they name each piece that is missing.
GUIDING_TABS = {"attendance": False, "preparation": True}

EXTRA_TABS: list[Callable[[TrainingSession, User], Tab | None]] = []

_STATE_KINDS = {
    SessionState.PLANNED: "neutral",
    SessionState.CONFIRMED: "neutral",
    SessionState.RUNNING: "info",
    SessionState.TO_VALIDATE: "accent",
    SessionState.VALIDATED: "success",
    SessionState.CANCELLED: "error",
}


def session_frame(session: TrainingSession, user: User, current: str) -> dict[str, Any]:
    """Return what `trainers/session_tabs.html` shows; `current` is the key of the open tab."""
    return {
        "title": session.title,
        "state": session.get_state_display(),
        "state_kind": state_kind(session.state),
        "facts": [
            session.code,
            session.get_type_display(),
            session.get_mode_display(),
            _place(session),
            days_of(session),
        ],
        "trail": [
            {"url": reverse("trainers:session_list"), "label": _("Sessions")},
            {"url": "", "label": session.code},
        ],
        "to_do": _to_do(session, current),
        "stages": _stages(session, user, _INSIDE.get(current, current)),
    }


def _to_do(session: TrainingSession, current: str) -> ToDo | None:
    is_detailed = GUIDING_TABS.get(current)
    return None if is_detailed is None else to_do(session, is_detailed=is_detailed)


def state_kind(state: str) -> str:
    """Return the kind of badge that shows a state; the words are always there too."""
    return _STATE_KINDS[SessionState(state)]


def days_of(session: TrainingSession) -> str:
    """« le 12 mai 2025 », « du 12 au 13 mai 2025 », « du 30 mai 2025 au 2 juin 2025 »."""
    start, end = session.starts_on, session.ends_on
    last = date_format(end, "j F Y")
    if start == end:
        return _("le %(day)s") % {"day": last}
    is_one_month = (start.year, start.month) == (end.year, end.month)
    first = str(start.day) if is_one_month else date_format(start, "j F Y")
    return _("du %(first)s au %(last)s") % {"first": first, "last": last}


def _place(session: TrainingSession) -> str:
    return ", ".join(part for part in (session.venue, session.territory.name) if part)


def _stages(session: TrainingSession, user: User, current: str) -> list[dict[str, Any]]:
    """Each stage with its pages; the address of a stage is its first page."""
    tabs = {tab.key: tab for tab in _tabs(session, user)}
    labels = {
        "preparation": _("Préparer"),
        "room": _("Suivre") if session.mode == SessionMode.ONLINE else _("Animer"),
        "tests": _("Évaluer"),
        "file": _("Clore"),
    }
    known = {key for _stage, keys in _STAGES for key in keys}
    stages = []
    for stage, keys in _STAGES:
        pages = [tabs[key] for key in keys if key in tabs]
        if stage == _STAGES[-1][0]:
            pages += [tab for key, tab in tabs.items() if key not in known]
        stages.append(
            {
                "label": labels[stage],
                "url": pages[0].url,
                "is_current": any(page.key == current for page in pages),
                "pages": [
                    {"url": page.url, "label": page.label, "is_current": page.key == current}
                    for page in pages
                ],
            }
        )
    return stages


def _tabs(session: TrainingSession, user: User) -> list[Tab]:
    is_online = session.mode == SessionMode.ONLINE
    own = [
        Tab(key, label, reverse(f"trainers:{name}", args=[session.code]))
        for key, label, name in (
            ("preparation", _("Préparation"), "session_preparation"),
            ("trainers", _("Formateurs"), "session_trainers"),
            ("plan", _("Plan"), "session_plan"),
            ("attendance", _("Progression") if is_online else _("Présence"), "session"),
            ("roster", _("Liste"), "session_roster"),
            *([] if is_online else [("import", _("Import"), "attendance_upload")]),
            ("evidence", _("Pièces"), "session_evidence"),
            ("validation", _("Validation"), "session_validation"),
        )
    ]
    extra = [tab for add in EXTRA_TABS if (tab := add(session, user)) is not None]
    return [*own, *extra]
