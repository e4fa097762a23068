"""How well the mail of the real world is read, measured on collections that stand beside the project.

For each figure: how many agree with what people expect, of how many, and which do not. `house` gives the
reason where we do something else on purpose. Threads are given as shares of pairs; spam is judged by what
other mails teach. Nothing is kept, and no database is needed.
"""

import argparse
import itertools
import os
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from handrail.channels import Unreadable
from handrail.channels.email import telling
from handrail.channels.email.bare import trim_bare
from handrail.channels.email.inbound import ReadMail, read, to_inbound
from handrail.cli.bench import _mail_sets as sets

THIRTY_KB = range(24_000, 36_000)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, default=None, help="the folder of the collections")


def measure(options: argparse.Namespace) -> dict[str, object]:
    data = options.data or Path(os.environ.get("HANDRAIL_TEST_DATA", _beside_the_project()))
    archive = sets.archive(data)
    opened, refused, slowest = _read_all(archive)
    return {
        "reading": reading(data),
        "trimming": trimming(data),
        "archive": {"mails": len(archive), "refused": refused, "slowest_cpu_ms": round(1000 * slowest, 1)},
        "threads_with_headers": threads(opened, sets.expected_threads(data), with_headers=True),
        "threads_without_headers": threads(opened, sets.expected_threads(data), with_headers=False),
        "spam": spam(opened),
        "mail_of_30_kb_median_cpu_ms": speed(archive),
    }


def _beside_the_project() -> Path:
    return Path(__file__).resolve().parents[4] / "shared" / "data"


def _read_all(archive: Sequence[tuple[str, bytes]]) -> tuple[dict[str, ReadMail], list[str], float]:
    """The mails by name, the names of those refused, and the seconds of the slowest."""
    opened, refused, slowest = dict[str, ReadMail](), list[str](), 0.0
    for name, raw in archive:
        began = time.process_time()
        try:
            opened[name] = read(raw)
        except Unreadable:
            refused.append(name)
        slowest = max(slowest, time.process_time() - began)
    return opened, refused, slowest


def reading(data: Path) -> dict[str, Any]:
    """Sender, recipients, subject, words and files of odd mails."""
    mails = [(each, read(each.raw)) for each in sets.known_mails(data)]
    told = [(each, telling.told(mail), mail.html or "") for each, mail in mails]
    found = {
        name: agreement((each.name, agrees(tells, each.wanted)) for each, tells, _html in told)
        for name, agrees in sets.AGREE.items()
    }
    bodies = ((each.name, sets.body_is_there(tells, html, each.wanted)) for each, tells, html in told)
    files = [sets.files_found(tells, each.wanted) for each, tells, _html in told]
    return found | {
        "body_words": agreement(bodies),
        "files": {"agree": sum(there for there, _of in files), "of": sum(of for _there, of in files)},
    }


def trimming(data: Path) -> dict[str, Any]:
    return agreement(
        (name, sets.collapsed(trim_bare(body).reply) == sets.collapsed(wanted))
        for name, body, wanted in sets.replies(data)
    )


def agreement(answers: Iterable[tuple[str, bool]]) -> dict[str, Any]:
    """How many agree, of how many, and which do not."""
    answers = list(answers)
    others = [name for name, agrees in answers if not agrees]
    house = {name: sets.HOUSE_CHOICES[name] for name in others if name in sets.HOUSE_CHOICES}
    return {"agree": len(answers) - len(others), "of": len(answers), "deviating": others, "house": house}


def threads(
    opened: dict[str, ReadMail], expected: Sequence[Sequence[str]], *, with_headers: bool
) -> dict[str, Any]:
    """Precision and recall over pairs of mails that are, or should be, in one thread."""
    from handrail.channels.email.conversing.threads import threads_of

    names = [name for name in opened if name.startswith("ham/")]
    places = threads_of([opened[name] for name in names], with_headers=with_headers)
    found = [[names[place] for place in thread] for thread in places]
    ours, theirs = _pairs(found), _pairs(expected)
    right = len(ours & theirs)
    return {
        "precision": round(right / max(1, len(ours)), 4),
        "recall": round(right / max(1, len(theirs)), 4),
        "exact": ours == theirs,
        "for_each_mail": _for_each_mail(names, found, expected),
    }


def _for_each_mail(
    names: Sequence[str], found: Sequence[Sequence[str]], expected: Sequence[Sequence[str]]
) -> dict[str, float]:
    """B³: of each mail's thread the share that is right, and that was found; large threads count no more."""
    ours, theirs = ({name: set(group) for group in groups for name in group} for groups in (found, expected))
    both = [(ours.get(name, {name}), theirs.get(name, {name})) for name in names]
    return {
        "precision": round(sum(len(our & their) / len(our) for our, their in both) / max(1, len(both)), 4),
        "recall": round(sum(len(our & their) / len(their) for our, their in both) / max(1, len(both)), 4),
    }


def _pairs(groups: Iterable[Sequence[str]]) -> set[tuple[str, str]]:
    return {pair for group in groups for pair in itertools.combinations(sorted(group), 2)}


def spam(opened: dict[str, ReadMail]) -> dict[str, Any]:
    """Each fifth is judged by what the others teach; the order of the mails tells nothing of the truth."""
    from handrail.channels.email.spam.evaluating import Sample, cross_evaluate

    mixed = sorted(opened, key=lambda name: name.rpartition("/")[2][::-1])
    samples = [Sample(name=name, mail=opened[name], is_spam=name.startswith("spam/")) for name in mixed]
    figures = cross_evaluate(samples)
    easy = [name for name in opened if name.startswith("ham/easy")]
    wrong_easy = [name for name in figures.false_alarms if name.startswith("ham/easy")]
    return {
        "f1": round(figures.f1, 4),
        "false_alarms_of_easy_ham": round(len(wrong_easy) / max(1, len(easy)), 5),
        "false_alarms": list(figures.false_alarms),
        "missed": len(figures.missed),
        "ms_a_mail": round(figures.milliseconds, 3),
    }


def speed(archive: Sequence[tuple[str, bytes]]) -> float:
    """Parsed, cleaned and trimmed, in milliseconds of the processor."""
    spent = []
    for raw in (raw for _name, raw in archive if len(raw) in THIRTY_KB):
        began = time.process_time()
        to_inbound(read(raw))
        spent.append(time.process_time() - began)
    return round(1000 * median(spent), 2)
