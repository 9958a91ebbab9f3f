"""The text of a question file, whatever the computer that saved it."""

import codecs


class UnreadableText(ValueError):
    """The bytes are no text that we read; the message is a French sentence."""


def decode_question_file(data: bytes) -> str:
    """Text from bytes: UTF-16 when it says so, UTF-8 with or without mark, else Windows-1252.

    Line ends become "\\n". Raises ``UnreadableText``.
    """
    return _decode(data).replace("\r\n", "\n").replace("\r", "\n")


def _decode(data: bytes) -> str:
    encodings = ["utf-8-sig", "cp1252"]
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif b"\x00" in data:
        encodings = []
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableText(
        "Ce fichier n'est pas du texte lisible : enregistrez-le en « texte brut, UTF-8 »."
    )
