"""Sound and short video: always with the words, for who cannot hear or pays for each megabyte."""

from django.core.validators import FileExtensionValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet

from courses.enums import RecordingKind

MEDIA_EXTENSIONS = ("m4a", "mp3", "mp4", "oga", "ogg", "opus", "wav", "webm")


@register_snippet
class Recording(models.Model):
    """A file to listen to or to watch. `transcript` is compulsory; a video has captions too."""

    title = models.CharField(_("titre"), max_length=160)
    kind = models.CharField(_("type"), max_length=10, choices=RecordingKind)
    file = models.FileField(
        _("fichier"),
        upload_to="recordings/",
        validators=[FileExtensionValidator(MEDIA_EXTENSIONS)],
    )
    captions = models.FileField(
        _("sous-titres (WebVTT)"),
        upload_to="recordings/",
        blank=True,
        validators=[FileExtensionValidator(["vtt"])],
    )
    language = models.CharField(_("langue"), max_length=10, default="fr")
    transcript = models.TextField(_("transcription"))
    seconds = models.PositiveIntegerField(_("durée (secondes)"), null=True, blank=True)
    sha256 = models.CharField(_("empreinte du fichier"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("enregistrement")
        verbose_name_plural = _("enregistrements")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind=RecordingKind.VIDEO) | ~models.Q(captions=""),
                name="video_has_captions",
            ),
        ]

    def __str__(self) -> str:
        return self.title
