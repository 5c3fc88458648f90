import socket

import pytest
from django.contrib.sessions.backends.cached_db import SessionStore
from redis.exceptions import RedisError


@pytest.fixture
def away(settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"redis://127.0.0.1:{free.getsockname()[1]}/0"
    settings.CACHES = {"default": {"BACKEND": "common.cache.CopiesInRedis", "LOCATION": address}}
    settings.SESSION_CACHE_ALIAS = "default"


@pytest.fixture
def empty_cache():
    """There is none."""


@pytest.mark.django_db
def test_a_session_is_read_from_the_database_while_redis_is_away(away):
    session = SessionStore()
    session["who"] = "Sam"
    session.save()
    assert SessionStore(session.session_key)["who"] == "Sam"
    assert SessionStore().exists(session.session_key)


@pytest.mark.django_db
def test_a_session_that_cannot_be_forgotten_is_no_success(away):
    session = SessionStore()
    session.save()
    with pytest.raises(RedisError):
        session.flush()
