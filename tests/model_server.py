"""A local HTTP server that gives out files, with ranges (RFC 9110, section 14), well or badly."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PORTAL = b"<html><body>Please log in to the hotel's network</body></html>"


@dataclass
class ModelServer:
    """Gives out ``files`` by path; ``asked`` are the paths and ranges of the requests, in order.

    ``behaviour``: good; ignores_range; wrong_range (sends another part than was asked for); cut (the connection breaks
    at ``half``); unsized_cut, chunked_cut (the same, without a length beforehand); stalls (says no more at ``half``);
    chunked; portal, chunked_portal (a page, whatever was asked for); silent (says nothing); moved (redirects, to the
    same server); or a status.
    """

    files: dict[str, bytes]
    behaviour: str | int = "good"
    half: int = 0
    url: str = ""
    asked: list[tuple[str, str]] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Listener

    def do_GET(self) -> None:
        told = self.server.told
        told.asked.append((self.path, self.headers.get("Range", "")))
        path = self.path
        if told.behaviour == "moved" and not path.startswith("/moved"):
            self.send_response(302)
            self.send_header("Location", f"{told.url}/moved{path}")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        data = told.files.get(path.removeprefix("/moved"))
        if told.behaviour == "silent":
            told.released.wait(10)
            self.close_connection = True
        elif "portal" in str(told.behaviour):
            self._send(200, PORTAL)
        elif isinstance(told.behaviour, int) or data is None:
            self._send(told.behaviour if isinstance(told.behaviour, int) else 404, b"no\n")
        else:
            self._give(data)

    def _give(self, data: bytes) -> None:
        wanted = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        if wanted is None or self.server.told.behaviour == "ignores_range":
            self._send(200, data)
            return
        start = int(wanted[1])
        if start >= len(data):
            self._send(416, b"")
            return
        if self.server.told.behaviour == "wrong_range":
            start //= 2
        self._send(206, data[start:], f"bytes {start}-{len(data) - 1}/{len(data)}")

    def _send(self, status: int, body: bytes, content_range: str = "") -> None:
        behaviour = str(self.server.told.behaviour)
        self.send_response(status)
        if content_range:
            self.send_header("Content-Range", content_range)
        if "chunked" in behaviour:
            self.send_header("Transfer-Encoding", "chunked")
            body = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body) if body else b"0\r\n\r\n"
        elif behaviour != "unsized_cut":
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        cut = (behaviour.endswith("cut") or behaviour == "stalls") and len(body) > self.server.told.half
        self.wfile.write(body[: self.server.told.half] if cut else body)
        if cut:
            self.wfile.flush()
            if behaviour == "stalls":
                self.server.told.released.wait(10)
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: tests look at ``asked``."""


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    told: ModelServer

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing: who has seen enough hangs up."""


@contextmanager
def model_server(files: dict[str, bytes], behaviour: str | int = "good") -> Iterator[ModelServer]:
    half = len(next(iter(files.values()))) // 2 if files else 0
    with _Listener(("127.0.0.1", 0), _Handler) as listener:
        listener.told = ModelServer(files, behaviour, half, f"http://127.0.0.1:{listener.server_port}")
        thread = threading.Thread(target=listener.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield listener.told
        finally:
            listener.told.released.set()
            listener.shutdown()
            thread.join()
