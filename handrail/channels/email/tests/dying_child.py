"""A reading process that dies in the way its mail asks for; everything around that is the real one."""

import os
import signal
import time

from handrail.channels.email import limits
from handrail.channels.email.reading import child


def dying(raw: bytes):
    if b"X-Kill" in raw:
        os.kill(os.getpid(), signal.SIGKILL)
    if b"X-Burn" in raw:
        while True:
            pass
    if b"X-Hang" in raw:
        time.sleep(600)
    if b"X-Grow" in raw:
        return b"x" * 400_000_000
    if b"X-Fault" in raw:
        raise ZeroDivisionError("a fault of ours")
    return child.open_mail(raw)


if __name__ == "__main__":
    limits.READING_CPU_SECONDS = 1  # the tests have less time than real mails
    child.narrow()
    child.serve(dying)
