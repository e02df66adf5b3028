"""`/healthz`: whether this server can reach its database. For load balancers and for `yanzhen serve`'s watchers."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, HttpResponse

from yanzhen.access.checks import declare_public


@login_not_required
def health(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, 503 when it does not."""
    declare_public()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError):
        return HttpResponse("database unreachable\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")
