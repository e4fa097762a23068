"""Mailboxes elsewhere, fetched by IMAP: many at once, each alone, nothing lost and nothing twice.

`session` speaks with a server, `fetching` keeps what is new before anything is changed there, `tidying` does
what shall happen afterwards, `watching` looks at all mailboxes from one worker, `consent` signs in at Google
and Microsoft. See decision 0013.
"""
