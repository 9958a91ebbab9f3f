"""What a curriculum said over time: its kept versions, their texts, what changed between two.

Open to all, as the pages themselves were: a version holds only what was published.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from accounts.audience import audience
from accounts.enums import Audience
from courses.models import CurriculumPage, CurriculumVersion
from courses.version_comparison import compare, title_of


@audience(Audience.PUBLIC)
def version_list(request: HttpRequest, curriculum_id: int) -> HttpResponse:
    """The kept versions, the last one first, each with a link to what it changed."""
    curriculum = _curriculum(curriculum_id)
    versions = list(curriculum.versions.defer("files").order_by("-kept_at", "-pk"))
    before = [*versions[1:], None]
    context = _context(request, curriculum)
    context["entries"] = [
        {"version": version, "before": older}
        for version, older in zip(versions, before, strict=True)
    ]
    return render(request, "courses/versions.html", context)


@audience(Audience.PUBLIC)
def version_text(request: HttpRequest, curriculum_id: int, version_id: int) -> HttpResponse:
    """The texts of one version, file by file, each under its title."""
    curriculum = _curriculum(curriculum_id)
    version = get_object_or_404(curriculum.versions, pk=version_id)
    context = _context(request, curriculum, version.name)
    context["version"] = version
    context["files"] = [
        {"path": path, "title": title_of(path, text), "text": text}
        for path, text in sorted(version.files.items())
    ]
    return render(request, "courses/version.html", context)


@audience(Audience.PUBLIC)
def version_changes(
    request: HttpRequest, curriculum_id: int, before_id: int, after_id: int
) -> HttpResponse:
    """What the second version changed in the first, line by line."""
    curriculum = _curriculum(curriculum_id)
    before: CurriculumVersion = get_object_or_404(curriculum.versions, pk=before_id)
    after: CurriculumVersion = get_object_or_404(curriculum.versions, pk=after_id)
    context = _context(request, curriculum, _("Changements"))
    context |= {"before": before, "after": after, "changes": compare(before.files, after.files)}
    return render(request, "courses/version_changes.html", context)


def _curriculum(curriculum_id: int) -> CurriculumPage:
    return get_object_or_404(CurriculumPage.objects.live().public(), pk=curriculum_id)


def _context(request: HttpRequest, curriculum: CurriculumPage, *below: str) -> dict[str, object]:
    trail = curriculum.breadcrumb(request)
    trail += [{"url": "", "label": label} for label in (_("Versions"), *below)]
    return {"curriculum": curriculum, "breadcrumb": trail}
