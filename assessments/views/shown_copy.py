"""A copy as its pages show it: its heading and its items, never what is right."""

from typing import Any

from assessments.form_key import LETTERS
from assessments.own_tests import AskedItem
from trainers.models import Participation

JS_COOKIE = "js"  # static/js/phone.js sets it: this browser can keep a whole copy by itself


def heading_of(participation: Participation) -> str:
    """What the test belongs to: the session, or the curriculum of a self-paced run."""
    if participation.session is not None:
        return participation.session.title
    assert participation.course_run is not None  # a constraint: a session or a run
    return participation.course_run.curriculum.title


def shown_item(item: AskedItem) -> dict[str, Any]:
    """One item for `components/choices.html`."""
    return {
        "name": item.name,
        "number": item.number,
        "stem": item.stem,
        "selected": item.selected,
        "choices": [
            {"value": LETTERS[rank], "label": text} for rank, text in enumerate(item.choices)
        ],
    }
