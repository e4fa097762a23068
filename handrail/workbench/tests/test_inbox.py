"""The inbox: what stands in it, for whom, and at what cost."""


def test_nadia_lands_in_her_inbox(nadia, client_of):
    answer = client_of(nadia).get("/", follow=True)

    assert answer.redirect_chain == [("/inbox", 302)]
    assert "My open tickets" in answer.content.decode()


def test_an_opened_ticket_is_shown_beside_the_list(nadia, lost_parcel, client_of):
    page = client_of(nadia).get(f"/inbox/unassigned/{lost_parcel.number}").content.decode()

    assert page.count(f'id="row-{lost_parcel.number}"') == 1
    assert page.count(f'id="ticket-{lost_parcel.number}-timeline"') == 1
