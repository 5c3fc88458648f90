from django.utils.http import url_has_allowed_host_and_scheme


def is_local(url: str) -> bool:
    """Whether `url` is a path of this site: a notice leads nowhere else."""
    return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)
