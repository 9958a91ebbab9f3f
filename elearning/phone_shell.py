"""The shell that a phone keeps: styles, scripts, signs and one page that says there is no network.

Its version is a hash of these files: when one changes, so does the worker, and phones fetch the
shell again.
"""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

SHELL = (
    "css/site.css",
    "js/phone.js",
    "img/logo.svg",
    "img/icons.svg",
    "img/favicon.svg",
    "img/cloth.svg",
    "img/motif.svg",
)
WORKER = "js/sw.js"
ICON_SIDES = (192, 512)  # pixels
GREEN, PAGE = "#0b4a36", "#fbf7ef"


def worker_version() -> str:
    """A short hash of the shell; worked out once, except where files change under our hands."""
    return _read_version() if settings.DEBUG else _version()


def worker_text() -> str:
    """The worker with its version and the addresses of its shell."""
    shell = [reverse("offline_page"), *(static(name) for name in SHELL)]
    head = f"const VERSION = {json.dumps(worker_version())};\nconst SHELL = {json.dumps(shell)};\n"
    return head + _source(WORKER).decode()


def manifest() -> dict[str, Any]:
    """The web manifest; the icons keep to the safe circle of a maskable one."""
    icons = [
        {
            "src": static(f"img/app-{side}.png"),
            "sizes": f"{side}x{side}",
            "type": "image/png",
            "purpose": purpose,
        }
        for side in ICON_SIDES
        for purpose in ("any", "maskable")
    ]
    return {
        "id": "/",
        "name": _("Agir contre la traite"),
        "short_name": _("Agir"),
        "description": _("Se former et sensibiliser contre la traite des personnes au Mali."),
        "lang": "fr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": GREEN,
        "background_color": PAGE,
        "icons": icons,
    }


@cache
def _version() -> str:
    return _read_version()


def _read_version() -> str:
    digest = hashlib.sha256()
    for name in (*SHELL, WORKER):
        digest.update(_source(name))
    return digest.hexdigest()[:12]


def _source(name: str) -> bytes:
    path = finders.find(name)
    assert isinstance(path, str)  # a file of ours, in static/
    return Path(path).read_bytes()
