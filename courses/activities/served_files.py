"""Answers that carry uploaded content: no cookie, no site's origin, kept for ever under a hash."""

import mimetypes
import re
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase

CHUNK = 64 * 1024
FOR_EVER = "public, max-age=31536000, immutable"
_TYPES = {
    ".avif": "image/avif",
    ".css": "text/css",
    ".htm": "text/html",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".mjs": "text/javascript",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".vtt": "text/vtt",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xhtml": "application/xhtml+xml",
    ".xml": "text/xml",
}
_WORDS = ("text/", "application/json", "image/svg+xml", "application/xhtml+xml")
# What is opened by itself runs nothing and reads nothing.
_INERT = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_RUNNING = {"script", "style", "worker", "serviceworker", "sharedworker"}


def site_origin(request: HttpRequest) -> str:
    """Scheme, host and port under which this request came in."""
    return request.build_absolute_uri("/").removesuffix("/")


def refuse_our_pages(request: HttpRequest) -> None:
    """Uploaded code is for the frame only: a page of ours that asked to run it is not answered.

    The frame's origin is opaque: its own requests are never « same-origin ». Raises Http404.
    """
    fetch = request.headers
    if fetch.get("Sec-Fetch-Site") == "same-origin" and fetch.get("Sec-Fetch-Dest") in _RUNNING:
        raise Http404


def kept_response(
    request: HttpRequest, path: Path | None, *, policy: str = _INERT
) -> HttpResponseBase:
    """A file that never changes under its address, or the part of it that a player asks for.

    Raises Http404 where there is none.
    """
    if path is None:
        raise Http404
    kind = _TYPES.get(path.suffix.lower()) or mimetypes.guess_type(path.name)[0]
    kind = kind or "application/octet-stream"
    if kind.startswith(_WORDS):
        words = HttpResponse(path.read_bytes(), content_type=f"{kind}; charset=utf-8")
        return open_to_frames(words, policy=policy)
    part = asked_part(request.headers.get("Range", ""), path.stat().st_size)
    response = _part(path, part, kind) if part else FileResponse(path.open("rb"), content_type=kind)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Content-Encoding"] = "identity"  # pictures are compressed already
    return open_to_frames(response, policy=policy)


def asked_part(header: str, size: int) -> range | None:
    """The bytes that `Range: bytes=a-b` asks for; None for all of them, or for what is unclear."""
    found = re.fullmatch(r"bytes=(\d{0,15})-(\d{0,15})", header)
    if found is None or not (found[1] or found[2]):
        return None
    if not found[1]:  # the last bytes
        return range(max(0, size - int(found[2])), size) or None
    stop = int(found[2]) + 1 if found[2] else size
    part = range(int(found[1]), min(stop, size))
    return part or None


def _part(path: Path, part: range, kind: str) -> HttpResponseBase:
    def chunks() -> Iterator[bytes]:
        with path.open("rb") as source:
            source.seek(part.start)
            for at in range(part.start, part.stop, CHUNK):
                yield source.read(min(CHUNK, part.stop - at))

    response = StreamingHttpResponse(chunks(), status=HTTPStatus.PARTIAL_CONTENT, content_type=kind)
    last = max(part.start, part.stop - 1)
    response.headers["Content-Range"] = f"bytes {part.start}-{last}/{path.stat().st_size}"
    response.headers["Content-Length"] = str(len(part))
    return response


def joined_response(text: str, kind: str) -> HttpResponse:
    """A script or a style sheet made of several, under an address that names what it holds."""
    response = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    open_to_frames(response)
    return response


def open_to_frames(response: HttpResponseBase, *, policy: str = _INERT) -> HttpResponseBase:
    """Let an opaque frame load this answer, fonts included; nothing in it is private."""
    response.headers["Cache-Control"] = FOR_EVER
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Content-Security-Policy"] = policy
    response.headers["Vary"] = "Accept-Encoding, Sec-Fetch-Site"
    response.xframe_options_exempt = True  # type: ignore[attr-defined]
    return response


def framed(response: HttpResponse, *, policy: str) -> HttpResponse:
    """A page that runs uploaded code inside a frame: its own policy decides who may frame it."""
    response.headers["Content-Security-Policy"] = policy
    response.headers["Cross-Origin-Opener-Policy"] = "unsafe-none"  # a sandbox opens no other way
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.xframe_options_exempt = True
    return response
