"""How passwords are hashed."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """Argon2id with OWASP's figures: at 19 MiB a try, many sign-ins at once cannot exhaust the machine."""

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1
