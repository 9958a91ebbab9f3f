"""Hostile archives: refused on what they really hold, before a disk or a memory is filled."""

import io
import stat
import time
import zipfile
from pathlib import Path

import pytest

from courses.activities.package_names import h5p_extension_problem
from courses.activities.refusals import PackageRefused
from courses.activities.zip_reading import (
    MEGABYTE,
    PackageLimits,
    UnpackedFile,
    checked_entries,
    open_package,
    package_sha256,
    unpack,
)

LIMITS = PackageLimits()


def read(path: Path, into: Path, limits: PackageLimits = LIMITS) -> list[UnpackedFile]:
    """Go through every check that an import does before it looks at what a package says."""
    package_sha256(path, limits)
    with open_package(path, limits) as archive:
        entries = checked_entries(archive, limits, h5p_extension_problem)
        return list(unpack(archive, entries, into, limits))


def written_bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def refusal_of(path: Path, into: Path, limits: PackageLimits = LIMITS) -> str:
    with pytest.raises(PackageRefused) as refusal:
        read(path, into, limits)
    return str(refusal.value)


def bomb(path: Path, megabytes: int, name: str = "content/a.json") -> Path:
    block = bytes(MEGABYTE)
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open(name, "w") as written,
    ):
        for _ in range(megabytes):
            written.write(block)
    return path


def single(path: Path, name: str, content: bytes = b"x", **facts: int) -> Path:
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    for field, value in facts.items():
        setattr(entry, field, value)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(entry, content)
    return path


def test_a_good_archive_is_written_with_its_hashes(tmp_path: Path) -> None:
    path = single(tmp_path / "a.h5p", "content/texte.json", b"abc")

    files = read(path, tmp_path / "out")

    assert files == [
        UnpackedFile(
            "content/texte.json",
            3,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        )
    ]
    assert (tmp_path / "out" / "content" / "texte.json").read_bytes() == b"abc"


def test_a_bomb_of_300_megabytes_writes_nothing(tmp_path: Path) -> None:
    path = bomb(tmp_path / "bombe.h5p", 300)
    assert path.stat().st_size < MEGABYTE  # 300 MB of zeros weigh nothing
    started = time.perf_counter()

    sentence = refusal_of(path, tmp_path / "out")

    assert sentence == "« content/a.json » est refusé : il est compressé plus de 100 fois."
    assert time.perf_counter() - started < 0.5
    assert not (tmp_path / "out").exists()


def test_a_bomb_that_lies_about_its_size_is_stopped_too(tmp_path: Path) -> None:
    """The declared size says 1 byte: no more than that is ever read, and the sum does not fit."""
    path = bomb(tmp_path / "bombe.h5p", 20)
    content = bytearray(path.read_bytes())
    at = content.rindex(b"PK\x01\x02") + 24
    content[at : at + 4] = (1).to_bytes(4, "little")
    path.write_bytes(content)

    assert refusal_of(path, tmp_path / "out") == "« content/a.json » est abîmé dans l'archive."
    assert written_bytes(tmp_path / "out") <= 1


def test_a_bomb_that_hides_its_ratio_is_stopped_where_it_passes_it(tmp_path: Path) -> None:
    """Both sizes are false; what is read is counted against what the archive weighs."""
    path = bomb(tmp_path / "bombe.h5p", 20)
    limits = PackageLimits(max_ratio=2)
    with open_package(path, limits) as archive:
        entries = archive.infolist()  # as if the declared sizes had passed

        with pytest.raises(PackageRefused) as refusal:
            list(unpack(archive, entries, tmp_path / "out", limits))

    assert str(refusal.value) == (
        "« content/a.json » est refusé : il est compressé plus de 2 fois."
    )
    assert written_bytes(tmp_path / "out") <= MEGABYTE


