"""R-002: customers and agents post forms with keys, again and again until answered, while web is killed.

A browser that got no answer posts the same form again, and one in ten posts a second time though it had one.
"""

import http.client
import json
import random
import threading
import time
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from tests.journeys.desk import wait_until
from tests.torture.trial import Outcome, TrialDesk, ask_the_doctor, desk_on_trial

#: No customer posts more than a person may (portal/paces.py).
POSTS_EACH = 8
LANES = 6
PATIENCE_SECONDS = 90
CSRF = "t" * 32
#: So many customers with a way in, a request each, and Nadia's own; printed as JSON.
PEOPLE = """
import json
from dataclasses import replace
from django.test import Client
from handrail.accounts import roles
from handrail.accounts.models import Brand, User
from handrail.customers.models import Person
from handrail.kit import clock
from handrail.team.models import Team
from handrail.tickets.inbound import Inbound
from handrail.tickets.receiving import receive
brand, team = Brand.objects.get(key="harbour"), Team.objects.get(key="parcels")
built_in = roles.ensure_built_in()
def way_in(user):
    browser = Client(); browser.force_login(user)
    session, now = browser.session, clock.now().isoformat()
    session["proven_at"] = session["second_factor_at"] = now; session.save()
    return session.session_key
told = []
for number in range({people}):
    email, at = f"c{{number}}@forms.example", clock.now()
    who = {{"email": email, "name": f"C {{number}}", "role": built_in["customer"], "brands": [brand]}}
    user = User.objects.invite(**who, at=at)
    person = Person.at_address(address=email, name=user.name, brand=brand, at=at)
    person.identities.get(kind="email", value=email).prove(user, at=at)
    mail = Inbound(channel="email", address=email, name=user.name, subject="Parcel", text="Where?", html=None,
        reply_text="Where?", files=(), external_id=email, references=(), to=(), cc=(), sent_at=at,
        automatic="", language="en")
    told.append([way_in(user), receive(mail, brand=brand, team=team, at=at).ticket.number])
nadia = User.objects.get(email="nadia@harbour.example")
from django.conf import settings
print(json.dumps([way_in(nadia), settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, told]))
"""
MADE = """
    SELECT kind, text, count(*) FROM tickets_message WHERE starts_with(text, 'post ') GROUP BY 1, 2
"""
REQUESTS = "SELECT count(*) FROM tickets_ticket WHERE starts_with(subject, 'post ')"
LEFT = "SELECT count(*) FROM channels_email_outgoingmail WHERE message_id IS NOT NULL"


@dataclass(frozen=True, kw_only=True)
class Post:
    """One form. kind: of the message it makes."""

    path: str
    fields: dict[str, str]
    session: str
    kind: str

    @property
    def text(self) -> str:
        return self.fields.get("text") or self.fields["body"]


@dataclass
class Browsers:
    """Each lane posts its forms one after the other."""

    desk: TrialDesk
    posts: Sequence[Post]
    cookies: tuple[str, str]
    seed: int
    answers: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def start(self) -> list[threading.Thread]:
        lanes = [threading.Thread(target=self._lane, args=(lane,)) for lane in range(LANES)]
        for lane in lanes:
            lane.start()
        return lanes

    def _lane(self, lane: int) -> None:
        dice = random.Random(f"{self.seed} {lane}")
        for post in self.posts[lane::LANES]:
            self._until_answered(post)
            if dice.random() < 0.1:
                self._until_answered(post)

    @property
    def answered(self) -> int:
        return self.answers["302"] + self.answers["303"]

    def _until_answered(self, post: Post) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while (answer := self._answer(post)) not in ("302", "303"):
            if answer.startswith("4"):
                self.failures.append(f"{post.path} was refused with {answer}")
                return
            if time.monotonic() > deadline:
                self.failures.append(f"{post.path} was not answered for {PATIENCE_SECONDS} s")
                return
            time.sleep(0.2)

    def _answer(self, post: Post) -> str:
        """The status, or what cut it off."""
        session, csrf = self.cookies
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"{session}={post.session}; {csrf}={CSRF}",
        }
        caller = http.client.HTTPConnection("127.0.0.1", self.desk.port, timeout=30)
        try:
            body = urlencode({"csrfmiddlewaretoken": CSRF, **post.fields})
            caller.request("POST", post.path, body=body, headers=headers)
            told = str(caller.getresponse().status)
        except ConnectionRefusedError:
            told = "nobody there"
        except (OSError, http.client.HTTPException):
            told = "cut off"
        finally:
            caller.close()
        self.answers[told] += 1
        return told


