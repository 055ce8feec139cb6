"""Calls of a WSGI application within the process, as a browser with cookies would make them."""

import io
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlencode


class Caller:
    def __init__(self, application: Callable[..., Iterable[bytes]], cookies: Mapping[str, str]) -> None:
        self.application = application
        self.cookies = dict(cookies)
        self.location = ""

    def _call(self, method: str, path: str, body: bytes = b"") -> tuple[int, bytes]:
        status: list[str] = []

        def start(line: str, headers: list[tuple[str, str]], *rest: Any) -> None:
            status.append(line)
            for name, value in headers:
                if name == "Location":
                    self.location = value
                if name == "Set-Cookie":
                    key, _equals, rest = value.partition("=")
                    self.cookies[key] = rest.partition(";")[0]

        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": "",
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "127.0.0.1",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
        }
        answer = self.application(environ, start)
        text = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
        return int(status[0].split()[0]), text

    def get(self, path: str, expected: str) -> str:
        """The page. Raises AssertionError where `expected` is not on it: an error page is never speed."""
        code, text = self._call("GET", path)
        assert code == 200, (path, code)
        assert expected.encode() in text, (path, text[:500])
        return text.decode()

    def post(self, path: str, data: Mapping[str, str]) -> str:
        """Where the answer leads to. Raises AssertionError where the post was not taken (answered by a redirect)."""
        code, text = self._call("POST", path, urlencode(data).encode())
        assert code == 302, (path, code, text[:500])
        return self.location

    def post_to_page(self, path: str, data: Mapping[str, str], expected: str) -> None:
        """For sites that answer a post with the next page: raises AssertionError where that is not it."""
        code, text = self._call("POST", path, urlencode(data).encode())
        assert code == 200, (path, code)
        assert expected.encode() in text, (path, text[:500])
