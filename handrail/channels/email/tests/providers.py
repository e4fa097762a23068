"""What providers say in the tests: the fake of what they keep, and their signatures under what we make up."""

import base64
import datetime as dt
import hashlib
import hmac
import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID

from handrail.channels.email.hooks import amazon, asking
from handrail.channels.email.models import MailHook
from handrail.kit import clock

TOPIC = "arn:aws:sns:eu-central-1:123456789012:desk-mail"
WHSEC = "whsec_" + base64.b64encode(b"a-signing-key-of-resend").decode()
SIGNING = "signing-key-of-the-route another-of-the-webhook"
PRIVATE = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PUBLIC = base64.b64encode(
    PRIVATE.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
).decode()
SECRETS = {
    "amazon_ses": TOPIC,
    "brevo": "desk:a-long-password-7",
    "mailersend": SIGNING,
    "mailtrap": SIGNING,
    "postal": PUBLIC,
    "resend": WHSEC,
    "unisender_go": "api-key-of-unisender",
}


def certificate() -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sns.amazonaws.com")])
    began = clock.now() - dt.timedelta(days=1)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(PRIVATE.public_key())
    made = made.serial_number(7).not_valid_before(began).not_valid_after(began + dt.timedelta(days=30))
    return made.sign(PRIVATE, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


class Keeper:
    """An honest fake of what providers keep: `keeps[path] = bytes`; asked tells who came with which key."""

    def __init__(self) -> None:
        outer = self
        self.keeps: dict[str, bytes] = {}
        self.asked: list[tuple[str, str]] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                key = self.headers.get("Authorization") or self.headers.get("api-key") or ""
                outer.asked.append((self.path, key))
                found = outer.keeps.get(self.path)
                self.send_response(404 if found is None else 200)
                self.send_header("Content-Length", str(len(found or b"")))
                self.end_headers()
                self.wfile.write(found or b"")

            def log_message(self, *_words: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()


@pytest.fixture
def keeper(settings, monkeypatch) -> Iterator[Keeper]:
    settings.MAIL_SERVER_NETWORKS = [ip_network("127.0.0.0/8")]
    found = Keeper()
    for name in ("BREVO", "RESEND", "MAILTRAP"):
        monkeypatch.setattr(asking, name, found.address)
    monkeypatch.setattr(amazon, "OF_AMAZON", re.compile(re.escape(found.address) + "/"))
    monkeypatch.setattr(amazon, "_certificates", {})
    yield found
    found.server.shutdown()
    found.server.server_close()


@pytest.fixture
def hook(support, ada):
    def make(provider: str, *, api_key: str | None = "key-of-the-api") -> MailHook:
        made = MailHook.lay(
            support,
            provider=provider,
            secret=SECRETS[provider],
            api_key=api_key,
            is_paused=False,
            by=ada.user,
            at=clock.now(),
        )
        return MailHook.objects.select_related("account").get(pk=made.pk)

    return make


def signed_by_svix(told: object, *, age: int = 0, key: str = WHSEC, name: str = "msg_1") -> dict[str, Any]:
    body, time = json.dumps(told), str(int(clock.now().timestamp()) - age)
    secret = base64.b64decode(key.removeprefix("whsec_"))
    signature = hmac.new(secret, f"{name}.{time}.{body}".encode(), hashlib.sha256).digest()
    headers = {"svix-id": name, "svix-timestamp": time}
    headers["svix-signature"] = f"v1,AAAA v1,{base64.b64encode(signature).decode()}"
    return {"data": body, "content_type": "application/json", "headers": headers}


def signed_by_sum(told: object, header: str, *, key: str = "another-of-the-webhook") -> dict[str, Any]:
    body = json.dumps(told)
    return {
        "data": body,
        "content_type": "application/json",
        "headers": {header: hmac.new(key.encode(), body.encode(), hashlib.sha256).hexdigest()},
    }


def signed_by_postal(told: object, *, newer: bool = False) -> dict[str, Any]:
    body = json.dumps(told).encode()
    method = hashes.SHA256() if newer else hashes.SHA1()  # noqa: S303 - theirs
    shown = base64.b64encode(PRIVATE.sign(body, padding.PKCS1v15(), method)).decode()
    header = "X-Postal-Signature-256" if newer else "X-Postal-Signature"
    return {"data": body, "content_type": "application/json", "headers": {header: shown}}


def signed_by_unisender(told: dict[str, Any], *, key: str = "api-key-of-unisender") -> dict[str, Any]:
    unsigned = json.dumps({"auth": key, **told})
    summed = hashlib.md5(unsigned.encode(), usedforsecurity=False).hexdigest()
    return {"data": unsigned.replace(key, summed), "content_type": "application/json"}


def signed_by_amazon(
    keeper: Keeper, message: object, *, age: int = 0, version: str = "2", **more: str
) -> dict[str, Any]:
    keeper.keeps["/SimpleNotificationService-0123456789abcdef.pem"] = certificate()
    time = (clock.now() - dt.timedelta(seconds=age)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    told = {
        "Type": "Notification",
        "MessageId": "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
        "TopicArn": TOPIC,
        "Message": message if isinstance(message, str) else json.dumps(message),
        "Timestamp": time,
    } | more
    confirms = told["Type"] != "Notification"
    names = ["Message", "MessageId"]
    names += ["SubscribeURL", "Timestamp", "Token"] if confirms else ["Subject", "Timestamp"]
    signed = "".join(f"{name}\n{told[name]}\n" for name in [*names, "TopicArn", "Type"] if name in told)
    method = hashes.SHA256() if version == "2" else hashes.SHA1()  # noqa: S303 - theirs
    signature = base64.b64encode(PRIVATE.sign(signed.encode(), padding.PKCS1v15(), method)).decode()
    told |= {"Signature": signature, "SignatureVersion": version}
    told.setdefault("SigningCertURL", f"{keeper.address}/SimpleNotificationService-0123456789abcdef.pem")
    return {"data": json.dumps(told), "content_type": "text/plain; charset=UTF-8"}
