"""Who may come in, and what they may do.

Nouns: user, role (a named set of rights), right ("tickets.reply"), brand, session, sign-in link, API token,
second factor, letter (a mail that waits for a channel), disguise (logged in as another), audit entry. Rooms
above declare their rights here and ask `user.may(right)`; this room knows none of them.
"""
