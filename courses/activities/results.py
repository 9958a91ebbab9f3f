"""Keep what an activity declares of a try: practice, tied to a run, never counted anywhere."""

import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.people import kept_person
from courses.activities.declared_scores import DeclaredResult
from courses.enums import RunState
from courses.models import ActivityResult, ActivityVersion, CourseRun, LessonPage, curriculum_of

SHOWN = 5
MAX_TRIES = 500  # of one activity in one run: code that sends without end fills no table


class ResultRefused(ValueError):
    """A result that is not kept; its text is a French sentence."""


def lesson_offers(lesson: LessonPage, code: str) -> bool:
    """Does this lesson hold the activity?"""
    return any(
        part["type"] == "activity" and part["value"].get("code") == code
        for part in lesson.body.raw_data
    )


def run_for(*, person: Person, lesson: LessonPage) -> CourseRun | None:
    """The run in which this person follows the lesson's curriculum, or None."""
    runs = CourseRun.objects.filter(person=kept_person(person), curriculum=curriculum_of(lesson))
    return runs.exclude(state=RunState.LEFT).order_by("-started_at").first()


def last_results(*, run: CourseRun, code: str) -> list[ActivityResult]:
    """The last tries of this activity in this run, latest first."""
    results = run.activity_results.filter(version__activity__code=code)
    return list(results.order_by("-reported_at", "-pk")[:SHOWN])


@transaction.atomic
def record_result(
    *,
    person: Person,
    version: ActivityVersion,
    lesson: LessonPage,
    declared: DeclaredResult,
    at: datetime.datetime | None = None,
) -> ActivityResult:
    """Add the result to the person's run; the same identifier again is the same result.

    Raises `ResultRefused` for somebody who does not follow the curriculum, for a lesson that does
    not hold the activity, after `MAX_TRIES`, and for an identifier that somebody else has used.
    """
    if not lesson_offers(lesson, version.activity.code):
        raise ResultRefused(_("Cette leçon ne propose pas cette activité."))
    run = run_for(person=person, lesson=lesson)
    if run is None:
        raise ResultRefused(_("Vous ne suivez pas cette formation : ce résultat n'est pas gardé."))
    kept = ActivityResult.objects.filter(uuid=declared.uuid).exists()
    if not kept and run.activity_results.filter(version=version).count() >= MAX_TRIES:
        raise ResultRefused(_("Cette activité a déjà envoyé trop de résultats."))
    try:
        with transaction.atomic():
            result, _is_new = ActivityResult.objects.get_or_create(
                uuid=declared.uuid,
                defaults={
                    "run": run,
                    "lesson": lesson,
                    "version": version,
                    "outcome": declared.outcome,
                    "score": declared.score,
                    "max_score": declared.max_score,
                    "reported_at": at or timezone.now(),
                },
            )
    except IntegrityError as error:
        raise ResultRefused(_("Ce résultat n'a pas pu être gardé.")) from error
    if result.run_id != run.pk or result.version.activity_id != version.activity_id:
        raise ResultRefused(_("Ce résultat a déjà été reçu d'une autre page."))
    return result
