"""Pages in other languages: the same tree beside the French one, ready for a translator.

A page that nobody translated yet is an alias of the French page: it follows it, and says so.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import GroupPagePermission, Locale, Page, WorkflowPage

from courses.editorial_roles import AUTHORS, VALIDATORS
from courses.folder_problems import InvalidFolder, Problem
from courses.lesson_stream import stream_of
from courses.models import AwarenessPage, BasePage
from courses.page_publishing import PageCount, publish_page
from courses.site_tree import SiteTree, ensure_site
from courses.translated_folder import ParsedTranslation

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


@transaction.atomic
def publish_translation(*, code: str, translation: ParsedTranslation) -> PageCount:
    """Publish what was translated in place of the French text; a second time changes nothing.

    Raises InvalidFolder for a page that French does not have, DraftInTheWay for a draft.
    """
    site, locale = ensure_site(), Locale.objects.get(language_code=code)
    count = PageCount()
    for section in translation.sections:
        page = getattr(site, section.name).get_translation(locale).specific
        values = {"title": section.title, "introduction": section.introduction}
        _publish(page, {**values, "search_description": section.introduction}, count)
    for parsed in translation.pages:
        found = AwarenessPage.objects.filter(locale=locale, slug=parsed.slug).first()
        if found is None:
            sentence = _("page inconnue en français : %(slug)s.") % {"slug": parsed.slug}
            raise InvalidFolder([Problem(code, sentence)])
        page_values: dict[str, Any] = {
            "title": parsed.title,
            "summary": parsed.summary,
            "search_description": parsed.summary,
            "body": stream_of(parsed.parts),
            "sources": list(parsed.sources),
        }
        _publish(found, page_values, count)
    return count


def _publish(page: BasePage, values: dict[str, Any], count: PageCount) -> None:
    """A page translated no longer follows the French one."""
    if page.alias_of_id is not None:
        page.alias_of = None
        page.save(update_fields=["alias_of"])
    publish_page(page, parent=page.get_parent(), model=type(page), values=values, count=count)


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
