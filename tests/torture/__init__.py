"""Trials in which things are killed, filled or cut while mail comes in; what was promised is counted after.

`make torture` runs the long ones and prints a report; short ones stand in the suite.
"""
