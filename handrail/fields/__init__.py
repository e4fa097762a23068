"""Custom fields: what a desk wants to know beyond what is built in, and forms that change with what is known.

Nouns: definition, choice, form rule, edition. It knows no ticket and no person: the rooms above own the
values (a column `fields` on their nouns) and ask here whether they are right. Below it stands `accounts`,
which says who asks; every noun that can have fields stands above.
"""
