"""What this channel tells about a message beyond its words: its bytes, and the sentences of its warnings."""

from django.utils.translation import gettext_lazy as _

from handrail.channels.email.explaining import WARNINGS
from handrail.tickets import asides, remarks
from handrail.tickets.asides import Aside

#: On the page of a message: everything as it came, for those who look after mail.
BYTES = Aside(
    key="bytes",
    channel="email",
    label=_("As it came, byte by byte"),
    route="mail:bytes",
    right="mail.manage",
    icon="file-code",
)


def register() -> None:
    asides.register(BYTES)
    remarks.name_warnings(WARNINGS)
