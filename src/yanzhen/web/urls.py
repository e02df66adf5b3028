"""The pages' addresses."""

from __future__ import annotations

from django.urls import URLPattern, path

from yanzhen.web.views import health, shell

urlpatterns: list[URLPattern] = [
    path("healthz", health.health, name="healthz"),
    path("care", shell.care, name="care"),
    path("language", shell.language, name="language"),
    path("mine/", shell.mine, name="mine"),
    path("mine/record", shell.my_record, name="my_record"),
]
