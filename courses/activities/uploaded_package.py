"""Receive a package through a form: cut off at the size allowed, then lent as a file."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest


class PackageSizeHandler(FileUploadHandler):
    """Stop an upload at the first byte past `limit`; `was_exceeded` then says so."""

    def __init__(self, request: HttpRequest, limit: int) -> None:
        super().__init__(request)
        self.limit, self.received, self.was_exceeded = limit, 0, False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        if self.received > self.limit:
            self.was_exceeded = True
            raise StopUpload(connection_reset=True)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The handlers after this one keep the file."""


@contextmanager
def lent_file(uploaded: UploadedFile) -> Iterator[Path]:
    """Lend what was uploaded as a file on disk, under the name that the person knows it by."""
    with tempfile.TemporaryDirectory(prefix="activity-") as folder:
        path = Path(folder) / (Path(uploaded.name or "").name or "paquet")
        with path.open("wb") as written:
            for chunk in uploaded.chunks():
                written.write(chunk)
        yield path
