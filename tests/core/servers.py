"""The smallest outside servers that a delivery can talk to: mail, GOV.UK Notify, and the virus scanner."""

import json
import socket
import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from threading import Thread
from typing import Any


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def listening(server: socketserver.TCPServer) -> Iterator[None]:
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class MailServer(_Server):
    """Takes every message, and keeps what it got, with the addresses that it is to report to.

    With `refusal` it answers so to every recipient.
    """

    def __init__(self, port: int, *, refusal: str = "") -> None:
        self.messages: list[str] = []
        self.senders: list[str] = []
        self.refusal = refusal
        super().__init__(("127.0.0.1", port), _MailHandler)


class _MailHandler(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self._say("220 here")
        for line in self.rfile:
            verb = line.split()[0].upper() if line.split() else b""
            if verb == b"DATA":
                self._say("354 go on")
                self.server.messages.append(self._message())
                self._say("250 taken")
            elif verb == b"QUIT":
                return self._say("221 bye")
            elif verb == b"RCPT" and self.server.refusal:
                self._say(self.server.refusal)
            elif verb == b"MAIL":
                self.server.senders.append(line.decode().partition("<")[2].partition(">")[0])
                self._say("250 fine")
            else:
                self._say("250 fine")
        return None

    def _say(self, answer: str) -> None:
        self.wfile.write(f"{answer}\r\n".encode())

    def _message(self) -> str:
        return b"".join(iter(self.rfile.readline, b".\r\n")).decode()


class Scanner(_Server):
    """Speaks clamd's INSTREAM, finds one "virus" (the word EICAR), and can be made to give up."""

    def __init__(self, port: int = 0, *, answer: str = "") -> None:
        self.answer = answer
        super().__init__(("127.0.0.1", port), _ScanHandler)


class _ScanHandler(socketserver.StreamRequestHandler):
    server: Scanner

    def handle(self) -> None:
        self.rfile.readline()
        content = b""
        while length := int.from_bytes(self.rfile.read(4), "big"):
            content += self.rfile.read(length)
        found = "Test.Eicar FOUND" if b"EICAR" in content else "OK"
        self.wfile.write(f"stream: {self.server.answer or found}\n".encode())


class NotifyServer(_Server):
    """Takes emails as GOV.UK Notify does. `refusal`: the status and the errors that it answers with instead."""

    def __init__(self, *, refusal: tuple[int, list[dict[str, str]]] | None = None) -> None:
        self.sent: list[dict[str, Any]] = []
        self.refusal = refusal
        super().__init__(("127.0.0.1", 0), _NotifyHandler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _NotifyHandler(BaseHTTPRequestHandler):
    server: NotifyServer

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        status, errors = self.server.refusal or (201, [])
        if status == 201:
            self.server.sent.append({"path": self.path, **asked})
        content = json.dumps({"errors": errors} if errors else {"id": "1"}).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Tests print nothing."""
