"""The reading process: a document on its input, its words on its output; on its errors a word why not.

It has no secrets and no connection, can write no file, and dies at the limits.
"""

import io
import resource
import signal
import sys

from handrail.files.documents import limits, office, pdf
from handrail.files.documents.refusal import Unreadable


def main() -> int:
    narrow()
    try:
        words = words_of(sys.stdin.buffer.read())
    except MemoryError:
        return _failed("too-much-memory")
    except Unreadable as refusal:
        return _failed(str(refusal.args[0]))
    except Exception as error:  # a broken file breaks any library in its own way
        return _failed(type(error).__name__)
    sys.stdout.buffer.write(words.encode("utf-8", "replace"))
    return 0


def narrow() -> None:
    """Give up all that reading does not need."""
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_AS, (limits.MEMORY_BYTES, limits.MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.CPU_SECONDS, limits.CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def words_of(content: bytes) -> str:
    """By what the bytes are, whatever the file is called. Raises Unreadable."""
    if content[:1024].lstrip().startswith(b"%PDF-"):
        return pdf.words_of(io.BytesIO(content))
    if content.startswith(b"PK\x03\x04"):
        return office.words_of(io.BytesIO(content))
    raise Unreadable("no-document")


def _failed(why: str) -> int:
    sys.stderr.write(why[:60])
    return 1


if __name__ == "__main__":
    sys.exit(main())
