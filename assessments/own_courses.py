"""« Mes formations »: where a person stands in each course read online, and the next step.

One entry per self-paced run and per online session. A run that an online session counts is shown
with the session, never twice. Only reads.
"""

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from assessments.enums import Occasion
from assessments.models import Attempt, TestForm
from courses.enums import RunState
from courses.lesson_log import LessonLog, lesson_logs
from courses.models import CourseRun, CurriculumPage
from courses.outline import hours_text
from courses.run_steps import RunStep
from trainers.enums import LadderStatus, SessionMode, SessionState
from trainers.models import Participation, RuleSet
from trainers.sessions.online import counted_run

Copies = Mapping[tuple[int, str], Attempt]  # by participation and occasion
_MINUTES = 60


@dataclass(frozen=True)
class OwnCourse:
    """One course of mine. `step` is the one thing to do next, or None when nothing is left."""

    curriculum: CurriculumPage
    title: str
    session_code: str
    state: str
    is_done: bool
    log: LessonLog
    due_on: datetime.date | None
    is_late: bool
    sentence: str
    step: RunStep | None


def own_courses(
    account: User, participations: Sequence[Participation], copies: Copies
) -> list[OwnCourse]:
    """Return the account's courses, those under way first; five queries whatever their number.

    `participations` are the person's own, with `session__curriculum` and `course_run` loaded.
    """
    runs = list(
        CourseRun.objects.of_person(account.person_id or 0)
        .kept()
        .current_first()
        .select_related("curriculum__refreshes")
    )
    online = [
        one
        for one in participations
        if one.session is not None
        and one.session.mode == SessionMode.ONLINE
        and one.session.state != SessionState.CANCELLED
    ]
    if not runs and not online:
        return []
    logs = lesson_logs(runs)
    of_run = {one.course_run_id: one for one in participations if one.course_run_id}
    counted = {one.pk: counted_run(one, one.session, runs) for one in online if one.session}
    with_session = {run.pk for run in counted.values() if run is not None}
    rules = list(RuleSet.objects.order_by("-effective_on"))
    tested = _tested_curricula(runs)
    courses = [_of_session(one, counted[one.pk], logs) for one in online] + [
        _of_run(
            run,
            of_run.get(run.pk),
            logs[run.pk],
            copies,
            rules,
            has_tests=run.curriculum_id in tested,
        )
        for run in runs
        if run.pk not in with_session
    ]
    return sorted(courses, key=lambda course: course.is_done)


def run_test_step(run: CourseRun) -> RunStep | None:
    """The test that a run asks for now, for the page of its curriculum; three queries at most.

    `apps.py` appends it to `courses.run_steps.RUN_STEPS`.
    """
    participation = Participation.objects.filter(course_run=run).first()
    if participation is None or not _tested_curricula([run]):
        return None
    copies = {
        (one.participation_id, one.occasion): one
        for one in Attempt.objects.filter(participation=participation)
    }
    return _test_step(run, participation, copies, has_read=run.completions.exists())


def _of_session(
    participation: Participation, run: CourseRun | None, logs: Mapping[int, LessonLog]
) -> OwnCourse:
    session = participation.session
    assert session is not None  # asked for by the caller
    log = logs[run.pk] if run else LessonLog((), ())
    is_done = run is not None and run.state == RunState.COMPLETED
    return OwnCourse(
        curriculum=session.curriculum,
        title=session.title,
        session_code=session.code,
        state=_("Terminée") if is_done else _("En ligne, avec un tuteur"),
        is_done=is_done,
        log=log,
        due_on=session.ends_on,
        is_late=not is_done and session.ends_on < timezone.localdate(),
        sentence=str(_STATUS[LadderStatus(participation.status)]),
        step=_reading_step(run, log) if run else None,
    )


