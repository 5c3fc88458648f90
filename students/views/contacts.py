import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.forms import refuse
from schools.roles import Permission
from students.access import for_student
from students.actions.contacts import ContactError, log_contact, take_back_contact, tell_contact
from students.forms.days import ContactForm, LogForm

SHOWN = 100


@for_student(Permission.CONTACTS_SEE)
def contacts(request, student):
    """Contacts with the family; a POST with a kind logs one, from here or from the board."""
    if request.method == "POST":
        return _log(request, student)
    rows = student.family_contacts.select_related("by", "guardian__user")[:SHOWN]
    return render(request, "students/contacts.html", {"student": student, "rows": rows, "shown": SHOWN})


def _log(request, student):
    if Permission.CONTACTS_LOG not in request.can:
        raise PermissionDenied
    form = LogForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say how you were in contact: choose one of the buttons."))
        return redirect("students:contacts", student.pk)
    contact = log_contact(student=student, by=request.user, at=timezone.now(), **form.cleaned_data)
    if request.htmx:
        return render(request, "students/_contact_buttons.html", {"student": student, "logged": contact})
    messages.success(request, _("Logged: %(kind)s.") % {"kind": contact.get_kind_display()})
    return redirect(_back(request) or reverse("students:contacts", args=[student.pk]))


def _back(request) -> str:
    """Where the buttons stood, if that was here."""
    address = request.POST.get("next", "")
    return address if url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure()) else ""


@for_student(Permission.CONTACTS_LOG)
def contact(request, student, contact_id):
    """Say more about a contact of one's own."""
    row = _own(request, student, contact_id)
    form = ContactForm(request.POST or None, contact=row)
    if request.method == "POST" and form.is_valid():
        try:
            _tell(row, request.user, **form.cleaned_data)
        except ContactError as error:
            refuse(form, error, "day")
        else:
            messages.success(request, _("Saved."))
            return redirect("students:contacts", student.pk)
    return render(request, "students/contact.html", {"student": student, "contact": row, "form": form})


def _tell(row, by, *, day, time, **said):
    at = datetime.datetime.combine(day, time or datetime.time(12), tzinfo=row.student.school.zone)
    tell_contact(contact=row, by=by, at=at, now=timezone.now(), **said)


@require_POST
@for_student(Permission.CONTACTS_LOG)
def take_back(request, student, contact_id):
    take_back_contact(contact=_own(request, student, contact_id), by=request.user)
    messages.success(request, _("Taken back: it did not happen."))
    return redirect("students:contacts", student.pk)


def _own(request, student, contact_id):
    rows = student.family_contacts.select_related("student__school", "by")
    row = get_object_or_404(rows, pk=contact_id)
    if row.by_id != request.user.pk:
        raise PermissionDenied
    return row
