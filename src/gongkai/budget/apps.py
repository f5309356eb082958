from django.apps import AppConfig


class BudgetConfig(AppConfig):
    name = "gongkai.budget"
    verbose_name = "财政预决算"