def _of_run(
    run: CourseRun,
    participation: Participation | None,
    log: LessonLog,
    copies: Copies,
    rules: Sequence[RuleSet],
    *,
    has_tests: bool,
) -> OwnCourse:
    is_done = run.state == RunState.COMPLETED
    step = None
    if participation is not None and has_tests:
        step = _test_step(run, participation, copies, has_read=bool(log.read))
    return OwnCourse(
        curriculum=run.curriculum,
        title=run.curriculum.title,
        session_code="",
        state=_("Terminée") if is_done else _("En cours"),
        is_done=is_done,
        log=log,
        due_on=None if is_done else run.due_on,
        is_late=not is_done and run.due_on is not None and run.due_on < timezone.localdate(),
        sentence=_counting_sentence(run, participation, log, rules),
        step=step or _reading_step(run, log) or _result_step(participation, copies),
    )


def _reading_step(run: CourseRun, log: LessonLog) -> RunStep | None:
    if run.state != RunState.OPEN:
        return None
    resume = reverse("courses:resume", args=[run.pk])
    if not log.next_title:
        return RunStep(_("Terminer la formation"), resume, "")
    words = _("Reprendre : %(title)s") if log.read else _("Commencer : %(title)s")
    return RunStep(words % {"title": log.next_title}, resume, "")


def _test_step(
    run: CourseRun, participation: Participation, copies: Copies, *, has_read: bool
) -> RunStep | None:
    """The test to take now: before the first lesson, or after the last."""
    if run.state == RunState.COMPLETED:
        occasion, label = Occasion.POST, _("Passer le post-test")
        sentence = _("Toutes les leçons sont lues : il reste le post-test.")
    else:
        occasion, label = Occasion.PRE, _("Passer le pré-test")
        sentence = _("Le pré-test se passe avant la première leçon : il montre votre départ.")
    copy = copies.get((participation.pk, occasion))
    is_begun = copy is not None and copy.submitted_at is None
    is_closed = occasion == Occasion.PRE and has_read and not is_begun
    if is_closed or (copy is not None and copy.submitted_at is not None):
        return None
    address = reverse("assessments:start_run_test", args=[run.pk, occasion])
    if is_begun:
        label = _("Reprendre le test")
        sentence = _("Un test est commencé : vos réponses sont gardées.")
    return RunStep(label, address, sentence)


def _result_step(participation: Participation | None, copies: Copies) -> RunStep | None:
    copy = copies.get((participation.pk, Occasion.POST)) if participation else None
    if copy is None or copy.submitted_at is None:
        return None
    return RunStep(
        _("Revoir le résultat"), reverse("assessments:test_result", args=[copy.uuid]), ""
    )


# Read when a page is made, in its language.
_STATUS = {
    LadderStatus.ENROLLED: gettext_lazy("Aucune leçon n'est encore notée."),
    LadderStatus.PRESENT: gettext_lazy("Vos lectures sont notées ; il en reste."),
    LadderStatus.INFORMED: gettext_lazy("Vos lectures comptent comme information."),
    LadderStatus.TRAINED: gettext_lazy("Cette formation compte : vous l'avez suivie."),
    LadderStatus.CERTIFIED: gettext_lazy(
        "Cette formation compte : vous l'avez suivie et réussi le post-test."
    ),
}


def _counting_sentence(
    run: CourseRun, participation: Participation | None, log: LessonLog, rules: Sequence[RuleSet]
) -> str:
    """What the run counts as, in words: a short course informs, it never trains (domain §2)."""
    day = timezone.localtime(run.started_at).date()
    rule = next((one for one in rules if one.effective_on <= day), None)
    planned = sum(log.planned)
    if rule is not None and planned < rule.min_hours * _MINUTES:
        return _(
            "Ce parcours compte comme information : une formation complète demande au moins "
            "%(hours)s de leçons, celui-ci en a %(planned)s."
        ) % {"hours": hours_text(int(rule.min_hours * _MINUTES)), "planned": hours_text(planned)}
    if participation is None:
        return ""
    return str(_STATUS[LadderStatus(participation.status)])


def _tested_curricula(runs: Collection[CourseRun]) -> set[int]:
    """The curricula of these runs that have a test; one query."""
    forms = TestForm.objects.filter(bank__curriculum__in={run.curriculum_id for run in runs})
    return {pk for pk in forms.values_list("bank__curriculum", flat=True) if pk is not None}
