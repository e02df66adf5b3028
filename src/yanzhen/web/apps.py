from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "yanzhen.web"
    label = "web"
