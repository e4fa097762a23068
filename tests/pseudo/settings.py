"""The desk's settings, with the language that nobody speaks besides."""

import os
from pathlib import Path

from django.utils.functional import lazystr

from handrail.settings import *  # noqa: F403
from handrail.settings import LANGUAGES as OFFERED
from handrail.settings import LOCALE_PATHS as KNOWN

CODE = "ar"
LANGUAGES = [*OFFERED, (CODE, lazystr("Pseudo"))]
LOCALE_PATHS = [Path(os.environ["HANDRAIL_TEST_PSEUDO"]), *KNOWN]
