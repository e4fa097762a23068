"""What a mail may hold beside words: a forwarded mail, an invitation, a signature, visiting cards.

Each file is one kind: a pure function of the mail's parts that gives a small dataclass, or None.
"""
