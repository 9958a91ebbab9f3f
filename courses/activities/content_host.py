"""Two names for one server: the site's, and the one that serves SCORM packages only.

A SCORM package is a whole web site written by somebody else, and needs an origin to run in. That
origin must not be ours: there it could read cookies and pages. On `CONTENT_ORIGIN` nothing but
packages is served, and no cookie is read or set; on the site's own name no package is served.
"""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, HttpResponseRedirect
from django.http.request import split_domain_port
from django.utils.translation import gettext as _

FRAME_PATH = "/activites-contenu/"
CONTENT_PATH = "/activites-contenu/scorm/"  # packages: on the content origin only
PLAYER_PATH = "/activites-contenu/lecteurs/"  # the players' own files: on both
_USUAL_PORTS = {"80", "443"}


def content_host() -> str:
    """Host (with its port) of the content origin; "" where there is none."""
    return urlsplit(settings.CONTENT_ORIGIN).netloc.lower()


def is_content_host(host: str) -> bool:
    """Is this the content origin's host? Also with a last dot or the usual port written out.

    Django lets both through ALLOWED_HOSTS: neither may bring a page of the site under this name.
    """
    return bool(content_host()) and _plain_host(host) == _plain_host(content_host())


def _plain_host(host: str) -> tuple[str, str]:
    name, port = split_domain_port(host)
    return name, "" if port in _USUAL_PORTS else port


def scorm_closed(site_host: str) -> str:
    """Return a sentence where no SCORM package can be played safely, "" where it can.

    The content origin must have another name than the site: browsers give cookies by name, whatever
    the port.
    """
    name = urlsplit(settings.CONTENT_ORIGIN).hostname
    if not name:
        return _(
            "Cette activité SCORM ne peut pas être jouée ici : le site n'a pas d'adresse réservée "
            "aux contenus (CONTENT_ORIGIN)."
        )
    if name == split_domain_port(site_host)[0]:
        return _(
            "Cette activité SCORM ne peut pas être jouée ici : l'adresse réservée aux contenus "
            "(CONTENT_ORIGIN) porte le même nom que le site."
        )
    return ""


class ContentHostMiddleware:
    """Send each of the two names to what it may serve; outermost, so that it sees every cookie."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_content_host(request.get_host()):
            if not request.path_info.startswith((CONTENT_PATH, PLAYER_PATH)):
                return _elsewhere(request)
        elif request.path_info.startswith(CONTENT_PATH):
            return HttpResponseNotFound()
        if request.path_info.startswith(FRAME_PATH):
            return self._without_cookies(request)
        return self.get_response(request)

    def _without_cookies(self, request: HttpRequest) -> HttpResponse:
        """What frames load is the same for everybody, and a missing file is not a page of ours."""
        request.META.pop("HTTP_COOKIE", None)
        request.COOKIES = {}
        response = self.get_response(request)
        if response.status_code == HTTPStatus.NOT_FOUND:
            return HttpResponseNotFound()
        response.cookies.clear()
        return response


def _elsewhere(request: HttpRequest) -> HttpResponse:
    """Somebody who types this name is shown the way to the site; a script of a package is not."""
    is_person = request.headers.get("Sec-Fetch-Dest", "document") == "document"
    site = settings.WAGTAILADMIN_BASE_URL
    if request.method == "GET" and is_person and urlsplit(site).netloc.lower() != content_host():
        return HttpResponseRedirect(site)
    return HttpResponseNotFound()
