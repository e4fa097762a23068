"""A passkey made of software: the honest fake of the device in somebody's pocket."""

import hashlib
import json
import os
import struct
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cbor import encode
from fido2.cose import ES256
from fido2.utils import websafe_encode

PRESENT, VERIFIED, NEW = 0x01, 0x04, 0x40


class SoftwareKey:
    """Answers the browser's challenges for one site, as W3C WebAuthn level 2 says."""

    def __init__(self, *, origin: str, site: str) -> None:
        self.origin, self.site = origin, site
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.id = os.urandom(32)
        self.owner = b""

    def make(self, options: dict[str, Any]) -> dict[str, Any]:
        """A new passkey for the user in these options."""
        public = options["publicKey"]
        self.owner = public["user"]["id"]
        key = encode(ES256.from_cryptography_key(self.private.public_key()))
        made = bytes(16) + struct.pack(">H", len(self.id)) + self.id + key
        data = self._head(PRESENT | VERIFIED | NEW) + made
        attested = encode({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", public["challenge"])
        return self._told({"clientDataJSON": client, "attestationObject": attested})

    def sign(self, options: dict[str, Any], *, verified: bool = True) -> dict[str, Any]:
        """What proves that the owner is here. verified: by finger, face or PIN."""
        client = self._client("webauthn.get", options["publicKey"]["challenge"])
        data = self._head(PRESENT | (VERIFIED if verified else 0))
        signed = self.private.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        answer = {"clientDataJSON": client, "authenticatorData": data, "signature": signed}
        told = self._told(answer)
        told["response"]["userHandle"] = self.owner
        return told

    def _head(self, flags: int) -> bytes:
        return hashlib.sha256(self.site.encode()).digest() + bytes([flags]) + struct.pack(">I", 0)

    def _client(self, what: str, challenge: str) -> bytes:
        return json.dumps({"type": what, "challenge": challenge, "origin": self.origin}).encode()

    def _told(self, answer: dict[str, bytes]) -> dict[str, Any]:
        name = websafe_encode(self.id)
        response: dict[str, Any] = {field: websafe_encode(value) for field, value in answer.items()}
        return {"id": name, "rawId": name, "type": "public-key", "response": response}
