"""What crosses the wire, counted where it crosses: a relay between the browser and the server.

Everything is in the count: redirects, headers, what the service worker fetches by itself.
"""

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

KIBIBYTE = 1024
REQUEST = re.compile(rb"^(GET|HEAD|POST) (\S+) HTTP/1\.1\r\n", re.MULTILINE)


@dataclass
class Wire:
    """Requests sent and bytes received since the last `reset`."""

    asked: list[str] = field(default_factory=list)
    received: int = 0
    address: str = ""

    @property
    def requests(self) -> int:
        return len(self.asked)

    @property
    def kibibytes(self) -> float:
        return self.received / KIBIBYTE

    def reset(self) -> None:
        self.asked, self.received = [], 0


@contextmanager
def relay(server: str) -> Iterator[Wire]:
    """Listen on a port of its own, pass everything on to `server`, and count."""
    target = urlsplit(server)
    wire = Wire()
    listener = socket.create_server(("127.0.0.1", 0))
    wire.address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    threading.Thread(
        target=_accept, args=(listener, (target.hostname, target.port), wire), daemon=True
    ).start()
    try:
        yield wire
    finally:
        listener.close()


def _accept(listener: socket.socket, target: tuple[str, int], wire: Wire) -> None:
    while True:
        try:
            client, _peer = listener.accept()
        except OSError:  # the listener was closed: the test is over
            return
        threading.Thread(target=_pass_on, args=(client, target, wire), daemon=True).start()


def _pass_on(client: socket.socket, target: tuple[str, int], wire: Wire) -> None:
    """One connection: what the browser says goes up, what the server says comes down."""
    with client, socket.create_connection(target) as server:
        upwards = threading.Thread(target=_up, args=(client, server, wire), daemon=True)
        upwards.start()
        while chunk := _read(server):
            wire.received += len(chunk)
            if not _sent(client, chunk):
                break
        _end(client)
        upwards.join()


def _up(client: socket.socket, server: socket.socket, wire: Wire) -> None:
    while chunk := _read(client):
        wire.asked += [f"{verb.decode()} {path.decode()}" for verb, path in REQUEST.findall(chunk)]
        if not _sent(server, chunk):
            break
    _end(server)


def _read(end: socket.socket) -> bytes:
    try:
        return end.recv(65_536)
    except OSError:
        return b""


def _sent(end: socket.socket, chunk: bytes) -> bool:
    try:
        end.sendall(chunk)
    except OSError:  # the other side went away
        return False
    return True


def _end(end: socket.socket) -> None:
    try:
        end.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
