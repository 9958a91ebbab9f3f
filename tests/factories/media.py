"""Small real files for lessons: a picture, a sound, a video, captions, a document."""

import io
import struct
from pathlib import Path

from PIL import Image

CAPTIONS = b"WEBVTT\n\n00:00.000 --> 00:02.000\nLa traite, c'est recruter.\n"
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
OPUS = b"OggS" + bytes(60)
MP4 = struct.pack(">I", 24) + b"ftypmp42" + bytes(60)


def picture_bytes(
    kind: str = "PNG", *, size: tuple[int, int] = (900, 600), shade: int = 120
) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, (shade, 90, 40)).save(buffer, kind)
    return buffer.getvalue()


def write_media(folder: Path, **files: bytes) -> Path:
    """Write `media/` in a curriculum folder; `carte_png=b"…"` makes `carte.png`."""
    media = folder / "media"
    media.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (media / ".".join(name.rsplit("_", 1))).write_bytes(content)
    return media


MEDIA_BOXES = """
:::image {fichier="carte.png" alt="Une carte : trois routes." legende="Les routes"}
:::

:::audio La définition {fichier="definition.opus" duree="95"}
La traite, c'est recruter.

Et exploiter : voilà.
:::

:::video Le contrôle {fichier="controle.mp4" sous_titres="controle.vtt" duree="20"}
On voit un car.
:::

:::document La fiche {fichier="fiche.pdf"}
Une page à imprimer.
:::

:::terme {slug="acte"}
:::
"""


def write_every_file(folder: Path) -> Path:
    """The files that MEDIA_BOXES shows."""
    return write_media(
        folder,
        carte_png=picture_bytes(),
        definition_opus=OPUS,
        controle_mp4=MP4,
        controle_vtt=CAPTIONS,
        fiche_pdf=PDF,
    )
