"""The agents' face."""

from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    name = "handrail.workbench"
    label = "workbench"

    def ready(self) -> None:
        from handrail.workbench import articles, places  # app ready

        articles.register()
        places.register()
