"""An honest fake of the sign-in at Google and Microsoft: codes with PKCE, tokens, and whose they are."""

import base64
import hashlib
import json
import secrets
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


class Consents:
    """`allow(address)` is the browser's visit: it returns the query the browser comes back with."""

    def __init__(self) -> None:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                token = parse_qs(urlsplit(self.path).query).get("access_token", [""])[0]
                user = outer.access.get(token)
                self._say(200 if user else 401, {"email": user, "active": "yes"} if user else {})

            def do_POST(self) -> None:
                asked = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                self._say(*outer.answer({name: values[0] for name, values in asked.items()}))

            def _say(self, status: int, told: dict[str, Any]) -> None:
                body = json.dumps(told).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_words: object) -> None:
                pass

        self.codes: dict[str, tuple[str, str, str]] = {}
        self.refreshing: dict[str, str] = {}
        self.access: dict[str, str] = {}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def allow(self, address: str) -> dict[str, str]:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
        code = secrets.token_urlsafe(8)
        self.codes[code] = (asked["login_hint"], asked["code_challenge"], asked["redirect_uri"])
        return {"code": code, "state": asked["state"]}

    def withdraw(self) -> None:
        """The owner of the account changes their mind."""
        self.refreshing.clear()
        self.access.clear()

    def answer(self, asked: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if (asked.get("client_id"), asked.get("client_secret")) != ("desk", "s3cret"):
            return 401, {"error": "invalid_client"}
        if asked["grant_type"] == "authorization_code":
            return self._exchange(asked)
        user = self.refreshing.pop(asked.get("refresh_token", ""), None)
        return self._tokens(user) if user else (400, {"error": "invalid_grant"})

    def _exchange(self, asked: dict[str, str]) -> tuple[int, dict[str, Any]]:
        user, challenge, back = self.codes.pop(asked["code"], ("", "", ""))
        proof = hashlib.sha256(asked["code_verifier"].encode()).digest()
        is_theirs = base64.urlsafe_b64encode(proof).rstrip(b"=").decode() == challenge
        if not user or not is_theirs or back != asked["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        return self._tokens(user)

    def _tokens(self, user: str) -> tuple[int, dict[str, Any]]:
        """Each refresh token is good for once, as Microsoft may have it."""
        access, again = secrets.token_urlsafe(8), secrets.token_urlsafe(8)
        self.access[access], self.refreshing[again] = user, user
        return 200, {"access_token": access, "refresh_token": again, "expires_in": 3600}
