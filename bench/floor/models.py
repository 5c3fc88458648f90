from django.conf import settings
from django.db import models


class Group(models.Model):
    teacher = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="group")
    name = models.CharField(max_length=100)

    def __str__(self):
        return self.name


class Student(models.Model):
    group = models.ForeignKey(Group, models.PROTECT, related_name="students")
    name = models.CharField(max_length=100)

    def __str__(self):
        return self.name


class Goal(models.Model):
    class State(models.TextChoices):
        OPEN = "open", "open"
        DONE = "done", "done"

    group = models.ForeignKey(Group, models.PROTECT, related_name="goals")
    student = models.ForeignKey(Student, models.PROTECT, related_name="goals")
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State)
    due_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["group", "due_on"], name="floor_goal_by_group")]

    def __str__(self):
        return self.title


class Evidence(models.Model):
    group = models.ForeignKey(Group, models.PROTECT, related_name="evidence")
    student = models.ForeignKey(Student, models.PROTECT, related_name="evidence")
    title = models.CharField(max_length=200)
    made_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["group", "made_on"], name="floor_evidence_by_group")]

    def __str__(self):
        return self.title
