from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class EventQuerySet(models.QuerySet):
    def about_student(self, student_id):
        return self.filter(student_id=student_id)

    def reads(self):
        return self.filter(kind=Event.Kind.READ)

    def writes(self):
        return self.filter(kind=Event.Kind.WRITE)


class Event(models.Model):
    """Who did what to whom, or who read what is restricted. Never changed, never deleted.

    `school_id` and `student_id` are plain columns: this room lies below those that know schools and students.
    """

    class Kind(models.TextChoices):
        WRITE = "write", _("changed")
        READ = "read", _("read")

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    kind = models.CharField(max_length=5, choices=Kind, default=Kind.WRITE)
    action = models.CharField(max_length=80)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    school_id = models.BigIntegerField(null=True)
    student_id = models.BigIntegerField(null=True)
    subject = models.CharField(max_length=120, blank=True)
    details = models.JSONField(default=dict)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["student_id", "-at"], name="audit_by_student"),
            models.Index(fields=["school_id", "-at"], name="audit_by_school"),
            models.Index(fields=["subject", "-at"], name="audit_by_subject"),
        ]

    def __str__(self):
        return f"{self.action} {self.subject}".strip()
