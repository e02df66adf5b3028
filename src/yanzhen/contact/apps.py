from django.apps import AppConfig


class ContactConfig(AppConfig):
    name = "yanzhen.contact"
    label = "contact"
