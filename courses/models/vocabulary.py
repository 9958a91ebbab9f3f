"""Words shared by every curriculum: the topics that indicators filter on, and the glossary."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index
from wagtail.snippets.models import register_snippet

from courses.search_words import search_words


@register_snippet
class Topic(models.Model):
    """What a curriculum teaches; indicators 2.2.a, 3.1.1 and 3.2.1 count by topic."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("nom"), max_length=120)

    class Meta:
        verbose_name = _("thème")
        verbose_name_plural = _("thèmes")

    def __str__(self) -> str:
        return self.name


@register_snippet
class GlossaryTerm(index.Indexed, models.Model):
    slug = models.SlugField(_("identifiant"), max_length=80, unique=True)
    term = models.CharField(_("terme"), max_length=120)
    definition = models.TextField(_("définition"))
    source = models.CharField(_("source"), max_length=200, blank=True)

    search_fields = [index.AutocompleteField("search_text")]

    class Meta:
        verbose_name = _("terme du glossaire")
        verbose_name_plural = _("glossaire")

    def __str__(self) -> str:
        return self.term

    @property
    def search_text(self) -> str:
        """The words that the search finds it by."""
        return search_words(f"{self.term} {self.definition}")

    @property
    def initial(self) -> str:
        """The letter under which the glossary lists it: the slug has no accent."""
        return self.slug[:1].upper()
