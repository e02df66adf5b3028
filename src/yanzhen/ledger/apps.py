from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "yanzhen.ledger"
    label = "ledger"
