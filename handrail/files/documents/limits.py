"""What reading a document may cost."""

MB = 1024 * 1024
#: Memory of the reading process, its seconds on a processor, and by the clock.
MEMORY_BYTES = 768 * MB
CPU_SECONDS = 10
SECONDS = 20
#: More letters are not looked for; the index holds no more of one text.
LETTERS = 100_000
PAGES = 300
#: A file in a zip may hold so much when unpacked, and all that are read together; more is a bomb.
UNPACKED_BYTES = 32 * MB
MEMBERS = 5_000
DEPTH = 200
