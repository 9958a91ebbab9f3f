"""« À traiter »: what is missing or odd in the data of this account's field."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.audience import audience
from accounts.enums import Audience
from accounts.models import User
from assessments.attention import concerns_for

PAGE_SIZE = 20


@audience(Audience.TRAINING_STAFF)
@require_safe
def attention(request: HttpRequest) -> HttpResponse:
    """Counts of every concern, then the lines of the one that is open."""
    assert isinstance(request.user, User)  # stated by the audience
    concerns = concerns_for(request.user, day=timezone.localdate())
    counts = {concern.code: concern.rows.count() for concern in concerns}
    pending = [concern for concern in concerns if counts[concern.code]]
    asked = request.GET.get("liste", "")
    opened = next((one for one in pending if one.code == asked), pending[0] if pending else None)
    page = Paginator(opened.rows, PAGE_SIZE).get_page(request.GET.get("page")) if opened else None
    context = {
        "links": [
            {"label": one.label, "count": counts[one.code], "url": f"?liste={one.code}"}
            for one in pending
        ],
        "opened": opened,
        "page": page,
        "lines": [opened.show(row) for row in page] if opened and page else [],
    }
    return render(request, "assessments/attention.html", context)
