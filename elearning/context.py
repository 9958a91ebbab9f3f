"""What every page of ours needs around its content: the menu, the account, the demo banner."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from accounts.roles import roles_of
from elearning.arrival import url_or_none

Link = dict[str, Any]  # url: str, label: str, is_current: bool

STAFF = frozenset({Role.TRAINER, Role.FOCAL_POINT, Role.COMMITTEE})
IN_CHARGE = frozenset({Role.FOCAL_POINT, Role.COMMITTEE})
FIGURES = frozenset({Role.FOCAL_POINT, Role.COMMITTEE, Role.PARTNER})
INTERFACE_LANGUAGES = ("fr", "en")
EDITORS = frozenset({Role.EDITOR, Role.VALIDATOR})


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Return `navigation`, `account_links`, `user_label`, `is_demo` and `language_links`.

    The ones that need the database are worked out when a template first asks for them: Wagtail's
    own screens never do.
    """
    user = getattr(request, "user", None) or AnonymousUser()
    return {
        "navigation": _lazily(lambda: _menu(user, request.path)),
        "account_links": _lazily(lambda: _account_links(user, request.path)),
        "user_label": str(user) if user.is_authenticated else "",
        "is_demo": settings.IS_DEMO,
        # A page of the site gives its own links, and says whether it is translated.
        "language_links": _lazily(lambda: _language_links(request.path)),
        "untranslated": "",
    }


def _lazily(build: Callable[[], list[Link]]) -> Any:
    return SimpleLazyObject(build)


def _menu(user: User | AnonymousUser, path: str) -> list[Link]:
    roles = roles_of(user)
    entries: list[tuple[str | None, str]] = [
        (_page(""), _("Accueil")),
        (_page("formations/"), _("Formations")),
        (_page("sensibilisation/"), _("Sensibilisation")),
        (url_or_none("trainers:directory"), _("Formateurs")),
    ]
    if roles & STAFF:
        entries.append((url_or_none("trainers:session_list"), _("Sessions")))
        entries.append((url_or_none("trainers:event_list"), _("Actions")))
        entries.append((url_or_none("assessments:attention"), _("À traiter")))
    if roles & IN_CHARGE:
        entries.append((url_or_none("trainers:person_list"), _("Personnes")))
        entries.append((url_or_none("trainers:plan_items"), _("Plan de formation")))
    if roles & FIGURES:
        entries.append((url_or_none("indicators:matrix"), _("Plan d'action")))
    return _links(entries, path)


def _account_links(user: User | AnonymousUser, path: str) -> list[Link]:
    if not user.is_authenticated:
        return _links([(reverse("account_login"), _("Se connecter"))], path)
    entries: list[tuple[str | None, str]] = []
    if getattr(user, "person_id", None):
        entries.append((url_or_none("assessments:my_space"), _("Mon espace")))
        entries.append((url_or_none("certificates:my_certificates"), _("Mes attestations")))
    if Role.TRAINER in roles_of(user):
        entries.append((reverse("trainers:own_record"), _("Mon dossier de formateur")))
    if roles_of(user) & EDITORS:
        entries.append((url_or_none("wagtailadmin_home"), _("Rédaction")))
        entries.append((reverse("courses:activity_list"), _("Activités")))
    if Role.ADMINISTRATOR in roles_of(user):
        entries.append((reverse("courses:library_list"), _("Bibliothèques")))
        entries.append((reverse("accounts:account_list"), _("Comptes")))
    entries += [
        (reverse("accounts:own_account"), _("Mon compte")),
        (reverse("account_logout"), _("Se déconnecter")),
    ]
    return _links(entries, path)


def _language_links(path: str) -> list[Link]:
    """The same screen in the languages of the interface: French and English."""
    names = dict(settings.LANGUAGES)
    current = get_language()
    return [
        {"url": translate_url(path, code), "code": code, "label": names[code]}
        for code in INTERFACE_LANGUAGES
        if code != current
    ]


def _page(path: str) -> str:
    return reverse("wagtail_serve", args=[path])


def _links(entries: list[tuple[str | None, str]], path: str) -> list[Link]:
    """Mark the closest page above `path`: « Comptes » lies under « Mon compte »."""
    offered = [(url, label) for url, label in entries if url]
    closest = max((url for url, _label in offered if _leads_to(url, path)), key=len, default="")
    return [{"url": url, "label": label, "is_current": url == closest} for url, label in offered]


def _leads_to(url: str, path: str) -> bool:
    return path == url if url == _page("") else path.startswith(url)
