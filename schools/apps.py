from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    name = "schools"

    def ready(self):
        from accounts import senders
        from schools.models import School

        # Invitations and letters say which school they come from.
        found = School.objects.values("name", "place", "phone", "language")
        senders.register(lambda school_id: found.filter(pk=school_id).first())
