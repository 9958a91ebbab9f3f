"""H5P and SCORM activities: what was imported, who approved its code, what learners reported."""

from django.db import models
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from courses.enums import ActivityKind, ActivityOutcome
from courses.models.curriculum_pages import LessonPage
from courses.models.progress import CourseRun


class ActivityLibraryQuerySet(models.QuerySet["ActivityLibrary"]):
    def waiting(self) -> "ActivityLibraryQuerySet":
        """Libraries that no administrator has approved."""
        return self.filter(approved_at__isnull=True)


class ActivityLibrary(models.Model):
    """The code of one H5P library. Other bytes are another library, to be approved again."""

    machine_name = models.CharField(_("nom technique"), max_length=120)
    major_version = models.PositiveSmallIntegerField(_("version majeure"))
    minor_version = models.PositiveSmallIntegerField(_("version mineure"))
    patch_version = models.PositiveIntegerField(_("correctif"))
    title = models.CharField(_("titre"), max_length=200)
    sha256 = models.CharField(_("empreinte"), max_length=64, unique=True)
    file_count = models.PositiveIntegerField(_("fichiers"))
    size = models.PositiveBigIntegerField(_("taille (octets)"))
    imported_at = models.DateTimeField(_("importée le"))
    approved_at = models.DateTimeField(_("approuvée le"), null=True, blank=True)
    approved_by = models.ForeignKey(
        User,
        verbose_name=_("approuvée par"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="approved_libraries",
    )

    objects = ActivityLibraryQuerySet.as_manager()

    class Meta:
        verbose_name = _("bibliothèque d'activité")
        verbose_name_plural = _("bibliothèques d'activités")

    def __str__(self) -> str:
        return self.versioned_name

    @property
    def versioned_name(self) -> str:
        """« H5P.MultiChoice 1.16 », as packages name it."""
        return f"{self.machine_name} {self.major_version}.{self.minor_version}"


class Activity(models.Model):
    """What a lesson points at. Its packages follow one another as versions."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    title = models.CharField(_("titre"), max_length=160)

    class Meta:
        verbose_name = _("activité")
        verbose_name_plural = _("activités")

    def __str__(self) -> str:
        return self.title


class ActivityVersionQuerySet(models.QuerySet["ActivityVersion"]):
    def playable(self) -> "ActivityVersionQuerySet":
        """Versions whose libraries have all been approved."""
        waiting = ActivityLibrary.objects.waiting().filter(versions=models.OuterRef("pk"))
        return self.filter(~models.Exists(waiting))

    def latest_first(self) -> "ActivityVersionQuerySet":
        """The version that was put forward last comes first."""
        return self.order_by("-offered_at", "-number")


class ActivityVersion(models.Model):
    """One package, kept whole under its hash. What runs is the last one offered and approved.

    `load_order` lists the hashes of the libraries, each after those it depends on; `launch` is the
    first page of a SCORM package, `main_library` the « H5P.Name 1.2 » that draws an H5P one.
    """

    activity = models.ForeignKey(
        Activity, verbose_name=_("activité"), on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveSmallIntegerField(_("numéro"))
    kind = models.CharField(_("format"), max_length=12, choices=ActivityKind)
    sha256 = models.CharField(_("empreinte du paquet"), max_length=64)
    package_size = models.PositiveBigIntegerField(_("taille du paquet (octets)"))
    file_count = models.PositiveIntegerField(_("fichiers"))
    size = models.PositiveBigIntegerField(_("taille décompressée (octets)"))
    launch = models.CharField(_("page de départ"), max_length=250, blank=True)
    main_library = models.CharField(_("bibliothèque principale"), max_length=140, blank=True)
    libraries = models.ManyToManyField(
        ActivityLibrary, verbose_name=_("bibliothèques"), related_name="versions"
    )
    load_order = models.JSONField(_("ordre de chargement"), default=list)
    imported_at = models.DateTimeField(_("importée le"))
    imported_by = models.ForeignKey(
        User,
        verbose_name=_("importée par"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="imported_activities",
    )
    offered_at = models.DateTimeField(_("proposée le"))

    objects = ActivityVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version d'une activité")
        verbose_name_plural = _("versions des activités")
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "sha256"], name="one_activity_version_per_package"
            ),
            models.UniqueConstraint(
                fields=["activity", "number"], name="one_activity_version_per_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} · {self.number}"

    @property
    def is_h5p(self) -> bool:
        return self.kind == ActivityKind.H5P


class ActivityResult(models.Model):
    """What an activity declared of one try: practice. Nothing is ever computed from it.

    Rows are only added. `uuid` is made by the learner's browser: the same one sent again is the
    same result. `score` and `max_score` are in the activity's own points.
    """

    uuid = models.UUIDField(_("identifiant"), unique=True)
    run = models.ForeignKey(
        CourseRun,
        verbose_name=_("parcours"),
        on_delete=models.CASCADE,
        related_name="activity_results",
    )
    lesson = models.ForeignKey(
        LessonPage,
        verbose_name=_("leçon"),
        on_delete=models.PROTECT,
        related_name="activity_results",
    )
    version = models.ForeignKey(
        ActivityVersion, verbose_name=_("version"), on_delete=models.PROTECT, related_name="results"
    )
    outcome = models.CharField(_("issue"), max_length=10, choices=ActivityOutcome)
    score = models.FloatField(_("score déclaré"), null=True, blank=True)
    max_score = models.FloatField(_("score maximal déclaré"), null=True, blank=True)
    reported_at = models.DateTimeField(_("reçu le"))

    class Meta:
        verbose_name = _("résultat d'une activité")
        verbose_name_plural = _("résultats des activités")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(score__isnull=True, max_score__isnull=True)
                | models.Q(
                    # An unknown maximum would make the comparison unknown, which passes.
                    max_score__isnull=False,
                    score__isnull=False,
                    max_score__gt=0,
                    score__gte=0,
                    score__lte=models.F("max_score"),
                ),
                name="activity_score_within_bounds",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def sentence(self) -> str:
        """« Terminée : 3 sur 4. Entraînement, score déclaré par l'activité. »"""
        outcome = self.get_outcome_display()
        if self.score is None or self.max_score is None:
            return _("%(outcome)s. Entraînement, résultat déclaré par l'activité.") % {
                "outcome": outcome
            }
        return _(
            "%(outcome)s : %(score)s sur %(most)s. Entraînement, score déclaré par l'activité."
        ) % {
            "outcome": outcome,
            "score": _points(self.score),
            "most": _points(self.max_score),
        }


def _points(value: float) -> str:
    return number_format(int(value) if value == int(value) else round(value, 2))
