from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self):
        from accounts import links

        links.register(links.JOIN, "accounts:accept")
        links.register(links.ADDRESS, "accounts:confirm_address")
