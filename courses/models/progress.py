"""What one person does alone in a curriculum: a self-paced run, lesson by lesson."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from courses.enums import RunState
from courses.models.curriculum_pages import CurriculumPage, LessonPage
from courses.models.versions import CurriculumVersion


class CourseRunQuerySet(models.QuerySet["CourseRun"]):
    def of_person(self, person_id: int) -> "CourseRunQuerySet":
        """Runs of a person, under each record merged into hers: they are one person."""
        return self.filter(person__in=Person.objects.same_as(person_id))

    def kept(self) -> "CourseRunQuerySet":
        """All but those given up."""
        return self.exclude(state=RunState.LEFT)

    def current_first(self) -> "CourseRunQuerySet":
        """The run under way first, then the last one begun."""
        is_closed = models.Case(models.When(state=RunState.OPEN, then=0), default=1)
        return self.order_by(is_closed, "-started_at", "-pk")


class CourseRun(models.Model):
    """One person's self-paced passage through one curriculum."""

    person = models.ForeignKey(
        Person, verbose_name=_("personne"), on_delete=models.PROTECT, related_name="course_runs"
    )
    curriculum = models.ForeignKey(
        CurriculumPage, verbose_name=_("curriculum"), on_delete=models.PROTECT, related_name="runs"
    )
    curriculum_version = models.CharField(_("version suivie"), max_length=20)
    taught_version = models.ForeignKey(
        CurriculumVersion,
        verbose_name=_("texte suivi"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="runs",
    )
    state = models.CharField(_("état"), max_length=10, choices=RunState, default=RunState.OPEN)
    started_at = models.DateTimeField(_("commencé le"))
    due_on = models.DateField(_("à terminer pour le"), null=True, blank=True)
    completed_at = models.DateTimeField(_("terminé le"), null=True, blank=True)

    objects = CourseRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("parcours individuel")
        verbose_name_plural = _("parcours individuels")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "curriculum"],
                condition=models.Q(state=RunState.OPEN),
                name="one_open_run_per_person_and_curriculum",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} · {self.curriculum_id}"


class LessonCompletion(models.Model):
    """A lesson read to its end, its checks answered, once per run."""

    run = models.ForeignKey(
        CourseRun, verbose_name=_("parcours"), on_delete=models.CASCADE, related_name="completions"
    )
    lesson = models.ForeignKey(
        LessonPage, verbose_name=_("leçon"), on_delete=models.PROTECT, related_name="completions"
    )
    completed_at = models.DateTimeField(_("terminée le"))

    class Meta:
        verbose_name = _("leçon terminée")
        verbose_name_plural = _("leçons terminées")
        constraints = [
            models.UniqueConstraint(fields=["run", "lesson"], name="lesson_completed_once_per_run"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} · {self.lesson_id}"


class CheckAnswer(models.Model):
    """The last answer given to a check inside a lesson: for feedback, never counted as a score.

    `block` is the id of the check in the lesson's stream, `choice` the rank of the answer from 0.
    """

    run = models.ForeignKey(
        CourseRun,
        verbose_name=_("parcours"),
        on_delete=models.CASCADE,
        related_name="check_answers",
    )
    lesson = models.ForeignKey(
        LessonPage,
        verbose_name=_("leçon"),
        on_delete=models.PROTECT,
        related_name="check_answers",
    )
    block = models.CharField(_("vérification"), max_length=40)
    choice = models.PositiveSmallIntegerField(_("réponse"))
    answered_at = models.DateTimeField(_("répondu le"))

    class Meta:
        verbose_name = _("réponse à une vérification")
        verbose_name_plural = _("réponses aux vérifications")
        constraints = [
            models.UniqueConstraint(
                fields=["run", "lesson", "block"], name="one_answer_per_check_and_run"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} · {self.lesson_id} · {self.block}"


class LessonNote(models.Model):
    """What a person writes for herself beside a lesson. Nobody else reads it."""

    person = models.ForeignKey(
        Person, verbose_name=_("personne"), on_delete=models.CASCADE, related_name="lesson_notes"
    )
    lesson = models.ForeignKey(
        LessonPage, verbose_name=_("leçon"), on_delete=models.PROTECT, related_name="notes"
    )
    text = models.TextField(_("note"))
    written_at = models.DateTimeField(_("écrite le"))

    class Meta:
        verbose_name = _("note personnelle")
        verbose_name_plural = _("notes personnelles")
        constraints = [
            models.UniqueConstraint(fields=["person", "lesson"], name="one_note_per_lesson"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} · {self.lesson_id}"
