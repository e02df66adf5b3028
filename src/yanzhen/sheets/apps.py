from django.apps import AppConfig


class SheetsConfig(AppConfig):
    name = "yanzhen.sheets"
    label = "sheets"
