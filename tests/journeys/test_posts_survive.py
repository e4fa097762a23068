"""Every form counts exactly once, though web is killed and browsers try again; `make torture` posts 2,000."""

import pytest

from tests.torture.posting import post_forms

pytestmark = pytest.mark.running

POSTS, KILLS = 80, 2
SEED = 20261122


def test_R_002_each_form_of_customers_and_agents_counts_exactly_once_while_web_is_killed():
    outcome = post_forms(posts=POSTS, kills=KILLS, seed=SEED)

    assert outcome.broken == []
    assert outcome.figures["answers"]["cut off"] > 0
    assert sum(outcome.figures["of_them"].values()) == POSTS
