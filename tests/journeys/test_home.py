"""Whoever comes in lands where their work is."""

import pytest

from handrail.accounts import links
from handrail.kit import clock


@pytest.mark.parametrize(("who", "home"), [("nadia", "/inbox"), ("vera", "/help/requests")])
def test_a_sign_in_link_leads_to_the_page_of_that_person(client, request, who, home):
    person = request.getfixturevalue(who)
    link = links.issue(user=person.user, at=clock.now())

    answer = client.post("/" + link.split("/", 3)[3], follow=True)

    assert answer.status_code == 200
    assert answer.redirect_chain[-1] == (home, 302)
