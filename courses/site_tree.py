"""The pages that every installation has: home, catalogue, glossary, awareness, and the site."""

from dataclasses import dataclass
from typing import TypeVar

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, Site

from courses.models import (
    AwarenessIndexPage,
    BasePage,
    CatalogueIndexPage,
    GlossaryPage,
    HomePage,
)

SectionPage = TypeVar("SectionPage", bound=BasePage)


@dataclass(frozen=True, slots=True)
class SiteTree:
    """The fixed pages of the site."""

    catalogue: CatalogueIndexPage
    glossary: GlossaryPage
    awareness: AwarenessIndexPage
    home: HomePage


@transaction.atomic
def ensure_site() -> SiteTree:
    """Return the fixed pages, made on first call; what an editor changed since is left alone."""
    Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    home = HomePage.objects.first() or _make_home(root)
    return SiteTree(
        catalogue=_section(
            home,
            CatalogueIndexPage(
                title=_("Formations"),
                slug="formations",
                introduction=_(
                    "Les formations harmonisées du plan d'action national. Certaines se suivent "
                    "aussi en ligne, à votre rythme."
                ),
            ),
        ),
        glossary=_section(
            home,
            GlossaryPage(
                title=_("Glossaire"),
                slug="glossaire",
                introduction=_("Les mots des formations, chacun avec sa source."),
            ),
        ),
        awareness=_section(
            home,
            AwarenessIndexPage(
                title=_("Sensibilisation"),
                slug="sensibilisation",
                introduction=_(
                    "Reconnaître la traite autour de vous, et savoir à qui parler. Ces pages sont "
                    "pour tout le monde, sans inscription."
                ),
            ),
        ),
        home=HomePage.objects.get(pk=home.pk),
    )


def _make_home(root: Page) -> HomePage:
    """Make the home page the root of the default site; Wagtail's own first page goes away."""
    first_pages = [page for page in root.get_children() if page.specific_class is Page]
    home = root.add_child(
        instance=HomePage(
            title=_("Accueil"),
            slug="accueil",
            introduction=_(
                "Apprenez à reconnaître une situation de traite, à mettre la personne en sécurité "
                "et à prévenir le bon service."
            ),
        )
    )
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        site = Site(hostname="localhost", is_default_site=True)
    site.root_page = home
    site.site_name = str(settings.WAGTAIL_SITE_NAME)
    site.save()
    for page in first_pages:
        Page.objects.get(pk=page.pk).delete()
    return HomePage.objects.get(pk=home.pk)


def _section(home: HomePage, page: SectionPage) -> SectionPage:
    model = type(page)
    known = model.objects.first()
    if known is not None:
        return known
    Page.objects.get(pk=home.pk).add_child(instance=page)
    return model.objects.get(pk=page.pk)
