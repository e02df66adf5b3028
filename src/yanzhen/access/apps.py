from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "yanzhen.access"
    label = "access"
