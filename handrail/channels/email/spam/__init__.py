"""The spam filter: what a mail shows (`traits`), what was learned of it (`memory`), and the judgement.

Until enough was learned the judgement follows plain `rules`; nothing is trained beforehand. `evaluating`
measures the same judgement on mails whose truth is known.
"""
