"""The mail of the demo company: ids, recipients and references as real mails would carry them."""

from dataclasses import dataclass, field

from handrail.demo.world import nouns
from handrail.demo.world.world import World
from handrail.tickets.inbound import Inbound

OURS = "mail.harbour.example"


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What is known of an answer beside its words."""

    external_id: str
    to: tuple[tuple[str, str], ...]


@dataclass(kw_only=True)
class Thread:
    """The mails of one ticket so far."""

    subject: str
    writer: nouns.Person
    mailbox: nouns.Mailbox
    language: str
    ids: list[str] = field(default_factory=list)

    def next_id(self, domain: str, number: int) -> str:
        self.ids.append(f"{number}.{len(self.ids)}@{domain}")
        return self.ids[-1]


class Posting:
    """Keeps the thread of every ticket."""

    def __init__(self, world: World) -> None:
        self._people = {person.key: person for person in world.people}
        self._mailboxes = {mailbox.address: mailbox for mailbox in world.mailboxes}
        self._threads: dict[int, Thread] = {}

    def first(self, mail: nouns.Arrived) -> Inbound:
        """The mail that opens a ticket."""
        self._threads[mail.ticket] = Thread(
            subject=mail.subject,
            writer=self._people[mail.person],
            mailbox=self._mailboxes[mail.mailbox],
            language=mail.language,
        )
        return self._inbound(mail, subject=mail.subject, person=mail.person)

    def further(self, mail: nouns.Wrote) -> Inbound:
        """A customer's next mail on the ticket."""
        return self._inbound(mail, subject=f"Re: {self._threads[mail.ticket].subject}", person=mail.person)

    def answer(self, mail: nouns.Replied) -> Letter:
        """Our answer, to the one who asked."""
        thread = self._threads[mail.ticket]
        to = ((thread.writer.name, thread.writer.email),)
        return Letter(external_id=thread.next_id(OURS, mail.ticket), to=to)

    def _inbound(self, mail: nouns.Arrived | nouns.Wrote, *, subject: str, person: int) -> Inbound:
        thread, writer = self._threads[mail.ticket], self._people[person]
        references = tuple(thread.ids)
        return Inbound(
            channel="email",
            address=writer.email,
            name=writer.name,
            subject=subject,
            text=mail.body,
            html=None,
            reply_text=mail.body,
            files=(),
            external_id=thread.next_id(writer.email.partition("@")[2], mail.ticket),
            references=references,
            to=((thread.mailbox.name, thread.mailbox.address),),
            cc=(),
            sent_at=mail.at,
            automatic="",
            language=thread.language,
        )
