from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "yanzhen.accounts"
    label = "accounts"
