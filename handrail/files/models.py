"""One stored file: what it is called, what its bytes are, where they lie."""

from datetime import datetime
from pathlib import Path

import structlog
from django.conf import settings
from django.db import models

from handrail.files import scanning
from handrail.kit import ids

log = structlog.get_logger()


def path_of(digest: str) -> Path:
    """Where the bytes with this hash lie: two levels of folders, outside anything the web server serves."""
    folder = Path(settings.FILES_FOLDER)
    return folder / digest[:2] / digest[2:4] / digest


class DocumentText(models.Model):
    """The words of a document, by the hash of its bytes. trouble: why there are none, for the log."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    text = models.TextField(blank=True)
    trouble = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()


class Leftover(models.Model):
    """Bytes on disk whose last record was removed, until they are swept away."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField(db_index=True)


class StoredFile(models.Model):
    """A file somebody sent. Several may share the same bytes on disk, named by their hash."""

    class Scan(models.TextChoices):
        """What is known of viruses in it; empty where no scanner was asked."""

        NONE = "", ""
        WAITING = "waiting", "waiting"
        CLEAN = "clean", "clean"
        INFECTED = "infected", "infected"

    id = models.UUIDField(primary_key=True, default=ids.uuid7, editable=False)
    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=255)
    type = models.CharField(max_length=100)
    bytes = models.BigIntegerField()
    created_at = models.DateTimeField()
    scan = models.CharField(max_length=8, choices=Scan.choices, blank=True, default="", db_default="")
    #: What the scanner calls what it found.
    finding = models.CharField(max_length=200, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(scan__in=["", "waiting", "clean", "infected"]), name="file_scan_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(scan="infected") | models.Q(finding=""), name="only_infected_has_a_finding"
            ),
        ]

    @property
    def is_kept_away(self) -> bool:
        """Whether nobody gets it any more."""
        return self.scan == self.Scan.INFECTED

    def be_scanned(self, *, at: datetime) -> None:
        """Ask the scanner and keep what it says. Raises scanning.NoAnswer: then it waits."""
        verdict = scanning.verdict_on(path_of(self.sha256))
        self.scan = self.Scan.CLEAN if verdict.is_clean else self.Scan.INFECTED
        self.finding = verdict.finding
        self.save(update_fields=["scan", "finding"])
        if self.is_kept_away:
            log.warning("files.infected", file=str(self.pk), finding=self.finding, at=at.isoformat())
