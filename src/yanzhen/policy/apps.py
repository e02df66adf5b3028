from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "yanzhen.policy"
    label = "policy"
