from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.constraints import NoOverlap
from common.periods import Period


class Home(models.Model):
    """A home in which students live, some of the time or always. Seen by staff, never by another home's adults."""

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="homes")
    name = models.CharField(_("name"), max_length=100, blank=True, help_text=_("For example: weekdays, or Grandma's"))
    address = models.TextField(_("address"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)

    def __str__(self):
        return self.name or self.address.split("\n")[0] or str(self.pk)


class Guardianship(Period):
    """An adult who looks after one student, with dates and rights. A second child has rows of its own."""

    class Relation(models.TextChoices):
        MOTHER = "mother", _("mother")
        FATHER = "father", _("father")
        STEP_PARENT = "step_parent", _("step-parent")
        GRANDPARENT = "grandparent", _("grandparent")
        RELATIVE = "relative", _("other relative")
        FOSTER_CARER = "foster_carer", _("foster carer")
        SOCIAL_WORKER = "social_worker", _("social worker")
        OTHER = "other", _("other")

    class Rights(models.TextChoices):
        SIGNS = "signs", _("takes part and signs")
        WRITES = "writes", _("takes part, does not sign")
        READS = "reads", _("reads only")
        CONTACT = "contact", _("contact only: can be called, sees nothing")
        BARRED = "barred", _("barred: sees nothing of this student")

    student = models.ForeignKey("students.Student", models.PROTECT, related_name="guardianships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="guardianships")
    relation = models.CharField(_("relation"), max_length=20, choices=Relation)
    rights = models.CharField(_("rights"), max_length=10, choices=Rights, default=Rights.SIGNS)
    home = models.ForeignKey(Home, models.PROTECT, null=True, blank=True, related_name="guardianships")
    lives_with = models.BooleanField(_("the student lives there"), default=True)
    is_emergency_contact = models.BooleanField(_("call in an emergency"), default=False)

    no_overlap = NoOverlap("student", "user")

    class Meta(Period.Meta):
        ordering = ["starts_on", "id"]
        indexes = [
            models.Index(fields=["student", "starts_on"], name="guardian_by_student"),
            models.Index(fields=["user", "starts_on"], name="guardian_by_user"),
        ]
        constraints = [
            *Period.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(rights="barred", is_emergency_contact=True),
                name="students_barred_is_not_called",
                violation_error_message=_("Somebody who is barred cannot be the emergency contact."),
            ),
        ]

    def __str__(self):
        return f"{self.user}, {self.get_relation_display()} of {self.student}"

    @property
    def cause(self) -> str:
        return f"guardian:{self.pk}"

    @property
    def is_barred(self) -> bool:
        return self.rights == self.Rights.BARRED

    @property
    def is_on_team(self) -> bool:
        return self.rights not in (self.Rights.BARRED, self.Rights.CONTACT)


class FamilyDecision(models.Model):
    """A student of the school's age decided whether one of the family stays on the team. The last one holds."""

    student = models.ForeignKey("students.Student", models.PROTECT, related_name="family_decisions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    stays = models.BooleanField()
    # What to give back should the student change their mind.
    rights_before = models.CharField(max_length=10, choices=Guardianship.Rights)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["student", "-at"], name="decision_by_student")]

    def __str__(self):
        return f"{self.user}: {self.stays}"


class FamilyContact(models.Model):
    """A contact with a student's family: logged in two taps, told in more words where it matters."""

    class Kind(models.TextChoices):
        CALL = "call", _("call")
        MESSAGE = "message", _("text message")
        EMAIL = "email", _("e-mail")
        VISIT = "visit", _("home visit")
        MEETING = "meeting", _("meeting")
        NO_ANSWER = "no_answer", _("tried, no answer")

    student = models.ForeignKey("students.Student", models.PROTECT, related_name="family_contacts")
    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    guardian = models.ForeignKey(Guardianship, models.PROTECT, null=True, blank=True, related_name="contacts")
    kind = models.CharField(_("how"), max_length=10, choices=Kind)
    note = models.TextField(_("what was said"), blank=True)
    at = models.DateTimeField(_("when"))
    created_at = models.DateTimeField(auto_now_add=True)
    # A double tap is one contact: the page that offers the buttons made this key.
    key = models.UUIDField(null=True, unique=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["student", "-at"], name="contact_by_student")]

    def __str__(self):
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"

    @property
    def reached_someone(self) -> bool:
        return self.kind != self.Kind.NO_ANSWER


REACHED = ~Q(kind=FamilyContact.Kind.NO_ANSWER)
