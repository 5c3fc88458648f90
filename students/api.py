from ninja import Router, Schema

from schools.roles import Permission
from students.models import Student

router = Router()


class StudentOut(Schema):
    id: int
    name: str
    school: str


class StudentsOut(Schema):
    items: list[StudentOut]
    next: str | None = None


@router.get("", response=StudentsOut, url_name="students")
def students(request):
    """The students whom I may see today."""
    seen = Student.objects.open_to(request.user, Permission.STUDENT_SEE).select_related("user", "school")
    return {"items": [{"id": one.pk, "name": one.name, "school": one.school.name} for one in seen]}
