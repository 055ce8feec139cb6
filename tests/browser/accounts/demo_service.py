"""Another service, as its own makers would have written it: Flask, and Authlib's client of the standard.

It knows the portal's address, its own client id and secret, and asks for all else.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from urllib.parse import urlencode

from authlib.integrations.flask_client import OAuth
from flask import Flask, redirect, request, session, url_for
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Response

from tests.browser.portal import Portal

NAME = "School payments"


class Quiet(WSGIRequestHandler):
    """The addresses that it is asked for have codes in them: they are for no log."""

    def log(self, type: str, message: str, *args: object) -> None:
        pass


class DemoService:
    """At `url`, on this machine, with a certificate of its own making."""

    def __init__(self) -> None:
        self.app = Flask("school payments")
        self.app.secret_key = "of the tests alone"
        # Another site on the same machine: cookies do not part by port.
        self.app.config.update(SESSION_COOKIE_NAME="payments", SESSION_COOKIE_SECURE=True)
        self.server = make_server(
            "127.0.0.1", 0, self.app, threaded=True, request_handler=Quiet, ssl_context="adhoc"
        )
        self.url = f"https://localhost:{self.server.server_port}"
        for path, page in (
            ("/", self.home),
            ("/sign-in", self.sign_in),
            ("/signed-in", self.signed_in),
            ("/forget", self.forget),
            ("/sign-out", self.sign_out),
            ("/bye", self.bye),
        ):
            self.app.add_url_rule(path, path.strip("/") or "home", page)

    def is_registered_with(self, portal: Portal) -> None:
        """What its people and the portal's do once."""
        said = portal.manage(
            *("service", "register", NAME, "--address", f"{self.url}/"),
            *("--redirect", f"{self.url}/signed-in", "--after-sign-out", f"{self.url}/bye"),
        )
        client_id, secret = (line.partition(": ")[2] for line in said.strip().splitlines()[-2:])
        self.portal = OAuth(self.app).register(
            "portal",
            client_id=client_id,
            client_secret=secret,
            server_metadata_url=f"{portal.url}/openid/.well-known/openid-configuration",
            client_kwargs={"scope": "openid", "code_challenge_method": "S256"},
        )

    def home(self) -> str | Response:
        if "number" not in session:
            return redirect("/sign-in")
        return f'<h1>Payments of {session["number"]}</h1><a href="/sign-out">Leave</a>'

    def sign_in(self) -> Response:
        """What stands in the address besides, such as `prompt=login`, is asked of the portal."""
        answer: Response = self.portal.authorize_redirect(f"{self.url}/signed-in", **request.args)
        return answer

    def signed_in(self) -> Response:
        token = self.portal.authorize_access_token()
        session.update(number=token["userinfo"]["sub"], id_token=token["id_token"])
        return redirect("/")

    def forget(self) -> str:
        """As if her session here had ended."""
        session.clear()
        return "<h1>Forgotten</h1>"

    def sign_out(self) -> Response:
        question = {"id_token_hint": session["id_token"], "post_logout_redirect_uri": f"{self.url}/bye"}
        session.clear()
        leads_to = self.portal.load_server_metadata()["end_session_endpoint"]
        return redirect(f"{leads_to}?{urlencode(question)}")

    def bye(self) -> str:
        return f'<h1>Goodbye from {NAME}</h1><a href="{url_for("home")}">Back</a>'


@contextmanager
def running() -> Iterator[DemoService]:
    service = DemoService()
    thread = Thread(target=service.server.serve_forever, daemon=True)
    thread.start()
    yield service
    service.server.shutdown()
    thread.join()
