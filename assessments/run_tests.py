"""The tests of a self-paced run: which form a person takes, and when it is open. Only reads.

No trainer plans these tests, so two rules do. The forms are those of the curriculum's banks that
may be compared with one another; half of the runs take A then B, the other half B then A (domain
§4). The pre-test measures where a person starts: it is open until a first lesson is completed. The
post-test is open when the last lesson is.
"""

from assessments.enums import Occasion
from assessments.models import Attempt, TestForm
from courses.enums import RunState
from courses.models import CourseRun, CurriculumPage, LessonCompletion
from trainers.models import Participation

_OTHER = {Occasion.PRE: Occasion.POST, Occasion.POST: Occasion.PRE}


def run_form(participation: Participation, occasion: str) -> TestForm | None:
    """The form this person takes on this occasion in a self-paced run; None where there is none.

    A copy already started keeps its form, and its pair is parallel to it, whatever was imported
    meanwhile. A curriculum with a single form asks it twice. Three queries at most.
    """
    run = participation.course_run
    if run is None or occasion not in _OTHER:
        return None
    taken = {
        attempt.occasion: attempt.form
        for attempt in Attempt.objects.filter(
            participation=participation, occasion__in=_OTHER
        ).select_related("form")
    }
    if occasion in taken:
        return taken[occasion]
    pair = taken.get(_OTHER[Occasion(occasion)])
    forms = _parallel_forms(run.curriculum_id, pair.parallel_group if pair else None)
    if pair is not None:
        return next((form for form in forms if form.pk != pair.pk), pair)
    if not forms:
        return None
    is_second = (run.pk + (occasion == Occasion.POST)) % 2
    return forms[is_second % len(forms)]


def run_test_is_open(participation: Participation, occasion: str) -> bool:
    """Whether this test of a self-paced run may be started now; False for a session's test.

    Before: from enrolment until the first lesson is completed, since it would no longer show the
    starting point. After: once the run is completed. A run given up opens neither.
    """
    run = participation.course_run
    if run is None:
        return False
    if occasion == Occasion.POST:
        return run.state == RunState.COMPLETED
    if occasion == Occasion.PRE:
        return run.state == RunState.OPEN and not _has_read(run)
    return False


def has_forms(curriculum: CurriculumPage) -> bool:
    """Whether a run of this curriculum has tests at all; one query."""
    return TestForm.objects.filter(bank__curriculum=curriculum).exists()


def _has_read(run: CourseRun) -> bool:
    return LessonCompletion.objects.filter(run=run).exists()


def _parallel_forms(curriculum_id: int, group: str | None) -> list[TestForm]:
    """Two forms at most that may be compared, by letter: of that group, or of the best one.

    The best group is one with two forms; among several, the last one frozen.
    """
    groups: dict[str, list[TestForm]] = {}
    known = TestForm.objects.filter(bank__curriculum=curriculum_id).order_by("letter", "code")
    for form in known:
        groups.setdefault(form.parallel_group, []).append(form)
    if group is not None:
        return groups.get(group, [])[:2]
    best = max(
        groups.values(),
        key=lambda forms: (len(forms) > 1, max(form.frozen_at for form in forms)),
        default=[],
    )
    return best[:2]
