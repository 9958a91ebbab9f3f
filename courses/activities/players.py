"""H5P's and SCORM's players, as `npm ci` installed them: read from there, never copied here.

The core of H5P is under the GPL; it stays a file of its own, with its own address.
"""

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Player:
    """An npm package: what may be served of it, below `folder`."""

    package: str
    folder: str
    served: re.Pattern[str]
    needed: tuple[str, ...]


PLAYERS = {
    "h5p": Player(
        package="h5p-standalone",
        folder="dist",
        served=re.compile(
            r"^(frame\.bundle\.js|styles/[\w.-]+\.css|(fonts|images)/([\w-]+/)?[\w.-]+"
            r"\.(woff2?|svg|gif))$"
        ),
        needed=("frame.bundle.js", "styles/h5p.css"),
    ),
    "scorm": Player(
        package="scorm-again",
        folder="dist/esm",
        served=re.compile(r"^scorm(12|2004)\.min\.js$"),
        needed=("scorm12.min.js", "scorm2004.min.js"),
    ),
}


def player_missing(name: str) -> str:
    """Return a sentence where the player is not installed, "" where it is."""
    if all(_path(name, file).is_file() for file in PLAYERS[name].needed):
        return ""
    return _(
        "Cette activité ne peut pas être jouée ici : son lecteur n'est pas installé "
        "(commande « npm ci » sur le serveur)."
    )


def player_file(name: str, file: str) -> Path | None:
    """Return a file of a player that may be served, or None."""
    player = PLAYERS.get(name)
    if player is None or not player.served.match(file):
        return None
    path = _path(name, file)
    return path if path.is_file() else None


def player_url(name: str, file: str) -> str:
    """Address of a player's file; it changes with the player's version."""
    key = _key(str(settings.PLAYER_ROOT), name)
    return reverse("activity_content:player_file", args=[name, key, file])


@cache
def _key(root: str, name: str) -> str:
    manifest = Path(root) / PLAYERS[name].package / "package.json"
    return hashlib.sha256(manifest.read_bytes()).hexdigest()[:12]


def _path(name: str, file: str) -> Path:
    player = PLAYERS[name]
    return Path(settings.PLAYER_ROOT) / player.package / player.folder / file
