"""Pages in other languages: the same tree beside the French one, ready for a translator.

A page that nobody translated yet is an alias of the French page: it follows it, and says so.
"""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import GroupPagePermission, Locale, Page, WorkflowPage

from courses.editorial_roles import AUTHORS, VALIDATORS
from courses.models import AwarenessPage
from courses.site_tree import SiteTree, ensure_site

# English readers are partners: they get every section. Bamanankan serves the public pages.
SECTIONS = {"en": ("catalogue", "awareness", "glossary"), "bm": ("awareness",)}
TRANSLATE = ("wagtail_localize", "submit_translation")


@transaction.atomic
def ensure_translated_pages() -> int:
    """Give each further language its home, sections and awareness pages; return how many are new.

    What a translator wrote is left alone. Authors may translate, and publishing asks a validator
    as for the French pages.
    """
    site = ensure_site()
    added = 0
    for code, names in SECTIONS.items():
        locale, _is_new = Locale.objects.get_or_create(language_code=code)
        sections = [getattr(site, name) for name in names]
        for page in _pages(site, sections):
            if not page.has_translation(locale):
                page.copy_for_translation(locale, alias=True)
                added += 1
        _follow_rights(sections, locale)
    _let_translate()
    return added


def _pages(site: SiteTree, sections: Iterable[Page]) -> list[Page]:
    """The French pages to have in each language, parents first."""
    awareness = AwarenessPage.objects.child_of(site.awareness).live().order_by("path")
    return [site.home, *sections, *awareness]


def _follow_rights(sections: Iterable[Page], locale: Locale) -> None:
    """Who may write a French section, and the workflow it goes through, hold for the other one."""
    for section in sections:
        translated = section.get_translation(locale)
        for known in GroupPagePermission.objects.filter(page_id=section.pk):
            GroupPagePermission.objects.get_or_create(
                group_id=known.group_id, page_id=translated.pk, permission_id=known.permission_id
            )
        for workflow_page in WorkflowPage.objects.filter(page_id=section.pk):
            WorkflowPage.objects.get_or_create(
                page_id=translated.pk, defaults={"workflow_id": workflow_page.workflow_id}
            )


def _let_translate() -> None:
    app_label, codename = TRANSLATE
    allowed = Permission.objects.filter(content_type__app_label=app_label, codename=codename)
    for group in Group.objects.filter(name__in=(AUTHORS, VALIDATORS)):
        group.permissions.add(*allowed)
