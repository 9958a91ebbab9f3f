"""Pages and style sheets leave compressed: most readers are on a slow link."""

import gzip

import pytest
from django.test import Client


@pytest.mark.django_db
def test_pages_leave_compressed_for_a_browser_that_accepts_it(client: Client) -> None:
    plain = client.get("/compte/connexion/")
    sent = client.get("/compte/connexion/", headers={"Accept-Encoding": "gzip"})

    assert "Content-Encoding" not in plain
    assert sent["Content-Encoding"] == "gzip"
    assert len(sent.content) * 2 < len(plain.content)
    assert b"<!DOCTYPE html>" in gzip.decompress(sent.content)
