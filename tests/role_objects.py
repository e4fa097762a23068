"""What the rows of tests/role_table.toml are asked for, beside the cast: one fixture for each object."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from allauth.mfa.models import Authenticator

from handrail.accounts import links
from handrail.accounts.models import ApiToken, Brand, Role, Session, User
from handrail.channels.email.models import (
    CaughtMail,
    Delivery,
    EmailAccount,
    ImapRoad,
    ListedSender,
    OutgoingMail,
    RawMail,
    Suppression,
)
from handrail.files import fetching, serving, storing
from handrail.kit import clock
from handrail.portal import links as portal_links
from handrail.team.models import Agent
from handrail.tickets import picturing
from handrail.tickets.inbound import InboundFile
from handrail.tickets.models import Draft
from handrail.tickets.planning import WallTime
from handrail.tickets.receiving import receive
from tests.cast import VERA_WRITES


@pytest.fixture
def sam(house) -> Agent:
    """An agent whose role shows him the tickets he owns, and no others."""
    role = Role.objects.create(
        key="assigned-only", name="Freelancer", rights=["tickets.see_assigned", "tickets.reply"]
    )
    user = User.objects.invite(
        email="sam@harbour.example", name="Sam Okoro", role=role, brands=[house.harbour], at=clock.now()
    )
    return Agent.welcome(user=user, teams=[house.parcels], at=clock.now())


@pytest.fixture
def nadias_link(nadia) -> dict[str, Any]:
    return {"secret": links.issue(user=nadia.user, at=clock.now()).rsplit("/", 1)[1]}


@pytest.fixture
def nadias_passkey(nadia) -> dict[str, Any]:
    data = {"name": "Laptop", "credential": {}}
    row = Authenticator.objects.create(user=nadia.user, type=Authenticator.Type.WEBAUTHN, data=data)
    return {"passkey": row.pk}


@pytest.fixture
def nadias_session(nadia, client_of) -> dict[str, Any]:
    client_of(nadia)
    return {"digest": Session.objects.filter(user=nadia.user).latest("begun_at").pk}


@pytest.fixture
def irises_token(iris) -> ApiToken:
    lasts = timedelta(days=7)
    return ApiToken.make(
        user=iris.user, name="Export", scopes=["tickets.reply"], lasts=lasts, at=clock.now()
    )[0]


@pytest.fixture
def agent_role(house):
    return house.roles["agent"]


@pytest.fixture
def harbour(house):
    return house.harbour


@pytest.fixture
def parcels(house):
    return house.parcels


@pytest.fixture
def nadia_as_user(nadia):
    return nadia.user


@pytest.fixture
def veras_mail(vera, write, house) -> dict[str, Any]:
    """A mail of Vera with html, an attached picture and a link to it that is signed for Nadia."""
    picture = InboundFile(
        name="scan.png",
        type="image/png",
        content=b"\x89PNG\r\n\x1a\n" + b"0" * 40,
        inline=True,
        content_id="scan",
    )
    message = write(html="<p>See <img src='cid:scan'></p>", files=(picture,))
    attachment = message.attachments.get()
    return {"number": message.ticket.number, "message": message, "attachment": attachment}


@pytest.fixture
def body_of_veras_mail(veras_mail) -> dict[str, Any]:
    return {"number": veras_mail["number"], "message_id": veras_mail["message"].pk}


@pytest.fixture
def file_on_veras_mail(veras_mail) -> dict[str, Any]:
    return {"number": veras_mail["number"], "attachment_id": veras_mail["attachment"].pk}


@pytest.fixture
def text_on_veras_mail(write) -> dict[str, Any]:
    """A text file that may be looked into."""
    file = InboundFile(
        name="list.txt", type="text/plain", content=b"one\ntwo\n", inline=False, content_id=None
    )
    message = write(files=(file,))
    return {"number": message.ticket.number, "attachment_id": message.attachments.get().pk}


@pytest.fixture
def image_for_nadia(write, nadia, tmp_path, settings) -> dict[str, Any]:
    """A picture on another server that Nadia asked for; it was fetched before and is remembered."""
    settings.FETCHED_FOLDER = tmp_path
    address = "https://shop.example/banner.gif"
    kept = fetching.path_of(address)
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"GIF89a\x20\x00\x20\x00\x80\x00\x00")
    message = write(html=f'<p>Sale</p><img data-remote-src="{address}">')
    picturing.show(message, always=False, by=nadia, at=clock.now())
    named = picturing.addresses(message, viewer=nadia.user)(address)
    return {"token": str(named).rsplit("/", 1)[1]}


@pytest.fixture
def picture_signed_for_nadia(veras_mail, nadia) -> dict[str, Any]:
    token = serving.sign(veras_mail["attachment"].stored_id, for_user=nadia.user.pk)
    return {"number": veras_mail["number"], "token": token}


@pytest.fixture
def picture_signed_for_vera(veras_mail, vera) -> dict[str, Any]:
    token = serving.sign(veras_mail["attachment"].stored_id, for_user=vera.user.pk)
    return {"number": veras_mail["number"], "token": token}


@pytest.fixture
def nadias_reply(lost_parcel, nadia) -> dict[str, Any]:
    """An answer that can still be taken back."""
    at = clock.now()
    reply = lost_parcel.reply(text="It is in the van.", by=nadia, at=at, undo=timedelta(minutes=5))
    return {"number": lost_parcel.number, "message_id": reply.pk}


@pytest.fixture
def file_on_nadias_draft(lost_parcel, nadia) -> dict[str, Any]:
    at = clock.now()
    stored = storing.store(name="receipt.txt", content=b"a receipt", at=at)
    Draft.add_file(ticket_id=lost_parcel.pk, by=nadia, stored=stored, at=at)
    return {"number": lost_parcel.number, "stored_id": stored.pk}


@pytest.fixture
def set_up_link() -> dict[str, Any]:
    """The right link to the first set-up, printed when there are colleagues already."""
    return {"secret": links.issue_set_up(at=clock.now()).rsplit("/", 1)[1]}


@pytest.fixture
def veras_portal_link(vera) -> dict[str, Any]:
    address = vera.identities.get().value
    return {"secret": portal_links.issue(address=address, at=clock.now()).rsplit("/", 1)[1]}


@pytest.fixture
def inbox_with_lost_parcel(lost_parcel) -> dict[str, Any]:
    return {"key": "open", "number": lost_parcel.number}


@pytest.fixture
def person_vera(vera) -> dict[str, Any]:
    return {"person_id": vera.pk}


@pytest.fixture
def settings_layout() -> dict[str, Any]:
    return {"name": "settings"}


@pytest.fixture
def mailbox(house) -> dict[str, Any]:
    return {"mailbox": _mailbox("support@harbour.example", house.harbour).pk}


@pytest.fixture
def fetched_mailbox(house, ada) -> dict[str, Any]:
    account = _mailbox("support@harbour.example", house.harbour)
    ImapRoad.lay(account, secret="x", host="imap.example", user="u", by=ada.user, at=clock.now())
    return {"mailbox": account.pk}


@pytest.fixture
def unknown_hook() -> dict[str, Any]:
    return {"provider": "postmark", "key": "nobody-knows-this-key"}


@pytest.fixture
def mailbox_of_office(house) -> dict[str, Any]:
    return {"mailbox": _mailbox("office@harbour.example", house.office).pk}


@pytest.fixture
def veras_mail_as_it_came(house, write) -> dict[str, Any]:
    """The bytes that became a message of Vera."""
    return _as_it_came(_mailbox("support@harbour.example", house.harbour), write().pk)


@pytest.fixture
def piets_mail_as_it_came(house) -> dict[str, Any]:
    """The bytes of a message on a ticket of another brand."""
    stranger = replace(VERA_WRITES, address="stranger@elsewhere.example", name="Stranger")
    message = receive(stranger, brand=house.office, at=clock.now())
    return _as_it_came(_mailbox("office@harbour.example", house.office), message.pk)


def _as_it_came(account: EmailAccount, message_id: UUID) -> dict[str, Any]:
    raw = b"From: vera@nordlys.example\r\n\r\nWhere is it?"
    mail = RawMail.objects.create(
        source="smtp", account=account, received_at=clock.now(), sha256=b"", size=len(raw), raw=raw
    )
    mail.became(message_id, fingerprint=b"1" * 32)
    return {"message": message_id}


@pytest.fixture
def broken_mail(house) -> dict[str, Any]:
    return {"mail": _in_quarantine(_mailbox("support@harbour.example", house.harbour)).pk}


@pytest.fixture
def held_mail(house) -> dict[str, Any]:
    return {"mail": _held(_mailbox("support@harbour.example", house.harbour)).pk}


@pytest.fixture
def held_office(house) -> dict[str, Any]:
    return {"mail": _held(_mailbox("office@harbour.example", house.office)).pk}


@pytest.fixture
def listed_sender(house, ada) -> dict[str, Any]:
    kind = ListedSender.As.BLOCKED
    ListedSender.put(brand=house.harbour, sender="pest.example", listed_as=kind, by=ada.user, at=clock.now())
    return {"sender": ListedSender.objects.get().pk}


@pytest.fixture
def veras_word(lost_parcel) -> dict[str, Any]:
    return {"message": lost_parcel.messages.get(kind="customer").pk}


@pytest.fixture
def broken_office(house) -> dict[str, Any]:
    return {"mail": _in_quarantine(_mailbox("office@harbour.example", house.office)).pk}


@pytest.fixture
def failed_mail(lost_parcel, nadia) -> dict[str, Any]:
    reply = lost_parcel.reply(text="It is in the van.", by=nadia, at=clock.now())
    mail = OutgoingMail.objects.get(message=reply)
    mail.fail("550 no such user", at=clock.now())
    return {"mail": mail.pk}


@pytest.fixture
def planned_reply(lost_parcel, nadia) -> dict[str, Any]:
    """Nadia's answer on Vera's ticket, which leaves tomorrow."""
    tomorrow = (clock.now() + timedelta(days=1)).replace(tzinfo=None)
    when = WallTime(wall=tomorrow, zone="UTC")
    message = lost_parcel.reply(text="Tomorrow.", by=nadia, planned=when, at=clock.now())
    return {"number": lost_parcel.number, "message_id": message.pk}


@pytest.fixture
def waiting_mail(lost_parcel, nadia) -> dict[str, Any]:
    reply = lost_parcel.reply(text="It is in the van.", by=nadia, at=clock.now())
    return {"mail": OutgoingMail.objects.get(message=reply).pk}


@pytest.fixture
def failed_recipient(failed_mail) -> dict[str, Any]:
    return {**failed_mail, "recipient": Delivery.objects.get(mail=failed_mail["mail"]).pk}


@pytest.fixture
def blocked_address(house) -> dict[str, Any]:
    return _blocked(house.harbour)


@pytest.fixture
def blocked_office(house) -> dict[str, Any]:
    return _blocked(house.office)


def _blocked(brand: Brand) -> dict[str, Any]:
    reason = Suppression.Reason.BOUNCED
    Suppression.add(
        brand_id=brand.pk, address="gone@nordlys.example", reason=reason, detail="5.1.1", at=clock.now()
    )
    return {"suppression": Suppression.objects.get(brand=brand).pk}


@pytest.fixture
def caught_mail(db) -> dict[str, Any]:
    raw = b"Subject: Your link\r\nContent-Type: text/html\r\n\r\n<p>Come in</p>\r\n"
    caught = CaughtMail.objects.create(envelope_to=["vera@nordlys.example"], at=clock.now(), raw=raw)
    return {"mail": caught.pk}


def _mailbox(address: str, brand: Brand) -> EmailAccount:
    if known := EmailAccount.objects.filter(address=address).first():
        return known
    return EmailAccount.open(address=address, display_name=brand.name, brand=brand, by=None, at=clock.now())


def _held(account: EmailAccount) -> RawMail:
    raw = b"From: vera@nordlys.example\r\nSubject: Parcel\r\n\r\nWhere is it?"
    mail = RawMail.objects.create(
        source="smtp", account=account, received_at=clock.now(), sha256=b"", size=len(raw), raw=raw
    )
    found = {"sender": "vera@nordlys.example", "state": "failed", "warnings": [["failed-authentication", ""]]}
    mail.keep_back(RawMail.State.HELD, "failed-sender", fingerprint=bytes(32), findings=found, at=clock.now())
    return mail


def _in_quarantine(account: EmailAccount) -> RawMail:
    raw = b"From: a@b.example\r\n\r\nBroken"
    mail = RawMail.objects.create(
        source="smtp", account=account, received_at=clock.now(), sha256=b"", size=len(raw), raw=raw
    )
    mail.quarantine("too-deep: The mail is nested deeper than 50 levels.", at=clock.now())
    return mail
