"""The registers of experts, for the committee alone: names of investigators are never public."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.audience import audience
from accounts.enums import Audience
from trainers.enums import Speciality
from trainers.registry.directory import PRIVATE_SPECIALITIES
from trainers.registry.expert_registers import experts_by_register


@audience(Audience.COMMITTEE)
@require_safe
def expert_registers(request: HttpRequest) -> HttpResponse:
    """Who is in each register, with the state and the base; the plan's own register first."""
    found = experts_by_register(timezone.localdate())
    registers: list[dict[str, Any]] = [
        {
            "label": speciality.label,
            "is_private": speciality in PRIVATE_SPECIALITIES,
            "experts": found.get(speciality, []),
        }
        for speciality in Speciality
    ]
    context = {
        "registers": registers,
        "trail": [
            {"url": reverse("trainers:directory"), "label": _("Répertoire des formateurs")},
            {"url": "", "label": _("Registres d'experts")},
        ],
    }
    return render(request, "trainers/expert_registers.html", context)
