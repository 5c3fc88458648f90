from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        """People are brought in by their school; nobody signs up."""
        return False

    def get_user_display(self, user):
        return user.name
