from accounts.models.link import Link
from accounts.models.user import User

__all__ = ["Link", "User"]
