from django.apps import AppConfig


class MobilityConfig(AppConfig):
    name = "yanzhen.mobility"
    label = "mobility"