def post_forms(*, posts: int, kills: int, seed: int) -> Outcome:
    outcome = Outcome(
        "posting", "R-002: each form counts exactly once, though web is killed and browsers try again"
    )
    with desk_on_trial(HANDRAIL_UNDO_SECONDS="0") as desk:
        nadia, session, csrf, people = json.loads(desk.python(PEOPLE.format(people=posts // POSTS_EACH + 1)))
        forms = _forms(posts, nadia, people)
        browsers = Browsers(desk, forms, (session, csrf), seed)
        killer = threading.Thread(target=_kill_web, args=(browsers, kills, seed))
        threads = [*browsers.start(), killer]
        killer.start()
        for thread in threads:
            thread.join()
        _count(desk, browsers, outcome)
        outcome.figures |= {"seed": seed, "kills": kills}
        wait_until(desk.answers, seconds=60)  # the last kill may be a moment ago
        ask_the_doctor(desk, outcome)
    return outcome


def _forms(posts: int, nadia: str, people: list[tuple[str, int]]) -> list[Post]:
    """In turn: a new request, a word on one, an agent's answer, an agent's note."""
    forms = []
    for number in range(posts):
        session, ticket = people[number % len(people)]
        key, text = str(uuid.uuid4()), f"post {number}"
        path, fields, who, kind = [
            ("/help/requests", {"subject": text, "text": text}, session, "customer"),
            (f"/help/requests/{ticket}/messages", {"text": text}, session, "customer"),
            (f"/tickets/{ticket}/replies", {"body": text}, nadia, "reply"),
            (f"/tickets/{ticket}/notes", {"body": text}, nadia, "note"),
        ][number // len(people) % 4]
        forms.append(Post(path=path, fields={**fields, "key": key}, session=who, kind=kind))
    random.Random(posts).shuffle(forms)
    return forms


def _kill_web(browsers: Browsers, kills: int, seed: int) -> None:
    """Spread over the forms and not over time, so that it always happens in the midst of them."""
    dice = random.Random(seed)
    share = len(browsers.posts) / (kills + 1)
    for number in range(kills):
        enough = int(share * (number + dice.uniform(0.5, 1.5)))
        wait_until(lambda enough=enough: browsers.answered >= enough, seconds=PATIENCE_SECONDS)  # type: ignore[misc]
        browsers.desk.kill("web")


def _count(desk: TrialDesk, browsers: Browsers, outcome: Outcome) -> None:
    made = {(kind, text): times for kind, text, times in desk.rows(MADE)}
    wanted = {(post.kind, post.text) for post in browsers.posts}
    requests = sum(post.path == "/help/requests" for post in browsers.posts)
    replies = sum(post.kind == "reply" for post in browsers.posts)
    outcome.figures |= {
        "forms": len(browsers.posts),
        "of_them": dict(Counter(post.path.rpartition("/")[2] for post in browsers.posts)),
        "answers": dict(browsers.answers),
    }
    outcome.broken += browsers.failures[:10]
    outcome.expect(wanted <= made.keys(), f"lost: {sorted(wanted - made.keys())[:5]}")
    twice = [key for key, times in made.items() if times > 1]
    outcome.expect(not twice, f"twice: {twice[:5]}")
    outcome.expect(desk.value(REQUESTS) == requests, f"{desk.value(REQUESTS)} requests, not {requests}")
    outcome.expect(desk.value(LEFT) == replies, f"{desk.value(LEFT)} answers in the outbox, not {replies}")
