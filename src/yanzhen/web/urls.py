"""The pages' addresses."""

from __future__ import annotations

from django.urls import URLPattern, path

from yanzhen.web.urls_more import urlpatterns as more
from yanzhen.web.views import away, contact, health, home, member, members, mobility, sheets, shell

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("members/", members.members, name="members"),
    path("members/new/", member.member_add, name="member_add"),
    path("members/<uuid:member_id>/", member.member, name="member"),
    path("members/<uuid:member_id>/edit/", member.member_edit, name="member_edit"),
    path("members/<uuid:member_id>/unmask/<slug:field>/", member.member_unmask, name="member_unmask"),
    path("members/<uuid:member_id>/call/", member.member_call, name="member_call"),
    path("members/<uuid:member_id>/contact/", contact.contact_log, name="contact_log"),
    path("members/<uuid:member_id>/contact-person/", contact.contact_assign, name="contact_assign"),
    path("members/<uuid:member_id>/departure/", mobility.departure_report, name="departure_report"),
    path("members/<uuid:member_id>/arrival/", mobility.arrival_report, name="arrival_report"),
    path("members/<uuid:member_id>/return/", mobility.return_record, name="return_record"),
    path("members/<uuid:member_id>/decision/", mobility.absence_decide, name="absence_decide"),
    path("members/export/", members.members_export, name="members_export"),
    path("away/", away.away, name="away"),
    path("away/<uuid:unit_id>/suggest/", contact.contact_suggest, name="contact_suggest"),
    path("import/", sheets.batches, name="batches"),
    path("import/<uuid:batch_id>/", sheets.batch, name="batch"),
    path("import/<uuid:batch_id>/columns/", sheets.batch_columns, name="batch_columns"),
    path("import/<uuid:batch_id>/apply/", sheets.batch_apply, name="batch_apply"),
    path("import/<uuid:batch_id>/progress/", sheets.batch_progress, name="batch_progress"),
    path("import/<uuid:batch_id>/stop/", sheets.batch_stop, name="batch_stop"),
    path("import/<uuid:batch_id>/undo/", sheets.batch_undo, name="batch_undo"),
    path("import/<uuid:batch_id>/discard/", sheets.batch_discard, name="batch_discard"),
    path("mine/", shell.mine, name="mine"),
    path("mine/record/", shell.my_record, name="my_record"),
    path("healthz", health.health, name="healthz"),
    path("care", shell.care, name="care"),
    path("language", shell.language, name="language"),
    *more,
]
