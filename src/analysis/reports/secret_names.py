"""Names that ask for a secret: told by their words, so that a monkey or a keyboard is none."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

_SECRET = {
    "apikey", "auth", "authorization", "bearer", "cookie", "credential", "credentials", "jwt",
    "key", "passcode", "passphrase", "passwd", "password", "passwords", "pwd", "secret",
    "secrets", "token",
}  # fmt: skip

#: `tokens_shown` and `keys` count something; `api_keys` and `access_tokens` open something.
_SEVERAL = {"keys", "tokens"}
_OPENING = {"access", "api", "auth", "encryption", "private", "refresh", "session", "ssh"}

#: accessKey is access and Key; APIKey is API and Key.
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def is_secret(name: str) -> bool:
    """Return whether a word of `name` says that it holds a secret.

    Words end at capitals, digits and signs: `api_key`, `accessKey` and `DB-PASSWORD2` are
    secrets, and `keyboard`, `monkey` and `tokens_shown` are not.
    """
    words = [word.lower() for word in _WORD.findall(unicodedata.normalize("NFKC", name))]
    opened = {after for before, after in pairwise(words) if before in _OPENING}
    return bool(_SECRET & set(words) or _SEVERAL & opened)
