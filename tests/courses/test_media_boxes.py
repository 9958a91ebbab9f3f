from pathlib import Path

import pytest

from courses.folder_problems import FileReport
from courses.lesson_markdown import read_parts
from courses.lesson_parts import Document, Picture, Recorded, Term
from courses.media_files import MIB, MediaFolder
from tests.factories.media import (
    CAPTIONS,
    MEDIA_BOXES,
    MP4,
    OPUS,
    PDF,
    picture_bytes,
    write_every_file,
    write_media,
)


def read(body: str, media: Path) -> tuple[list[object], list[str]]:
    report = FileReport("lecon.md")
    parts = read_parts(body, report, first_line=10, media=MediaFolder(media))
    return list(parts), [str(problem) for problem in report.problems]


def test_read_parts_reads_every_box_that_shows_a_file(tmp_path: Path) -> None:
    parts, problems = read(MEDIA_BOXES, write_every_file(tmp_path))

    assert problems == []
    picture, sound, video, document, term = parts
    assert isinstance(picture, Picture)
    assert (picture.alt, picture.caption) == ("Une carte\u00a0: trois routes.", "Les routes")
    assert (picture.file.name, picture.file.size) == ("carte.png", len(picture_bytes()))
    assert isinstance(sound, Recorded)
    assert (sound.kind, sound.title, sound.seconds, sound.captions, sound.language) == (
        "audio",
        "La définition",
        95,
        None,
        "fr",
    )
    assert sound.transcript == "La traite, c'est recruter.\n\nEt exploiter\u00a0: voilà."
    assert isinstance(video, Recorded)
    assert video.captions is not None
    assert (video.kind, video.captions.name, video.seconds) == ("video", "controle.vtt", 20)
    assert isinstance(document, Document)
    assert (document.title, document.description) == ("La fiche", "Une page à imprimer.")
    assert term == Term("acte")


def test_two_files_are_equal_when_their_bytes_are_wherever_they_lie(tmp_path: Path) -> None:
    box = ':::image {fichier="a.png" alt="A"}\n:::\n'
    one = write_media(tmp_path / "un", a_png=picture_bytes())
    same = write_media(tmp_path / "deux", a_png=picture_bytes())
    other = write_media(tmp_path / "trois", a_png=picture_bytes(shade=9))

    assert read(box, one)[0] == read(box, same)[0]
    assert read(box, one)[0] != read(box, other)[0]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (':::image {fichier="b.png" alt="B"}\n:::', "ligne 10 : le fichier « media/b.png » n'ex"),
        (':::image {fichier="a.png"}\n:::', "ligne 10 : l'encadré « image » doit dire alt="),
        (':::image {alt="A"}\n:::', "l'encadré « image » doit dire fichier="),
        (':::image Titre {fichier="a.png" alt="A"}\n:::', "« image » n'a pas de titre"),
        (':::image {fichier="a.png" alt="A"}\nTexte.\n:::', "« image » ne contient pas de texte"),
        (':::image {fichier="a.png" alt="A" taille="1"}\n:::', "pas d'attribut « taille »"),
        (':::image {fichier="d.svg" alt="A"}\n:::', "« d.svg » : ce type de fichier n'est pas adm"),
        (':::image {fichier="../a.png" alt="A"}\n:::', "un nom de fichier a des lettres sans acc"),
        (':::image {fichier="été.png" alt="A"}\n:::', "un nom de fichier a des lettres sans acc"),
        (':::image {fichier="faux.png" alt="A"}\n:::', "« faux.png » n'est pas un fichier png."),
        (':::image {fichier="coupe.png" alt="A"}\n:::', "« coupe.png » est une image abîmée."),
        (':::image {fichier="large.png" alt="A"}\n:::', "« large.png » dépasse 6000 points"),
        (':::image {fichier="gros.png" alt="A"}\n:::', "« gros.png » pèse 2,1 Mo : 2 Mo au plus."),
        (':::audio {fichier="s.opus"}\nMots.\n:::', "« audio » doit porter un titre"),
        (':::audio S {fichier="s.opus"}\n:::', "« audio » doit contenir la transcription"),
        (':::audio S {fichier="v.mp4"}\nMots.\n:::', "« v.mp4 » : ce type de fichier n'est pas"),
        (':::audio S {fichier="s.opus" duree="1 min"}\nMots.\n:::', "nombre de secondes"),
        (':::audio S {fichier="s.opus" langue="42"}\nMots.\n:::', "un code comme fr ou bm"),
        (':::audio S {fichier="s.opus" sous_titres="c.vtt"}\nMots.\n:::', "d'attribut « sous_t"),
        (':::video V {fichier="v.mp4"}\nMots.\n:::', "« video » doit dire sous_titres="),
        (':::video V {fichier="v.mp4" sous_titres="f.vtt"}\nMots.\n:::', "pas un fichier vtt."),
        (':::document D {fichier="d.pdf"}\n:::', "dire en une ligne ce qu'il contient"),
        (':::document D {fichier="f.pdf"}\nMots.\n:::', "« f.pdf » n'est pas un fichier pdf."),
        (':::document D {fichier="f.txt"}\nMots.\n:::', "« f.txt » n'est pas un texte en UTF-8."),
        (':::document D {fichier="p.html"}\nMots.\n:::', "« p.html » : ce type de fichier"),
    ],
)
def test_read_parts_refuses_a_file_that_does_not_fit(
    tmp_path: Path, body: str, sentence: str
) -> None:
    media = write_media(
        tmp_path,
        a_png=picture_bytes(),
        faux_png=b"<svg onload='alert(1)'/>",
        coupe_png=picture_bytes()[:60],
        large_png=picture_bytes(size=(6001, 2)),
        gros_png=picture_bytes() + bytes(2 * MIB + MIB // 10),
        s_opus=OPUS,
        v_mp4=MP4,
        c_vtt=CAPTIONS,
        f_vtt=b"1\n00:00",
        d_pdf=PDF,
        f_pdf=b"MZ",
        f_txt=b"\xff\xfe\x00",
    )

    _parts, problems = read(body, media)

    assert any(sentence in problem for problem in problems), problems


def test_a_file_that_no_lesson_shows_is_reported_and_the_workshop_is_not(tmp_path: Path) -> None:
    media = write_media(tmp_path, a_png=picture_bytes(), oubli_png=picture_bytes())
    (media / "sources").mkdir()
    report = FileReport("curriculum.md")
    folder = MediaFolder(media)
    read_parts(':::image {fichier="a.png" alt="A"}\n:::', report, media=folder)

    folder.report_unused(report)

    assert [str(problem) for problem in report.problems] == [
        "curriculum.md : « media/oubli.png » n'est montré par aucune leçon."
    ]
