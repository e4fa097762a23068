"""Work on many tickets: chosen, foreseen, done in the background, stopped, reported, taken back.

The choice is fixed when it is made. Every batch is one transaction that marks its tickets, so that a killed
worker's batch is as if it had never begun, and the next worker goes on exactly there.
"""
