"""What a SCORM package says of itself: which edition, and which page starts it. Pure.

The first resource of the default organisation is launched (SCORM 1.2 CAM §2.3, 2004 CAM §3.4).
"""

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from courses.activities.refusals import PackageRefused

MANIFEST = "imsmanifest.xml"
MAX_MANIFEST = 2 * 1024 * 1024
_EDITIONS = {"1.2": "1.2", "2004": "2004", "cam 1.3": "2004"}


@dataclass(frozen=True, slots=True)
class ScormPackage:
    """`edition` is "1.2" or "2004"; `launch` a file of the package, `query` what follows « ? »."""

    title: str
    edition: str
    launch: str
    query: str


def read_scorm_package(names: Iterable[str], manifest: bytes) -> ScormPackage:
    """Read the manifest. Raises `PackageRefused` where it cannot be played."""
    root = _root(manifest)
    item = _first_item(root)
    resource = _resource(root, item.get("identifierref", "")) if item is not None else None
    href = (resource.get("href") or "") if resource is not None else ""
    if resource is None or item is None or not href:
        raise PackageRefused(f"« {MANIFEST} » ne dit pas quelle page ouvrir en premier.")
    base = "/".join(
        part.strip("/") for part in (_base(root), _base(_child(root, "resources")), _base(resource))
        if part.strip("/")
    )  # fmt: skip
    address = urlsplit(href + (item.get("parameters") or ""))
    launch = posixpath.normpath(posixpath.join(base, unquote(address.path)))
    if address.scheme or address.netloc or launch not in frozenset(names):
        raise PackageRefused(
            f"« {MANIFEST} » ouvre d'abord {href[:120]}, qui n'est pas dans le paquet."
        )
    return ScormPackage(_title(root, item), _edition(root), launch, address.query[:200])


def _root(manifest: bytes) -> Element:
    if len(manifest) > MAX_MANIFEST:
        raise PackageRefused(f"« {MANIFEST} » dépasse {MAX_MANIFEST // (1024 * 1024)} Mo.")
    try:
        root: Element = fromstring(manifest, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise PackageRefused(f"« {MANIFEST} » n'est pas un fichier XML lisible.") from error
    if _local(root) != "manifest":
        raise PackageRefused(f"« {MANIFEST} » ne décrit pas un paquet SCORM.")
    return root


def _edition(root: Element) -> str:
    metadata = _child(root, "metadata")
    stated = _child(metadata, "schemaversion") if metadata is not None else None
    words = (stated.text or "").strip().lower() if stated is not None else ""
    for prefix, edition in _EDITIONS.items():
        if words.startswith(prefix):
            return edition
    # Some 1.2 packages leave it out: the name space of ADL's attributes tells.
    names = " ".join(key for element in root.iter() for key in (element.tag, *element.attrib))
    if "adlcp_rootv1p2" in names and not words:
        return "1.2"
    raise PackageRefused(
        f"« {MANIFEST} » n'est ni du SCORM 1.2 ni du SCORM 2004 (« {words[:40]} »)."
    )


def _first_item(root: Element) -> Element | None:
    organizations = _child(root, "organizations")
    if organizations is None:
        return None
    chosen = organizations.get("default")
    all_of_them = _children(organizations, "organization")
    ordered = sorted(all_of_them, key=lambda one: one.get("identifier") != chosen)
    items = ordered[0].iter() if ordered else iter(())
    return next((one for one in items if _local(one) == "item" and one.get("identifierref")), None)


def _resource(root: Element, identifier: str) -> Element | None:
    resources = _children(_child(root, "resources"), "resource")
    return next((one for one in resources if one.get("identifier") == identifier), None)


def _title(root: Element, item: Element) -> str:
    for holder in (_child(root, "organizations"), item):
        for element in holder.iter() if holder is not None else ():
            if _local(element) == "title" and (element.text or "").strip():
                return (element.text or "").strip()[:200]
    return ""


def _base(element: Element | None) -> str:
    key = "{http://www.w3.org/XML/1998/namespace}base"
    return element.get(key, "") if element is not None else ""


def _child(element: Element | None, name: str) -> Element | None:
    return next(iter(_children(element, name)), None)


def _children(element: Element | None, name: str) -> list[Element]:
    """Manifests use several name spaces for the same elements: only the local name is looked at."""
    return [one for one in element if _local(one) == name] if element is not None else []


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]
