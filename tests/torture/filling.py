"""R-044: the disk is full for files, logs and the database; all recovers when there is room again."""

import os
import shutil
import smtplib
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.torture.killing import count
from tests.torture.mails import SUPPORT, Mail, a_mail
from tests.torture.trial import Outcome, TrialDesk, ask_the_doctor, desk_on_trial

#: So many refusals in a row, and the disk counts as full.
REFUSALS = 10
WAITING = "SELECT count(*) FROM channels_email_rawmail WHERE state = 'new'"


def fill_the_disk(*, mails: int = 80, seed: int) -> Outcome:
    """So many mails with a file each, of which less than half find room at first."""
    outcome = Outcome("filling", "R-044: a full disk loses nothing, refuses only for now, and recovers")
    if os.geteuid() != 0:
        outcome.figures["skipped"] = "only root can make small disks"
        return outcome
    written = [a_mail(number * 10, seed=seed) for number in range(1, mails + 1)]
    with desk_on_trial() as desk:
        _fill_the_files(desk, written, outcome)
        _fill_the_logs(desk, outcome)
        _fill_the_database(desk, written, outcome)
        count(desk, written, outcome)
        ask_the_doctor(desk, outcome)
    return outcome


def _fill_the_files(desk: TrialDesk, written: list[Mail], outcome: Outcome) -> None:
    files = desk.home / "files"
    with small_disk(files, "700k"):
        taken = [_hand_in(desk, mail) for mail in written[:-20]]
        time.sleep(5)
        outcome.figures["with_full_files"] = {"taken": taken.count(250), "waiting": desk.value(WAITING)}
        outcome.expect(set(taken) == {250}, f"answers while files were full: {set(taken)}")
        outcome.expect(desk.value(WAITING) > 0, "the disk for files never got full")
        outcome.expect(desk.answers(), "no page could be read while files were full")
        halves = [path.name for path in files.rglob("*") if path.is_file() and path.name.startswith(".")]
        outcome.expect(not halves, f"half-written files: {halves[:3]}")
        subprocess.run(["mount", "-o", "remount,size=64m", str(files)], check=True)
        outcome.expect(_all_read(desk), "mail still waits after there was room for files again")
        kept = shutil.copytree(files, desk.home / "kept")
    shutil.copytree(kept, files, dirs_exist_ok=True)


def _fill_the_logs(desk: TrialDesk, outcome: Outcome) -> None:
    ballast = desk.home / "logs" / "ballast"
    with small_disk(desk.home / "logs", "1m"):
        with ballast.open("wb") as file:
            try:
                file.write(b"x" * 4 * 1024 * 1024)
            except OSError as full:
                outcome.figures["logs"] = full.strerror
        desk.kill("worker")  # what starts now has to open its log on the full disk
        outcome.expect(desk.answers(), "no page could be read while the logs were full")


def _fill_the_database(desk: TrialDesk, written: list[Mail], outcome: Outcome) -> None:
    """Raw mail moves to a tablespace on a small disk."""
    with tempfile.TemporaryDirectory(prefix="handrail-small-", ignore_cleanup_errors=True) as folder:
        place = Path(folder) / "space"
        with small_disk(place, "9m"):
            data = _say(desk, "SHOW data_directory")
            shutil.chown(place, Path(data).stat().st_uid, Path(data).stat().st_gid)
            Path(folder).chmod(0o755)
            _say(desk, f"CREATE TABLESPACE small LOCATION '{place}'")
            _say(desk, "ALTER TABLE channels_email_rawmail SET TABLESPACE small")
            flood = [a_mail(number * 10, seed=1) for number in range(10_001, 10_600)]
            answers = _hand_in_until_refused(desk, flood)
            outcome.figures["with_a_full_database"] = {code: answers.count(code) for code in set(answers)}
            outcome.expect(set(answers) <= {250, 452}, f"answers while the database was full: {set(answers)}")
            outcome.expect(452 in answers, "the disk of the database never got full")
            outcome.expect(desk.answers(), "no page could be read while the database was full")
            subprocess.run(["mount", "-o", "remount,size=99m", str(place)], check=True)
            outcome.expect(
                {_hand_in(desk, mail) for mail in written[-20:]} == {250}, "mail is refused with room again"
            )
            outcome.expect(_all_read(desk), "mail still waits after there was room for the database again")
            written += [mail for mail, code in zip(flood, answers, strict=False) if code == 250]
            _say(desk, "ALTER TABLE channels_email_rawmail SET TABLESPACE pg_default")
            _say(desk, "DROP TABLESPACE small")


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size},mode=0755", "tmpfs", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def _hand_in_until_refused(desk: TrialDesk, mails: list[Mail]) -> list[int]:
    """The answers, until some mails in a row found no room."""
    answers: list[int] = []
    for mail in mails:
        answers.append(_hand_in(desk, mail))
        if len(answers) > REFUSALS and 250 not in answers[-REFUSALS:]:
            break
    return answers


def _hand_in(desk: TrialDesk, mail: Mail) -> int:
    """What the listener says at the end."""
    try:
        with smtplib.SMTP("127.0.0.1", desk.smtp_port, timeout=20) as client:
            client.sendmail(mail.sender, [SUPPORT], mail.raw)
    except smtplib.SMTPResponseException as refusal:
        return refusal.smtp_code
    return 250


def _all_read(desk: TrialDesk) -> bool:
    deadline = time.monotonic() + 90
    while desk.value(WAITING):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.2)
    return True


def _say(desk: TrialDesk, statement: str) -> str:
    with psycopg.connect(desk.database_url, autocommit=True) as connection:
        cursor = connection.execute(statement.encode())
        row = cursor.fetchone() if cursor.description else None
    return str(row[0]) if row else ""
