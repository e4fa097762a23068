"""Take over old mail as history: mbox files, Maildirs, MH folders, .eml and .emlx files.

It becomes closed tickets at its own times; nobody is told, nothing is answered or sent. Run it again after it
was cut off: what is here already is left out. Which mailbox a mail came for is told by its recipients.
"""

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from handrail.cli._complaint import Complaint
from handrail.cli._database import django_at_hand

if TYPE_CHECKING:
    from handrail.channels.email.importing import Report

TELL_EVERY_SECONDS = 2.0


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", metavar="PATH", type=Path, help="an mbox, a Maildir or a folder")
    parser.add_argument("--mailbox", metavar="ADDRESS", help="of this desk; else found by who was written to")
    parser.add_argument(
        "--as-history", action="store_true", help="closed tickets and no word to anybody (always so)"
    )


def run(options: argparse.Namespace) -> int:
    with django_at_hand():
        from handrail.channels.email import importing  # app ready
        from handrail.channels.email.models import EmailAccount

        mailbox = None
        if options.mailbox:
            address = options.mailbox.strip().lower()
            mailbox = EmailAccount.objects.filter(address=address).first()
            if mailbox is None:
                raise Complaint(f"There is no mailbox {address}: open it under Settings → Mailboxes first.")
        report = importing.bring(options.paths, mailbox=mailbox, progress=Told().show)
        print(in_words(report), flush=True)
        return 1 if report.left_out else 0


class Told:
    """A line now and then."""

    def __init__(self) -> None:
        self.began = self.told_at = time.monotonic()

    def show(self, report: "Report") -> None:
        now = time.monotonic()
        if now - self.told_at < TELL_EVERY_SECONDS:
            return
        self.told_at = now
        speed = report.found / max(now - self.began, 0.001)
        print(f"  {report.found:,} mails seen, {report.kept:,} new, {speed:,.0f} a second", file=sys.stderr)


def in_words(report: "Report") -> str:
    lines = [
        f"{report.found:,} mail{'s' if report.found != 1 else ''} found",
        f"{report.ended['done']:,} are messages now",
        f"{report.known + report.ended['duplicate']:,} were here already",
    ]
    for reason, count in report.left_out.most_common():
        lines.append(f"{count:,} left out: {reason} (first: {report.examples[reason]})")
    if report.aside:
        first = report.examples["no mail"]
        lines.append(f"{report.aside:,} other files hold no mail, by name and beginning (first: {first})")
    return "\n".join(lines)
