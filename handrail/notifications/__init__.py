"""What a colleague is told, and where.

Nouns: notification (one thing that happened and concerns one agent), kind, mute (an agent does not want to
hear of a kind). Listens to the facts of tickets; nothing stands above but the faces. First cut: the bell
inside the desk. No mail, no push, no digest, no quiet hours yet.
"""
