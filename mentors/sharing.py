"""What the schools of a network see of each other's organisations, where the network says so: the place, no person."""

from mentors.models import Organisation
from schools.models import School

# An organisation may be one person with a trade, so that its address and number are somebody's own.
SHARED = ("name", "town", "website", "about", "tags")


def shared_with(school: School):
    """The organisations that the other schools of its network share with `school`; none where the network does not."""
    network = school.network
    if network is None or not network.shares_organisations:
        return Organisation.objects.none()
    return Organisation.objects.current().filter(school__network=network).exclude(school=school)
