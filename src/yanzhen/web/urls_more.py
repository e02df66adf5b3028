"""The founder's part of the addresses, until the web helper folds it into urls.py."""

from __future__ import annotations

from django.urls import URLPattern, path

from yanzhen.web.views import rules, staff

urlpatterns: list[URLPattern] = [
    path("rules/", rules.rules, name="rules"),
    path("rules/<str:key>/", rules.rule_change, name="rule_change"),
    path("staff/", staff.staff, name="staff"),
    path("staff/new/", staff.staff_add, name="staff_add"),
    path("staff/<uuid:account_id>/password/", staff.staff_reset, name="staff_reset"),
    path("staff/appointments/<uuid:appointment_id>/end/", staff.staff_end, name="staff_end"),
]
