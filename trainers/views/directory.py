"""The public directory of trainers: those who consent, and what one needs to call on them."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.audience import audience
from accounts.enums import Audience
from accounts.roles import belongs_to
from trainers.forms.directory import DirectoryFilter
from trainers.registry.directory import filter_trainers, listed_trainers, with_profile

PAGE_SIZE = 24


@audience(Audience.PUBLIC)
@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """Trainers by curriculum, region and language. No phone number, no address."""
    today = timezone.localdate()
    form = DirectoryFilter(request.GET)
    trainers = listed_trainers(today)
    if form.is_valid():
        asked = form.cleaned_data
        trainers = filter_trainers(
            trainers,
            day=today,
            curriculum=asked["curriculum"],
            territory=asked["region"],
            language=asked["langue"],
        )
    ordered = with_profile(trainers, today).order_by(
        "person__family_name", "person__given_name", "pk"
    )
    page = Paginator(ordered, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "cards": [_card(trainer) for trainer in page],
        "is_filtered": any(form.data.get(name) for name in form.fields),
        "is_keeper": belongs_to(request.user, Audience.COMMITTEE),
        "is_staff": belongs_to(request.user, Audience.TRAINING_STAFF),
    }
    return render(request, "trainers/directory.html", context)


def _card(trainer: Any) -> dict[str, Any]:
    languages = [
        one.get_language_display()
        for one in sorted(trainer.languages.all(), key=lambda one: one.language)
        if one.can_animate
    ]
    titles = dict.fromkeys(one.curriculum.title for one in trainer.valid_qualifications)
    return {
        "pk": trainer.pk,
        "name": str(trainer.person),
        "base": trainer.base_territory.name if trainer.base_territory else "",
        "summary": _("Habilité : %(titles)s") % {"titles": ", ".join(titles)} if titles else "",
        "languages": _("Anime en %(names)s") % {"names": ", ".join(languages)} if languages else "",
    }
