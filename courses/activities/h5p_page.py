"""The one page that plays an H5P package: its libraries' scripts and styles, each in one file.

A question set asks for dozens of files; on a slow link each is a round trip. They are joined in
the order of their dependencies, as H5P's own servers do, and addressed by what they hold.
"""

import hashlib
import json
import posixpath
import re
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from django.urls import reverse
from django.utils.translation import gettext as _

from courses.activities.package_store import LIBRARIES, PACKAGES, read_kept
from courses.models import ActivityVersion

FRAME = Path(__file__).parent / "frame"
CONTENT_ID = 1  # the page plays one content; its number says nothing
_CSS_URL = re.compile(r"""url\(\s*(?P<quote>["']?)(?P<path>[^"')]+)(?P=quote)\s*\)""")
_STAYS = ("data:", "/", "#", "http:", "https:")


_OUR_FILES = ("h5p.css", "h5p_before.js", "h5p_between.js", "h5p_after.js")


def page_key(version: ActivityVersion) -> str:
    """What the joined files depend on, hashed: they may be kept for ever under it."""
    parts = (version.sha256, *version.load_order, *(frame_part(name) for name in _OUR_FILES))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


@cache
def frame_part(name: str) -> str:
    """A script or a style sheet of ours for the frame, next to the package's."""
    return (FRAME / name).read_text(encoding="utf-8")


def setup_script(version: ActivityVersion, *, site: str) -> str:
    """What runs before H5P's core: storage in memory, and the content itself.

    `site` is the origin that serves the files; an opaque frame has none of its own.
    """
    integration = json.dumps(_integration(version, site), ensure_ascii=False)
    # Line separators are not allowed in the strings of older browsers.
    integration = integration.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"{frame_part('h5p_before.js')}\nwindow.H5PIntegration = {integration};\n"


def joined_scripts(version: ActivityVersion) -> str:
    """The libraries' scripts in the order of their dependencies, between two scripts of ours."""
    scripts = [frame_part("h5p_between.js")]
    for sha256 in version.load_order:
        facts = _library_json(sha256)
        scripts += [_library_text(sha256, entry) for entry in facts.get("preloadedJs") or []]
    return "\n;\n".join([*scripts, frame_part("h5p_after.js")])


def joined_styles(version: ActivityVersion) -> str:
    """The libraries' styles in the same order, the files that they name at their full address."""
    styles = [frame_part("h5p.css")]
    for sha256 in version.load_order:
        for entry in _library_json(sha256).get("preloadedCss") or []:
            path = entry["path"].removeprefix("./")
            root = library_url(sha256)
            styles.append(rebased(_library_text(sha256, entry), root, posixpath.dirname(path)))
    return "\n".join(styles)


def rebased(css: str, root: str, folder: str) -> str:
    """Rewrite the relative addresses of a style sheet that lay in `folder`, below `root`."""

    def full(match: re.Match[str]) -> str:
        address = match["path"].strip()
        if address.startswith(_STAYS):
            return match[0]
        parts = urlsplit(address)
        path = posixpath.normpath(posixpath.join(folder, parts.path))
        if path.startswith(".."):
            return "url()"
        query = f"?{parts.query}" if parts.query else ""
        fragment = f"#{parts.fragment}" if parts.fragment else ""
        return f'url("{root}/{quote(path)}{query}{fragment}")'

    return _CSS_URL.sub(full, css)


def library_url(sha256: str) -> str:
    """Address of a library's folder, without its last slash."""
    return reverse("activity_content:library_file", args=[sha256, "x"]).removesuffix("/x")


def package_url(sha256: str) -> str:
    """Address of the files proper to a package, without its last slash."""
    return reverse("activity_content:package_file", args=[sha256, "x"]).removesuffix("/x")


def _integration(version: ActivityVersion, site: str) -> dict[str, Any]:
    manifest = json.loads(read_kept(shelf=PACKAGES, sha256=version.sha256, name="h5p.json"))
    content = read_kept(shelf=PACKAGES, sha256=version.sha256, name="content/content.json")
    folders = {
        "{machineName}-{majorVersion}.{minorVersion}".format(**_library_json(sha256)): sha256
        for sha256 in version.load_order
    }
    files = site + package_url(version.sha256)
    return {
        "baseUrl": site,
        "siteUrl": site,
        "url": files,
        "urlLibraries": site + library_url("x").removesuffix("/x"),
        "libraryDirectories": folders,
        "crossorigin": "anonymous",  # an opaque frame may then draw pictures on a canvas
        "postUserStatistics": False,
        "saveFreq": False,
        "fullscreenDisabled": True,
        "ajax": {},
        "core": {"scripts": [], "styles": []},
        "loadedJs": [],
        "loadedCss": [],
        "l10n": {"H5P": _words()},
        "contents": {
            f"cid-{CONTENT_ID}": {
                "library": version.main_library,
                "jsonContent": content,
                "title": manifest.get("title", ""),
                "metadata": {"title": manifest.get("title", ""), "license": "U"},
                "url": files,
                "contentUrl": f"{files}/content",
                "fullScreen": "0",
                "displayOptions": {"frame": False, "copyright": False, "icon": False},
                "contentUserData": {"0": {}},
                "scripts": [],
                "styles": [],
            }
        },
    }


def _library_json(sha256: str) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads(
        read_kept(shelf=LIBRARIES, sha256=sha256, name="library.json")
    )
    return facts


def _library_text(sha256: str, entry: dict[str, str]) -> str:
    return read_kept(shelf=LIBRARIES, sha256=sha256, name=entry["path"].removeprefix("./"))


def _words() -> dict[str, str]:
    """What the core itself writes; the content brings its own words."""
    return {
        "close": _("Fermer"),
        "title": _("Titre"),
        "showMore": _("Voir plus"),
        "showLess": _("Voir moins"),
        "confirmDialogHeader": _("Confirmer"),
        "confirmDialogBody": _("Confirmez-vous ? Cela ne pourra pas être annulé."),
        "cancelLabel": _("Annuler"),
        "confirmLabel": _("Confirmer"),
        "copyrights": _("Droits d'utilisation"),
        "copyrightInformation": _("Droits d'utilisation"),
        "noCopyrights": _("Aucune information sur les droits."),
        "contentChanged": _("Ce contenu a changé depuis votre dernière visite."),
        "startingOver": _("Vous recommencez au début."),
        "contentCopied": _("Copié."),
        "fullscreen": _("Plein écran"),
        "disableFullscreen": _("Quitter le plein écran"),
    }
