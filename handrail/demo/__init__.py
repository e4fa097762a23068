"""A believable company, Harbour Parcels, with one year behind it: the world of docs, screenshots and figures.

Nouns: world (the year as plain values, the same for the same seed and end), happening (one thing that
happened to a ticket), story, desk and letters (who does what when, in which words), stage (where happenings
become rows through the ledger). `load.load` makes it all in an empty database. Stands above every face;
nobody imports it but the command line.
"""
