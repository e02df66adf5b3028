from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "yanzhen.people"
    label = "people"
