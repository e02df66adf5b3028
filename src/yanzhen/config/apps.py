from django.apps import AppConfig


class CompositionConfig(AppConfig):
    name = "yanzhen.config"
    label = "composition"

    def ready(self) -> None:
        from yanzhen.config.composition import compose

        compose()
