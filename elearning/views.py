from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.audience import audience
from accounts.enums import Audience
from elearning.arrival import arrival_url
from elearning.gallery import gallery_context


@audience(Audience.SIGNED_IN)
def after_sign_in(request: HttpRequest) -> HttpResponse:
    """Send each role to the page where its work starts."""
    return redirect(arrival_url(request.user))


@audience(Audience.PUBLIC)
def component_gallery(request: HttpRequest) -> HttpResponse:
    """Show every component with made-up values, where `SHOW_GALLERY` is set."""
    return render(request, "composants.html", gallery_context())