def test_many_files_under_the_ratio_are_stopped_at_the_total(tmp_path: Path) -> None:
    path = tmp_path / "gros.h5p"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for number in range(4):
            archive.writestr(f"content/{number}.json", bytes(MEGABYTE))
    content = bytearray(path.read_bytes())
    at = -1
    while (at := content.find(b"PK\x01\x02", at + 1)) >= 0:  # each declares half of what it holds
        content[at + 24 : at + 28] = (MEGABYTE // 2).to_bytes(4, "little")
    honest = tmp_path / "honnete.h5p"
    honest.write_bytes(path.read_bytes())
    path.write_bytes(content)
    limits = PackageLimits(unpacked_bytes=3 * MEGABYTE)

    assert refusal_of(honest, tmp_path / "a", limits) == (
        "honnete.h5p dépasse 3 Mo une fois décompressé : le paquet est refusé."
    )
    assert written_bytes(tmp_path) == honest.stat().st_size * 2  # nothing was unpacked
    with pytest.raises(PackageRefused):
        read(path, tmp_path / "b", limits)
    assert written_bytes(tmp_path / "b") <= 3 * MEGABYTE


def test_a_package_over_the_size_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "gros.h5p"
    with path.open("wb") as written:
        written.truncate(300 * MEGABYTE)
    started = time.perf_counter()

    sentence = refusal_of(path, tmp_path / "out", PackageLimits(package_bytes=MEGABYTE))

    assert sentence == "gros.h5p dépasse 1 Mo : le paquet est refusé."
    assert time.perf_counter() - started < 0.5


def test_20_000_files_are_refused_without_listing_them(tmp_path: Path) -> None:
    path = tmp_path / "foule.h5p"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(20_000):
            archive.writestr(f"content/{number}.json", b"")
    started = time.perf_counter()

    sentence = refusal_of(path, tmp_path / "out")

    assert sentence == "foule.h5p contient plus de 5000 fichiers : le paquet est refusé."
    assert time.perf_counter() - started < 1
    assert not (tmp_path / "out").exists()


def test_a_count_that_lies_is_counted_again(tmp_path: Path) -> None:
    path = tmp_path / "foule.h5p"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(30):
            archive.writestr(f"content/{number}.json", b"")
    content = bytearray(path.read_bytes())
    at = content.rindex(b"PK\x05\x06")
    content[at + 8 : at + 12] = b"\x01\x00\x01\x00"
    path.write_bytes(content)

    sentence = refusal_of(path, tmp_path / "out", PackageLimits(files=20))

    assert sentence == "foule.h5p contient plus de 20 fichiers : le paquet est refusé."


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("../../evil.json", "son chemin sort du paquet"),
        ("content/../../evil.json", "son chemin sort du paquet"),
        ("/etc/evil.json", "son chemin est absolu"),
        ("C:/evil.json", "son chemin est absolu"),
        ("content\\..\\evil.json", "son nom contient un caractère interdit"),
        ("content/a\x01.json", "son nom contient un caractère interdit"),
        ("content//a.json", "son chemin contient un dossier sans nom"),
        (f"content/{'x' * 300}.json", "son nom dépasse 240 caractères"),
        ("content/a.svg", "l'extension .svg n'est pas admise à cet endroit"),
        ("content/a.html", "l'extension .html n'est pas admise à cet endroit"),
        ("content/a.js", "l'extension .js n'est pas admise à cet endroit"),
        ("content/a.php.json.exe", "l'extension .exe n'est pas admise à cet endroit"),
        ("content/README", "il n'a pas d'extension"),
    ],
)
def test_a_name_is_refused_before_anything_is_written(
    tmp_path: Path, name: str, problem: str
) -> None:
    path = single(tmp_path / "a.h5p", name)

    assert refusal_of(path, tmp_path / "out") == f"« {name} » est refusé : {problem}."
    assert not (tmp_path / "out").exists()
    assert not list(tmp_path.glob("**/evil.json"))


@pytest.mark.parametrize(
    ("facts", "problem"),
    [
        ({"external_attr": (stat.S_IFLNK | 0o777) << 16}, "c'est un lien symbolique"),
        ({"external_attr": (stat.S_IFIFO | 0o666) << 16}, "ce n'est pas un fichier ordinaire"),
        ({"compress_type": zipfile.ZIP_LZMA}, "son mode de compression n'est pas admis"),
    ],
)
def test_what_is_not_an_ordinary_file_is_refused(
    tmp_path: Path, facts: dict[str, int], problem: str
) -> None:
    path = single(tmp_path / "a.h5p", "content/a.json", b"/etc/passwd", **facts)

    assert refusal_of(path, tmp_path / "out") == f"« content/a.json » est refusé : {problem}."


def test_an_encrypted_file_is_refused(tmp_path: Path) -> None:
    path = single(tmp_path / "a.h5p", "content/a.json")
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)

    assert refusal_of(path, tmp_path / "out") == "« content/a.json » est refusé : il est chiffré."


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (
            ["content/a.json", "content/A.JSON"],
            "« content/A.JSON » est refusé : un autre fichier porte le même nom (content/a.json).",
        ),
        (
            ["content/e\u0301.json", "content/é.json"],
            "« content/é.json » est refusé : un autre fichier porte le même nom "
            "(content/e\u0301.json).",
        ),
        (
            ["content/a.json", "content/a.json/b.json"],
            "« content/a.json/b.json » est refusé : son dossier est aussi un fichier.",
        ),
    ],
)
def test_two_names_for_one_file_are_refused(
    tmp_path: Path, names: list[str], sentence: str
) -> None:
    path = tmp_path / "a.h5p"
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")

    assert refusal_of(path, tmp_path / "out") == sentence


def test_hidden_files_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.h5p"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("content/a.json", "content/.DS_Store", "__MACOSX/content/._a.json"):
            archive.writestr(name, b"x")

    assert [file.name for file in read(path, tmp_path / "out")] == ["content/a.json"]


def test_a_zip64_archive_is_refused(tmp_path: Path) -> None:
    """Its own counters hold billions: a package of 5,000 files never needs them."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("content/a.json", b"x")
    content = buffer.getvalue()
    at = content.rindex(b"PK\x05\x06")
    locator = b"PK\x06\x07" + bytes(16)
    path = tmp_path / "a.h5p"
    path.write_bytes(content[:at] + locator + content[at:])

    sentence = refusal_of(path, tmp_path / "out")

    assert sentence == "a.h5p contient plus de 5000 fichiers : le paquet est refusé."


def test_a_local_name_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = single(tmp_path / "a.h5p", "content/\u00e9.json")
    content = path.read_bytes()
    path.write_bytes(content.replace("\u00e9".encode(), b"\xff\xff", 1))  # the directory's stays

    assert refusal_of(path, tmp_path / "out") == ("« content/é.json » est abîmé dans l'archive.")
