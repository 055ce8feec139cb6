"""The smallest outside servers that a delivery can talk to: mail, and the virus scanner."""

import socket
import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread


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
    """Takes every message, and keeps what it got. A `grumpy` one refuses every recipient."""

    def __init__(self, port: int, *, grumpy: bool = False) -> None:
        self.messages: list[str] = []
        self.grumpy = grumpy
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
            elif verb == b"RCPT" and self.server.grumpy:
                self._say("451 not now")
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
