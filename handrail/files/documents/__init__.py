"""The words of PDF and office files, for the search: read by a process of its own that dies at its limits.

Nothing in `child`, `office` and `pdf` imports Django: the process starts in a moment and is small.
"""
