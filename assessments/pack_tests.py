"""The tests that a person takes along with a course, to start where there is no network."""

from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from assessments.enums import Occasion
from assessments.open_tests import form_open_to
from assessments.own_tests import TAKEN_BY_PARTICIPANTS, own_participations, tests_of
from courses.course_pack import PackedPage
from courses.models import CurriculumPage
from trainers.models import Participation

COPY_BYTES = 8_000  # of a whole copy, compressed: about 15 items


def tests_to_take_along(user: User, curriculum: CurriculumPage) -> list[PackedPage]:
    """Whole copies of the tests of this curriculum that are open or begun, and not handed in."""
    own = (
        own_participations(user)
        .filter(Q(session__curriculum=curriculum) | Q(course_run__curriculum=curriculum))
        .select_related("session", "course_run")
    )
    in_room = [one for one in own if one.session_id is not None]
    pages = [
        _page(test.participation, test.occasion, curriculum)
        for test in tests_of(in_room)
        if test.is_to_take
    ]
    for participation in own:
        if participation.session_id is None:
            pages += [
                _page(participation, occasion, curriculum)
                for occasion in TAKEN_BY_PARTICIPANTS
                if _is_to_take_alone(participation, occasion)
            ]
    return pages


def _is_to_take_alone(participation: Participation, occasion: str) -> bool:
    copy = participation.attempts.filter(occasion=occasion).first()
    if copy is not None:
        return copy.submitted_at is None
    return form_open_to(participation, occasion) is not None


def _page(participation: Participation, occasion: str, curriculum: CurriculumPage) -> PackedPage:
    place = participation.session.title if participation.session else curriculum.title
    return PackedPage(
        title=f"{Occasion(occasion).label} · {place}",
        url=reverse("assessments:whole_copy", args=[participation.pk, occasion]),
        size=COPY_BYTES,
    )
