"""The heart: what somebody asked, who has it, what was said, and how it ended.

Nouns: ticket, message (public or internal), note, participant, attachment, draft, closure, tag, visit.
Verbs stand on the nouns, one trait a file under `models/ticket/`; `receiving.receive` takes in what a
channel read. Stands on customers, team, files and search. This room knows nothing of mail, promises, rules
or reports: they listen to its facts.
"""
