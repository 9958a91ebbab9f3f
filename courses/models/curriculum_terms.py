"""Which words of the shared glossary a curriculum brings: an export writes them back with it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models.curriculum_pages import CurriculumPage
from courses.models.vocabulary import GlossaryTerm


class CurriculumTerm(models.Model):
    curriculum = models.ForeignKey(
        CurriculumPage,
        verbose_name=_("curriculum"),
        on_delete=models.CASCADE,
        related_name="glossary_terms",
    )
    term = models.ForeignKey(
        GlossaryTerm, verbose_name=_("terme"), on_delete=models.CASCADE, related_name="curricula"
    )

    class Meta:
        verbose_name = _("terme d'un curriculum")
        verbose_name_plural = _("termes des curricula")
        constraints = [
            models.UniqueConstraint(
                fields=["curriculum", "term"], name="one_term_once_per_curriculum"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.curriculum_id} · {self.term_id}"
