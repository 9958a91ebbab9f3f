"""What runs or is loaded inside an activity's frame. No session is read, no cookie is set."""

from functools import wraps
from typing import Any

from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.audience import View, audience
from accounts.enums import Audience
from courses.activities import h5p_page
from courses.activities.content_host import is_content_host
from courses.activities.package_store import LIBRARIES, PACKAGES, SCORM_PACKAGES, kept_file
from courses.activities.players import player_file as served_player_file
from courses.activities.players import player_url
from courses.activities.served_files import (
    framed,
    joined_response,
    kept_response,
    refuse_our_pages,
    site_origin,
)
from courses.enums import ActivityKind
from courses.models import ActivityLibrary, ActivityVersion

SITE_SIGNER = Signer(salt="courses.activities.site", sep="~")

H5P_POLICY = (
    "sandbox allow-scripts; default-src 'none'; script-src {files} 'unsafe-eval'; "
    "style-src {files} 'unsafe-inline'; img-src {files} data: blob:; font-src {files} data:; "
    "media-src {files} data: blob:; connect-src {files}; frame-ancestors {site}; "
    "base-uri 'none'; form-action 'none'"
)
SCORM_POLICY = (
    "sandbox allow-scripts allow-same-origin allow-forms; "
    "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; object-src 'none'; "
    "frame-ancestors 'self' {site}; base-uri 'self'; form-action 'self'"
)


def on_content_host(view: View) -> View:
    """SCORM is served under the content origin's name only, whatever led here."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_content_host(request.get_host()):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@audience(Audience.PUBLIC)
@require_safe
def h5p_frame(request: HttpRequest, sha256: str) -> HttpResponse:
    """The page that plays an H5P package: two files of ours, two of the core, two of the package.

    The sandbox is in the header too: opened by itself, it is as foreign to the site as in a frame.
    """
    version = _playable(sha256)
    key = h5p_page.page_key(version)
    context = {
        "content_id": h5p_page.CONTENT_ID,
        "title": version.activity.title,
        "core_style": player_url("h5p", "styles/h5p.css"),
        "core_script": player_url("h5p", "frame.bundle.js"),
        "style": reverse("activity_content:h5p_part", args=[sha256, key, "styles.css"]),
        "setup": reverse("activity_content:h5p_part", args=[sha256, key, "preparation.js"]),
        "script": reverse("activity_content:h5p_part", args=[sha256, key, "scripts.js"]),
    }
    site = site_origin(request)
    response = HttpResponse(render_to_string("courses/activities/h5p_frame.html", context))
    return framed(response, policy=H5P_POLICY.format(files=f"{site}/activites-contenu/", site=site))


@audience(Audience.PUBLIC)
@require_safe
def h5p_part(request: HttpRequest, sha256: str, key: str, name: str) -> HttpResponse:
    """A joined file of that page."""
    refuse_our_pages(request)
    version = _playable(sha256)
    if key != h5p_page.page_key(version):
        raise Http404
    if name == "styles.css":
        return joined_response(h5p_page.joined_styles(version), "text/css")
    if name == "scripts.js":
        return joined_response(h5p_page.joined_scripts(version), "text/javascript")
    text = h5p_page.setup_script(version, site=site_origin(request))
    return joined_response(text, "text/javascript")


@audience(Audience.PUBLIC)
@require_safe
def package_file(request: HttpRequest, sha256: str, name: str) -> HttpResponseBase:
    """A picture or a sound of an H5P content."""
    refuse_our_pages(request)
    _playable(sha256)
    return kept_response(request, kept_file(shelf=PACKAGES, sha256=sha256, name=name))


@audience(Audience.PUBLIC)
@require_safe
def library_file(request: HttpRequest, sha256: str, name: str) -> HttpResponseBase:
    """A file of a library that has been approved."""
    refuse_our_pages(request)
    if not ActivityLibrary.objects.filter(sha256=sha256, approved_at__isnull=False).exists():
        raise Http404
    return kept_response(request, kept_file(shelf=LIBRARIES, sha256=sha256, name=name))


@audience(Audience.PUBLIC)
@require_safe
def player_file(request: HttpRequest, player: str, key: str, name: str) -> HttpResponseBase:
    """A file of a player that npm installed; `key` only makes its address change with it."""
    return kept_response(request, served_player_file(player, name))


@audience(Audience.PUBLIC)
@require_safe
@on_content_host
def scorm_frame(request: HttpRequest, site: str, sha256: str) -> HttpResponse:
    """The page that gives a SCORM package its interface, and speaks to the site that framed it.

    `site` is the site's origin, signed by the site itself: no other page is told anything.
    """
    origin = _signed_site(site)
    kinds = (ActivityKind.SCORM_12, ActivityKind.SCORM_2004)
    version = ActivityVersion.objects.filter(sha256=sha256, kind__in=kinds).first()
    if version is None:
        raise Http404
    is_2004 = version.kind == ActivityKind.SCORM_2004
    path, _mark, query = version.launch.partition("?")
    launch = reverse("activity_content:scorm_file", args=[site, sha256, path])
    context = {
        "title": version.activity.title,
        "site": origin,
        "edition": "2004" if is_2004 else "1.2",
        "player": player_url("scorm", "scorm2004.min.js" if is_2004 else "scorm12.min.js"),
        "launch": f"{launch}?{query}" if query else launch,
    }
    response = HttpResponse(render_to_string("courses/activities/scorm_frame.html", context))
    return framed(response, policy=SCORM_POLICY.format(site=origin))


@audience(Audience.PUBLIC)
@require_safe
@on_content_host
def scorm_part(request: HttpRequest, name: str) -> HttpResponse:
    """The script and the style sheet of that page."""
    kind = "text/css" if name.endswith(".css") else "text/javascript"
    response = joined_response(h5p_page.frame_part(name), kind)
    response.headers["Cache-Control"] = "no-cache"
    return response


@audience(Audience.PUBLIC)
@require_safe
@on_content_host
def scorm_file(request: HttpRequest, site: str, sha256: str, name: str) -> HttpResponseBase:
    """A file of a SCORM package, pages included."""
    policy = SCORM_POLICY.format(site=_signed_site(site))
    return kept_response(
        request, kept_file(shelf=SCORM_PACKAGES, sha256=sha256, name=name), policy=policy
    )


def _signed_site(signed: str) -> str:
    try:
        origin: str = SITE_SIGNER.unsign(signed.replace("!", "/"))
    except BadSignature as error:
        raise Http404 from error
    return origin


def scorm_frame_url(version: ActivityVersion, origin: str) -> str:
    """Path, on the content origin, of the page that plays this version for this site."""
    signed = SITE_SIGNER.sign(origin).replace("/", "!")
    return reverse("activity_content:scorm_frame", args=[signed, version.sha256])


def _playable(sha256: str) -> ActivityVersion:
    versions = ActivityVersion.objects.playable().select_related("activity")
    version = versions.filter(sha256=sha256, kind=ActivityKind.H5P).first()
    if version is None:
        raise Http404
    return version
