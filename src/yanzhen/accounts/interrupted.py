"""What was sent after the session had ended, kept with the browser that sent it until somebody has signed in there.

It lies sealed in a cookie: the program stores nothing for people who have not said who they are. Files are not kept.
A second cookie knows, without telling, who was signed in last: on a computer that several share, nobody else is shown
it.
"""

from __future__ import annotations

import json
import re
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.utils.crypto import salted_hmac

from yanzhen.vault.keys import Unreadable
from yanzhen.vault.sealed import seal_file, unseal_file

COOKIE, WHOSE = "interrupted", "whose"
_SECONDS = 1800  # to sign in, on the same browser
_MOST = 3800  # bytes of a cookie: browsers take 4096 with its name and flags (RFC 6265, 6.1)
_ENCODING = "gb18030"  # all of Unicode, Chinese in two bytes a character: 2,000 of them still fit
_PLACE, _ROW = "cookie.interrupted", UUID(int=0)
_SECRET = re.compile("csrfmiddlewaretoken|.*password.*|again|code|credential")


@dataclass(frozen=True)
class Interrupted:
    """What was to be sent where, and the page from which it was."""

    to: str
    page: str
    data: QueryDict


def remember_whose(request: HttpRequest, answer: HttpResponseBase) -> None:
    """Let the browser know who uses it now."""
    whose = _whose(request)
    if request.COOKIES.get(WHOSE) != whose:
        answer.set_cookie(WHOSE, whose, httponly=True, samesite="Lax", secure=request.is_secure())


def _whose(request: HttpRequest) -> str:
    return salted_hmac(_PLACE, str(request.user.pk), algorithm="sha256").hexdigest()


def keep(request: HttpRequest, answer: HttpResponseBase, *, page: str) -> bool:
    """Keep what was sent with the browser; False where nothing was typed, or too much for that."""
    data = request.POST.copy()
    for name in filter(_SECRET.fullmatch, list(data)):
        del data[name]
    if not set(data) - {"next"}:
        return False
    whose = _whose(request) if request.user.is_authenticated else request.COOKIES.get(WHOSE, "")
    told = json.dumps([whose, request.get_full_path(), page, list(data.lists())], ensure_ascii=False)
    packed = zlib.compress(told.encode(_ENCODING))
    kept = urlsafe_b64encode(seal_file(packed, place=_PLACE, row=_ROW)).decode()
    if len(kept) > _MOST:
        return False
    answer.set_cookie(
        COOKIE, kept, max_age=_SECONDS, httponly=True, samesite="Lax", secure=request.is_secure()
    )
    return True


def kept_by(request: HttpRequest) -> Interrupted | None:
    """What this browser has kept for whoever is signed in; None where it has nothing of his that can be read."""
    try:
        sealed = urlsafe_b64decode(request.COOKIES[COOKIE])
        packed = unseal_file(sealed, place=_PLACE, row=_ROW)
    except (KeyError, ValueError, Unreadable):
        return None
    whose, to, page, given = json.loads(zlib.decompress(packed).decode(_ENCODING))
    if whose != _whose(request):
        return None
    data = QueryDict(mutable=True)
    for name, values in given:
        data.setlist(name, values)
    return Interrupted(to, page, data)
