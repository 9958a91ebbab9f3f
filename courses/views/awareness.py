"""The printable sheet of a public page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.audience import audience
from accounts.enums import Audience
from accounts.file_answers import shown_answer
from courses.awareness_sheets import sheet_of
from courses.downloads import count_download, is_download
from courses.models import AwarenessPage


@audience(Audience.PUBLIC)
@require_safe
def awareness_sheet(request: HttpRequest, page_id: int) -> HttpResponse:
    """The PDF of one page, named after it; a download is counted, nobody is noted."""
    page = get_object_or_404(AwarenessPage.objects.live().public(), pk=page_id)
    pdf = sheet_of(page, page.full_url).pdf
    if is_download(request):
        language = page.locale.language_code
        count_download(document=f"fiche-{language}-{page.slug}", title=_("Fiche : %s") % page.title)
    return shown_answer(pdf, f"fiche-{page.slug}.pdf")
