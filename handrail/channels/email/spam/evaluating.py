"""The filter measured on mails whose truth is known; nothing is kept."""

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from handrail.channels.email.inbound import ReadMail
from handrail.channels.email.spam import rules
from handrail.channels.email.spam.judging import SPAM_FROM, Learned, likelihood
from handrail.channels.email.spam.traits import traits_of


@dataclass(frozen=True, kw_only=True)
class Sample:
    """A mail and the truth about it."""

    name: str
    mail: ReadMail
    is_spam: bool


@dataclass(frozen=True, kw_only=True)
class Figures:
    """How well spam was told from honest mail. milliseconds: of processor time for one mail, mean."""

    f1: float
    false_alarms: tuple[str, ...]
    missed: tuple[str, ...]
    milliseconds: float


def evaluate(*, learn: Sequence[Sample], judge: Sequence[Sample]) -> Figures:
    """Learn from some mails, judge others."""
    learned = learned_from(learn)
    began = time.process_time()
    found = {sample.name: _judged(sample.mail, learned) >= SPAM_FROM for sample in judge}
    spent = time.process_time() - began
    false_alarms = tuple(each.name for each in judge if found[each.name] and not each.is_spam)
    missed = tuple(each.name for each in judge if each.is_spam and not found[each.name])
    hits = sum(found.values()) - len(false_alarms)
    wrong = len(false_alarms) + len(missed)
    return Figures(
        f1=2 * hits / (2 * hits + wrong) if hits else 0.0,
        false_alarms=false_alarms,
        missed=missed,
        milliseconds=1000 * spent / max(1, len(judge)),
    )


def _judged(mail: ReadMail, learned: Learned) -> float:
    """As `verdict.Filter` judges once it has learned enough."""
    ruled = sum(rules.signs_of(mail).values()) / rules.SPAM_POINTS
    return likelihood(traits_of(mail), learned, rules=ruled)


def learned_from(samples: Sequence[Sample]) -> Learned:
    """What the filter would know after these lessons."""
    spam, honest = Counter[int](), Counter[int]()
    for sample in samples:
        (spam if sample.is_spam else honest).update(traits_of(sample.mail))
    spam_mails = sum(sample.is_spam for sample in samples)
    return Learned(
        spam=spam_mails,
        honest=len(samples) - spam_mails,
        seen={trait: (spam[trait], honest[trait]) for trait in spam.keys() | honest.keys()},
    )


def cross_evaluate(samples: Sequence[Sample], *, folds: int = 5) -> Figures:
    """Each part is judged by what the others teach; samples should come in no order of truth."""
    parts = []
    for fold in range(folds):
        learn = [sample for place, sample in enumerate(samples) if place % folds != fold]
        parts.append(evaluate(learn=learn, judge=samples[fold::folds]))
    false_alarms = tuple(name for part in parts for name in part.false_alarms)
    missed = tuple(name for part in parts for name in part.missed)
    hits = sum(sample.is_spam for sample in samples) - len(missed)
    wrong = len(false_alarms) + len(missed)
    return Figures(
        f1=2 * hits / (2 * hits + wrong) if hits else 0.0,
        false_alarms=false_alarms,
        missed=missed,
        milliseconds=sum(part.milliseconds for part in parts) / folds,
    )
