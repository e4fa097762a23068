"""Tell somebody who tries too fast when to come back."""

import math
from datetime import timedelta

from django.http import HttpResponse


def slow_down(answer: HttpResponse, wait: timedelta) -> HttpResponse:
    """The same answer, with the time to wait for programs too."""
    answer["Retry-After"] = str(min(math.ceil(wait.total_seconds()), 86_400))
    return answer
