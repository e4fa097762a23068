"""The web application for WSGI servers."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.settings")

application = get_wsgi_application()

# What was loaded stays for good: cycles are looked for among what requests leave behind, and not so often
# that a page waits for it.
gc.freeze()
gc.set_threshold(10_000, 20, 20)
