"""The certificate that the mail listener shows, read anew when its file changes: they last for weeks only."""

import asyncio
import ssl
from pathlib import Path

import structlog

from handrail.kit.environment import BadSetting
from handrail.kit.settings import Environment

log = structlog.get_logger()

#: How often the file is looked at.
LOOK_EVERY_SECONDS = 60.0


class Certificate:
    """A TLS context whose certificate is that of the file. Raises BadSetting when it cannot be read."""

    def __init__(self, file: Path, key: Path | None) -> None:
        self.file, self.key = file, key
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.minimum_version = ssl.TLSVersion.TLSv1_2
        self.renewing: asyncio.Task[None] | None = None
        try:
            self.read_at = self._changed_at()
            self._load()
        except (OSError, ssl.SSLError) as error:
            raise BadSetting(
                f"HANDRAIL_SMTP_CERTIFICATE: {file} cannot be used ({error.strerror or error})."
            ) from None

    async def renew(self) -> None:
        """Look now and then; a file that cannot be used leaves the certificate as it is, and is told."""
        while True:
            await asyncio.sleep(LOOK_EVERY_SECONDS)
            self.look()

    def look(self) -> None:
        try:
            if (changed_at := self._changed_at()) != self.read_at:
                self._load()
                self.read_at = changed_at
                log.info("smtp.certificate_renewed")
        except (OSError, ssl.SSLError) as error:
            log.error("smtp.certificate_unusable", error=str(error))

    def _load(self) -> None:
        self.context.load_cert_chain(self.file, self.key)

    def _changed_at(self) -> tuple[int, ...]:
        return tuple(file.stat().st_mtime_ns for file in (self.file, self.key) if file)


def certificate_of(environment: Environment) -> Certificate | None:
    """None where no certificate is set: then TLS is not offered."""
    if not environment.HANDRAIL_SMTP_CERTIFICATE:
        return None
    key = environment.HANDRAIL_SMTP_CERTIFICATE_KEY
    return Certificate(Path(environment.HANDRAIL_SMTP_CERTIFICATE), Path(key) if key else None)
