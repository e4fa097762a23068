"""E-mail: raw messages in, replies out, threads held together by headers and signed reply addresses.

`inbound.read` understands any message or says by name why it does not (`Unreadable`); everything it needs is
a pure function in this folder, one idea per file, linear in the size of the mail and bounded by `limits`.
"""

from handrail.channels import Abilities

ABILITIES = Abilities(threads=True, attachments=True, html=True)
