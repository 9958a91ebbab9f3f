"""What an H5P package says of itself, and in which order its libraries load. Pure.

A package holds `h5p.json`, `content/content.json` and one folder for each library, each with a
`library.json` (H5P specification, package definition).
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from courses.activities.refusals import PackageRefused

MACHINE_NAME = re.compile(r"^[A-Za-z0-9_.-]{1,120}$")
MAX_JSON = 8 * 1024 * 1024  # bytes: content.json of a long book is under one million
MAX_VERSION = 32_767

ReadText = Callable[[str], str]  # path inside the package -> text; KeyError where there is none


@dataclass(frozen=True, slots=True, order=True)
class LibraryName:
    """« H5P.MultiChoice 1.16 »: libraries are asked for without their patch version."""

    machine_name: str
    major: int
    minor: int

    def __str__(self) -> str:
        return f"{self.machine_name} {self.major}.{self.minor}"

    @property
    def folder(self) -> str:
        """Name under which running code asks for the library's files."""
        return f"{self.machine_name}-{self.major}.{self.minor}"


@dataclass(frozen=True, slots=True)
class Library:
    """One folder of code. `scripts` and `styles` are paths inside it, in their order."""

    name: LibraryName
    patch: int
    title: str
    folder: str
    scripts: tuple[str, ...]
    styles: tuple[str, ...]
    needs: tuple[LibraryName, ...]


@dataclass(frozen=True, slots=True)
class H5PPackage:
    """`libraries` holds those that the content needs, each after those it depends on."""

    title: str
    main: LibraryName
    libraries: tuple[Library, ...]


def read_h5p_package(names: Iterable[str], read: ReadText) -> H5PPackage:
    """Check the package's descriptions and put its libraries in order. Raises `PackageRefused`."""
    files = frozenset(names)
    manifest = _json_object("h5p.json", files, read)
    _json_object("content/content.json", files, read)
    libraries = _libraries(files, read)
    needed = _dependencies(manifest, "preloadedDependencies", "h5p.json")
    main_name = _text(manifest, "mainLibrary", "h5p.json")
    main = next((name for name in needed if name.machine_name == main_name), None)
    if main is None:
        raise PackageRefused(
            f"« h5p.json » nomme {main_name} comme bibliothèque principale sans en dépendre."
        )
    return H5PPackage(
        title=_text(manifest, "title", "h5p.json")[:200],
        main=main,
        libraries=in_load_order(needed, libraries),
    )


def library_files(names: Iterable[str], folder: str) -> list[str]:
    """The files of one library's folder, in one order: their hash is the library's."""
    return sorted(name for name in names if name.startswith(f"{folder}/"))


def in_load_order(
    needed: Iterable[LibraryName], libraries: Mapping[LibraryName, Library]
) -> tuple[Library, ...]:
    """Return what is needed, dependencies first; the order asked for is kept where it can be.

    Raises `PackageRefused` for a library that the package does not hold, and for a circle.
    """
    ordered: dict[LibraryName, Library] = {}
    # Depth first without recursion: a path of names being opened, and what is left of each.
    for first in needed:
        path: list[tuple[LibraryName, list[LibraryName]]] = []
        _open(first, "h5p.json", path, ordered, libraries)
        while path:
            name, left = path[-1]
            if left:
                _open(
                    left.pop(0), f"{libraries[name].folder}/library.json", path, ordered, libraries
                )
            else:
                path.pop()
                ordered[name] = libraries[name]
    return tuple(ordered.values())


def _open(
    name: LibraryName,
    asked_by: str,
    path: list[tuple[LibraryName, list[LibraryName]]],
    ordered: Mapping[LibraryName, Library],
    libraries: Mapping[LibraryName, Library],
) -> None:
    if name in ordered:
        return
    if name not in libraries:
        raise PackageRefused(
            f"« {asked_by} » demande la bibliothèque {name}, qui manque dans le paquet."
        )
    if any(name == opened for opened, _left in path):
        raise PackageRefused(f"« {asked_by} » : {name} dépend d'elle-même.")
    path.append((name, list(libraries[name].needs)))


