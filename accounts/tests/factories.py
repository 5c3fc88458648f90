import factory

from accounts.actions.links import invite
from accounts.models import Link, User
from bpl.tests.cast import NOW

PASSWORD = "throughline-test"


class UserFactory(factory.django.DjangoModelFactory):
    """Somebody who has come in and signs in with PASSWORD; `username=None` makes one who has not."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    given_name = "Robin"
    family_name = "Marsh"
    username = factory.Sequence(lambda n: f"robin{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.org" if user.username else "")

    @factory.post_generation
    def password(self, create, extracted, **kwargs):
        if self.username:
            self.set_password(extracted or PASSWORD)
        else:
            self.set_unusable_password()
        self.save()


def letter(user, by, school, now=NOW) -> Link:
    """A printed invitation; its code is `letter(…).code`."""
    return invite(user=user, way=Link.Way.LETTER, by=by, school_id=school.pk, now=now)[0]


def mailed(user, by, school, now=NOW) -> tuple[Link, str]:
    return invite(user=user, way=Link.Way.EMAIL, by=by, school_id=school.pk, now=now)
