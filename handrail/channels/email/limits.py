"""How much of one mail is read; documented in `docs/reference/mail-limits.md`.

Beyond a limit marked "refused" the mail is `Unreadable`; beyond the others it is read up to the limit and the
name of the limit stands among its `problems`. The raw bytes are kept in either case.
"""

KB = 1_024
MB = 1_024 * KB

# Refused
MAIL_BYTES = 50 * MB
PARTS = 1_000
DEPTH = 50
HEADER_BYTES = 256 * KB  # one header, after each of its fields was cut to FIELD_BYTES
HEADER_SCAN_BYTES = 1 * MB  # where the end of a header is looked for
FIELDS = 2_000
COMMENT_DEPTH = 50  # comments within comments in an address header

# Read up to here
FIELD_BYTES = 64 * KB
ADDRESSES = 1_000
COPIES_KEPT = 20
REFERENCES = 200
ID_CHARS = 500
SUBJECT_CHARS = 10_000
NAME_CHARS = 300
ADDRESS_CHARS = 320
PARAMETER_BYTES = 8 * KB
TEXT_CHARS = 1_000_000
HTML_BYTES = 16 * MB  # with the pictures some programs write into it; without them 2 million signs are kept
ATTACHMENTS = 100
ATTACHMENT_BYTES = 25 * MB
TRIMMED_CHARS = 200_000  # how far quotations are looked for; the rest goes with what stands before it
TRIMMED_LINES = 4_000
INTRODUCTIONS = 200  # lines of one mail that are looked at closely as "On Monday Vera wrote:"
FORWARDER_CHARS = 2_000  # somebody who attaches one mail and writes more than this answers, not forwards
GUESSED_BYTES = 8 * KB  # how much is looked at when a charset must be guessed

# What reading one mail may take; beyond it the reading process is ended and the mail refused
READING_CPU_SECONDS = 5
READING_SECONDS = 10
READING_BYTES = 300 * MB

# How often the desk writes by itself within an hour: the last guards against loops
AUTOMATIC_TO_ONE = 3
AUTOMATIC_ON_TICKET = 3
AUTOMATIC_FROM_MAILBOX = 200

# What else is read of what a mail holds
CALENDAR_BYTES = 256 * KB
CALENDAR_WORDS = 1_000
DETAILS_CHARS = 10_000
ATTENDEES = 200
RICH_TEXT_BYTES = 1 * MB
SIGNATURE_BYTES = 256 * KB
CARD_BYTES = 256 * KB
CONTACTS = 20
INSIDE_BYTES = 1 * MB  # of each mail within a mail
INSIDE_CHARS = 20_000
