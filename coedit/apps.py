from django.apps import AppConfig


class CoeditConfig(AppConfig):
    name = "coedit"

    def ready(self):
        from django.contrib.auth.signals import user_logged_out

        from coedit.live import hints
        from common.live import listen

        listen("text", hints.text_written)
        listen("text_access", hints.text_access_changed)
        listen("team", hints.team_changed)
        listen("session", hints.session_ended)
        # Signed out everywhere, closed, or with one role in the school less.
        listen("account", hints.person_changed)
        listen("staff", hints.person_changed)
        user_logged_out.connect(hear_sign_out)


def hear_sign_out(sender, request, **kwargs):
    """Shut the sockets of a session that ends."""
    from common.live import hint

    if request is not None and request.session.session_key:
        hint("session", session_key=request.session.session_key)
