"""Take the place where a photo was taken out of its file, and touch nothing else. Pure.

A signed sheet proves who came; where the photographer's phone was afterwards proves nothing and may
tell a home. The picture itself is not compressed again: only the block of facts before it changes.
"""

import struct

from PIL import Image

_JPEG = b"\xff\xd8"
_EXIF, _XMP = b"Exif\x00\x00", b"http://ns.adobe.com/xap/1.0/\x00"
_APP1, _SCAN, _END = 0xE1, 0xDA, 0xD9
_GPS = 0x8825
_UNREADABLE = (
    SyntaxError, ValueError, KeyError, TypeError, OSError, AttributeError, OverflowError,
    struct.error,
)  # fmt: skip


def without_location(content: bytes) -> bytes:
    """The same file without its position; the very same bytes when it holds none.

    JPEG only: it is what phones send for a photo. Any other file is returned as it is.
    """
    if not content.startswith(_JPEG):
        return content
    kept, at = [_JPEG], len(_JPEG)
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker in (_SCAN, _END):
            break
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        segment = content[at:end]
        kept.append(_without_place(segment) if marker == _APP1 else segment)
        at = end
    return b"".join([*kept, content[at:]])


def _without_place(segment: bytes) -> bytes:
    facts = segment[4:]
    if facts.startswith(_XMP):  # an address may be written there in words
        return b"" if b"GPS" in facts else segment
    if not facts.startswith(_EXIF):
        return segment
    exif = Image.Exif()
    try:
        exif.load(facts)
        if _GPS not in exif:
            return segment
        del exif[_GPS]
        written = exif.tobytes()
        length = (len(written) + 2).to_bytes(2, "big")
    except _UNREADABLE:
        return b""
    return b"\xff\xe1" + length + written
