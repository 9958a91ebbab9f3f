import pytest

from assessments.question_text import UnreadableText, decode_question_file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_question_file_is_decoded(encoding):
    assert decode_question_file("::É1::\r\nœuvre à\rfin".encode(encoding)) == "::É1::\nœuvre à\nfin"


@pytest.mark.parametrize("data", [b"PK\x03\x04\x00\x00", b"\x81\x8d"])
def test_question_file_that_is_no_text_is_refused(data):
    with pytest.raises(UnreadableText, match="n'est pas du texte lisible"):
        decode_question_file(data)
