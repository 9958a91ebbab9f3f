"""Which files a package may hold, by name alone. Pure."""

import unicodedata
from pathlib import PurePosixPath

MAX_NAME = 240  # characters of a path inside a package

_PICTURES = {"avif", "bmp", "gif", "jpeg", "jpg", "png", "tif", "tiff", "webp"}
_MEDIA = {"m4a", "mp3", "mp4", "oga", "ogg", "ogv", "opus", "otf", "vtt", "wav", "webm", "webvtt"}
_FONTS = {"eot", "ttf", "woff", "woff2"}
_TEXTS = {"csv", "json", "md", "pdf", "rtf", "textile", "txt"}
_OFFICE = {"doc", "docx", "odp", "ods", "odt", "ppt", "pptx", "xls", "xlsx"}
# What authors bring: nothing that a browser would run.
H5P_CONTENT = frozenset(_PICTURES | _MEDIA | _FONTS | _TEXTS | _OFFICE | {"glb", "gltf"})
# What a library brings is code, which an administrator approves. H5P's own servers accept the same;
# the last four are inert remains of its authors' work.
H5P_LIBRARY = H5P_CONTENT | {"css", "js", "svg"} | {"diff", "patch", "swf", "xml"}
SCORM = H5P_CONTENT | {
    *("css", "js", "svg"),
    *("dtd", "htm", "html", "ico", "map", "mjs", "xhtml", "xml", "xsd", "xsl"),
}


def name_problem(name: str) -> str:
    """Return why this path cannot be written under a folder, or "" where it can."""
    parts = name.rstrip("/").split("/")
    if name.startswith("/") or (len(name) > 1 and name[1] == ":"):
        return "son chemin est absolu"
    if ".." in parts:
        return "son chemin sort du paquet"
    if "\\" in name or any(unicodedata.category(char) == "Cc" for char in name):
        return "son nom contient un caractère interdit"
    if any(part in {"", "."} for part in parts):
        return "son chemin contient un dossier sans nom"
    if len(name) > MAX_NAME or any(len(part.encode()) > MAX_NAME for part in parts):
        return f"son nom dépasse {MAX_NAME} caractères"
    return ""


def is_ignored(name: str) -> bool:
    """Is a folder or the file itself hidden (`.git`, `_notes`, `__MACOSX`)? H5P skips these too."""
    return any(part.startswith((".", "_")) for part in name.split("/"))


def same_file_key(name: str) -> str:
    """Two names with the same key are one file on some disk: case and accents' form are dropped."""
    return unicodedata.normalize("NFC", name.rstrip("/")).casefold()


def extension_of(name: str) -> str:
    return PurePosixPath(name).suffix.removeprefix(".").lower()


def h5p_extension_problem(name: str) -> str:
    """Return why an H5P package may not hold this file, or ""."""
    allowed = H5P_CONTENT if name.startswith("content/") else H5P_LIBRARY
    return _extension_problem(name, allowed)


def scorm_extension_problem(name: str) -> str:
    """Return why a SCORM package may not hold this file, or ""."""
    return _extension_problem(name, SCORM)


def _extension_problem(name: str, allowed: frozenset[str]) -> str:
    extension = extension_of(name)
    if extension in allowed:
        return ""
    if not extension:
        return "il n'a pas d'extension"
    return f"l'extension .{extension} n'est pas admise à cet endroit"
