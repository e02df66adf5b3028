from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "yanzhen.duties"
    label = "duties"
