"""The list of what « Emporter ce cours » brings to a phone."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.audience import audience
from accounts.enums import Audience
from accounts.models import User
from courses.course_pack import PackedFile, pack_of
from courses.models import CurriculumPage


@audience(Audience.LEARNER)
@require_safe
def course_pack(request: HttpRequest, curriculum_id: int) -> HttpResponse:
    """Return {files, heavy: [[address, bytes, other names…]], pages: [[title, address]]}."""
    assert isinstance(request.user, User)  # the audience has let nobody else in
    curriculum = get_object_or_404(CurriculumPage.objects.live(), pk=curriculum_id)
    pack = pack_of(curriculum, request.user)
    return JsonResponse(
        {
            "files": [_row(file) for file in pack.files],
            "heavy": [_row(file) for file in pack.heavy],
            "pages": [[page.title, page.url] for page in pack.pages],
        }
    )


def _row(file: PackedFile) -> list[str | int]:
    return [file.url, file.size, *file.other_names]
