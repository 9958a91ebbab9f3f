"""What is printed for a test: one copy for each participant, and spare ones. Only reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from assessments.enums import Occasion
from assessments.form_key import LETTERS, right_letter
from assessments.models import SessionForm, TestForm
from assessments.papers.typography import set_french
from assessments.session_tests import forms_of_session
from trainers.attendance.short_codes import short_code
from trainers.models import Participation, TrainingSession
from trainers.sessions.tabs import days_of

PRINTED_IN = "fr"
SPARE_COPIES = 3  # for each form: somebody always comes who is not on the list


@dataclass(frozen=True)
class Copy:
    """One copy to print: whose, on which form. A spare one has neither rank, name nor code."""

    form: TestForm
    rank: int | None = None
    name: str = ""
    code: str = ""


class NothingToPrint(LookupError):
    """No form is planned for this test; the text is a French sentence."""


def copies_to_print(
    session: TrainingSession, occasion: str, *, spare: int = SPARE_COPIES
) -> list[Copy]:
    """The copies in the order of the list, forms alternated as planned, then the spare ones.

    Raises NothingToPrint while no form is planned. A fixed number of queries.
    """
    planned = SessionForm.objects.filter(session=session, occasion=occasion)
    forms = [row.form for row in planned.select_related("form").order_by("seat_parity", "pk")]
    if not forms:
        raise NothingToPrint(_("Choisissez d'abord le formulaire de ce test."))
    taken = forms_of_session(session, occasion)
    people = Participation.objects.filter(session=session).select_related("person").order_by("pk")
    named = [
        Copy(taken[one.pk], rank, str(one.person), short_code(one.pk))
        for rank, one in enumerate(people, start=1)
        if one.pk in taken
    ]
    return named + [Copy(form) for form in forms for _one in range(spare)]


def printed_items(form: TestForm, *, with_key: bool = False) -> list[dict[str, Any]]:
    """The items of a form as printed, numbered by their place: typing counts the same places.

    A withdrawn item keeps its place and says so. What is right is there only `with_key`.
    """
    items = []
    for item in form.items.order_by("position"):
        printed: dict[str, Any] = {
            "number": item.position,
            "stem": set_french(item.stem),
            "choices": [set_french(choice["text"]) for choice in item.choices],
            "letters": LETTERS[: len(item.choices)],
            "is_withdrawn": item.withdrawn_at is not None,
        }
        if with_key:
            printed["right"] = right_letter(item)
        items.append(printed)
    return items


def heading(session: TrainingSession, occasion: str) -> dict[str, str]:
    """The words at the top of each sheet."""
    with translation.override(PRINTED_IN):
        return {
            "occasion": str(Occasion(occasion).label),
            "session": session.code,
            "title": set_french(session.title),
            "place": set_french(
                " · ".join(
                    part
                    for part in (session.venue, session.territory.name, days_of(session))
                    if part
                )
            ),
            "demo": _("Démonstration : données fictives") if session.is_demo else "",
        }


def form_mark(form: TestForm) -> str:
    """What tells the forms apart at a glance: the letter, or the code where there is none."""
    return form.letter or form.code


def typing_address(session: TrainingSession, occasion: str, copy: Copy) -> str:
    """Where the QR of an answer sheet leads its corrector: the row to type, of that form."""
    with translation.override(PRINTED_IN):
        path = reverse("assessments:type_copies", args=[session.code, occasion])
    query = urlencode(
        {"code": copy.code, "form": copy.form.code} if copy.code else {"form": copy.form.code}
    )
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}?{query}"


def distinct_forms(copies: Sequence[Copy]) -> list[TestForm]:
    """The forms of these copies, each once, in order of appearance."""
    return list({copy.form.pk: copy.form for copy in copies}.values())
