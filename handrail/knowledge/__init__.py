"""What we know, written down once: articles that customers and colleagues read.

Nouns: article, revision (its words as somebody saved them), sheet (all that a writer decides), passage (a run
of words by which words of an article are known again). It knows no ticket: the faces above put articles into
answers and onto the help centre, and ask `guarding` before words leave the house.
"""
