"""Mail is read in a process of its own that can do nothing but read, and can be killed.

`reader` is the side that asks; `child` the process; `answers` what goes between them, plain data only.
"""
