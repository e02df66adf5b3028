"""The founder's part of the addresses, until the web helper folds it into urls.py."""

from __future__ import annotations

from django.urls import URLPattern, path

from yanzhen.web.views import figures, rules, staff, units

urlpatterns: list[URLPattern] = [
    path("figures/", figures.figures_page, name="figures"),
    path("figures/<uuid:unit_id>/", figures.figures_page, name="figures_unit"),
    path("figures/<uuid:unit_id>/export/", figures.figures_export, name="figures_export"),
    path("units/", units.tree, name="units"),
    path("units/<uuid:unit_id>/", units.unit, name="unit"),
    path("units/<uuid:parent_id>/new/", units.unit_add, name="unit_add"),
    path("units/<uuid:unit_id>/name/", units.unit_rename, name="unit_rename"),
    path("rules/", rules.rules, name="rules"),
    path("rules/<str:key>/", rules.rule_change, name="rule_change"),
    path("staff/", staff.staff, name="staff"),
    path("staff/new/", staff.staff_add, name="staff_add"),
    path("staff/<uuid:account_id>/password/", staff.staff_reset, name="staff_reset"),
    path("staff/appointments/<uuid:appointment_id>/end/", staff.staff_end, name="staff_end"),
]
