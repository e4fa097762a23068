"""Which of many mails belong together, when nothing but the mails themselves is there to tell it.

`threads` joins them: by the ids they name, or, where these are lost, by what their words tell of those ids.
For that `layers` takes a mail apart into what it says and quotes, `introductions` reads the lines above a
quotation, `likeness` says of which mail a quotation is, `trees` finds who answers whom, and `naming` knows
which ids a mail program writes into an answer.
"""
