from django.apps import AppConfig


class OrgConfig(AppConfig):
    name = "yanzhen.org"
    label = "org"