def _libraries(files: frozenset[str], read: ReadText) -> dict[LibraryName, Library]:
    folders = {name.split("/", 1)[0] for name in files if "/" in name} - {"content"}
    found: dict[LibraryName, Library] = {}
    for folder in sorted(folders):
        library = _library(folder, files, read)
        if library.name in found:
            raise PackageRefused(
                f"« {folder}/library.json » décrit {library.name}, déjà décrite ailleurs."
            )
        found[library.name] = library
    return found


def _library(folder: str, files: frozenset[str], read: ReadText) -> Library:
    file = f"{folder}/library.json"
    facts = _json_object(file, files, read)
    name = _library_name(facts, file)
    patch = _number(facts, "patchVersion", file)
    if folder not in {name.machine_name, name.folder, f"{name.folder}.{patch}"}:
        raise PackageRefused(f"« {file} » décrit {name} : ce n'est pas le nom de son dossier.")
    return Library(
        name=name,
        patch=patch,
        title=_text(facts, "title", file)[:200],
        folder=folder,
        scripts=_paths(facts, "preloadedJs", file, ".js", files),
        styles=_paths(facts, "preloadedCss", file, ".css", files),
        needs=_dependencies(facts, "preloadedDependencies", file),
    )


def _json_object(file: str, files: frozenset[str], read: ReadText) -> dict[str, Any]:
    if file not in files:
        raise PackageRefused(f"« {file} » manque dans le paquet.")
    try:
        value = json.loads(read(file))
    except (ValueError, RecursionError) as error:
        raise PackageRefused(f"« {file} » n'est pas du JSON lisible.") from error
    if not isinstance(value, dict):
        raise PackageRefused(f"« {file} » ne décrit pas un objet JSON.")
    return value


def _text(facts: Mapping[str, Any], key: str, file: str) -> str:
    value = facts.get(key)
    if not isinstance(value, str) or not value.strip():
        raise PackageRefused(f"« {file} » : le champ {key} manque ou n'est pas un texte.")
    return value.strip()


def _number(facts: Mapping[str, Any], key: str, file: str) -> int:
    value = facts.get(key)
    if isinstance(value, str) and value.isascii() and value.isdigit():  # older exports quote them
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MAX_VERSION:
        raise PackageRefused(f"« {file} » : le champ {key} n'est pas un numéro de version.")
    return value


def _library_name(facts: Any, file: str) -> LibraryName:
    if not isinstance(facts, dict):
        raise PackageRefused(f"« {file} » décrit mal une bibliothèque.")
    machine_name = _text(facts, "machineName", file)
    if not MACHINE_NAME.match(machine_name):
        raise PackageRefused(f"« {file} » : « {machine_name[:60]} » n'est pas un nom technique.")
    return LibraryName(
        machine_name, _number(facts, "majorVersion", file), _number(facts, "minorVersion", file)
    )


def _dependencies(facts: Mapping[str, Any], key: str, file: str) -> tuple[LibraryName, ...]:
    return tuple(_library_name(entry, file) for entry in _list(facts, key, file))


def _paths(
    facts: Mapping[str, Any], key: str, file: str, suffix: str, files: frozenset[str]
) -> tuple[str, ...]:
    folder = file.rpartition("/")[0]
    paths = []
    for entry in _list(facts, key, file):
        path = _text(entry if isinstance(entry, dict) else {}, "path", file).removeprefix("./")
        if f"{folder}/{path}" not in files or not path.endswith(suffix):
            raise PackageRefused(f"« {file} » charge {path[:120]}, qui manque dans le paquet.")
        paths.append(path)
    return tuple(paths)


def _list(facts: Mapping[str, Any], key: str, file: str) -> list[Any]:
    value = facts.get(key) or []
    if not isinstance(value, list):
        raise PackageRefused(f"« {file} » : le champ {key} n'est pas une liste.")
    return value
