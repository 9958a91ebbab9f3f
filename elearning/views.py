from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import condition, require_safe

from accounts.audience import audience
from accounts.enums import Audience
from elearning.arrival import arrival_url
from elearning.gallery import gallery_context
from elearning.phone_shell import manifest, worker_text, worker_version


@audience(Audience.SIGNED_IN)
def after_sign_in(request: HttpRequest) -> HttpResponse:
    """Send each role to the page where its work starts."""
    return redirect(arrival_url(request.user))


@audience(Audience.PUBLIC)
def component_gallery(request: HttpRequest) -> HttpResponse:
    """Show every component with made-up values, where `SHOW_GALLERY` is set."""
    return render(request, "composants.html", gallery_context())


@audience(Audience.PUBLIC)
@require_safe
@condition(etag_func=lambda request: f'"{worker_version()}"')
def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker that answers without network; its text changes whenever a file of the shell does.

    Asked again at each visit, it costs an empty 304.
    """
    return HttpResponse(
        worker_text(), content_type="text/javascript", headers={"Cache-Control": "no-cache"}
    )


@audience(Audience.PUBLIC)
@require_safe
def web_manifest(request: HttpRequest) -> HttpResponse:
    """What makes the site an application on a phone's screen."""
    return JsonResponse(manifest(), content_type="application/manifest+json")


@audience(Audience.PUBLIC)
@require_safe
def offline_page(request: HttpRequest) -> HttpResponse:
    """What a phone shows without network: the courses taken along. The same for everybody.

    The phone keeps one copy of this page, so it says nothing of who asks: its script lists what
    the phone holds.
    """
    return render(
        request,
        "offline.html",
        {"phone_owner": None, "navigation": [], "account_links": [], "user_label": ""},
    )
