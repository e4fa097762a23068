"""The long trials as tests: `make torture` runs them; the suite leaves them out."""

import pytest

from tests.torture.clocks import set_clocks_wrong
from tests.torture.deploying import stop_under_load
from tests.torture.filling import fill_the_disk
from tests.torture.killing import kill_everything
from tests.torture.posting import post_forms
from tests.torture.power import cut_the_power

pytestmark = [pytest.mark.torture, pytest.mark.running]

SEED = 20261122


def test_R_001_R_003_every_mail_is_one_message_whatever_is_killed():
    assert kill_everything(mails=500, kills=10, seed=SEED).broken == []


def test_R_002_every_form_counts_exactly_once():
    assert post_forms(posts=2_000, kills=20, seed=SEED).broken == []


def test_R_006_what_was_acknowledged_survives_a_power_cut():
    assert cut_the_power(rounds=2, acknowledged=100, seed=SEED).broken == []


def test_R_009_an_update_under_load_is_noticed_by_nobody():
    assert stop_under_load(stops=4, answers=50).broken == []


def test_R_044_a_full_disk_loses_nothing():
    assert fill_the_disk(seed=SEED).broken == []


def test_R_053_workers_with_wrong_clocks_do_no_harm():
    assert set_clocks_wrong(mails=50, answers=20, seed=SEED).broken == []
