"""A cache whose Redis may be away for a while: nothing is found in it then, and nothing is kept.

For copies of what the database has (sessions), not for what only the cache knows (how often somebody tried to sign in).
Deleting still fails: what could not be deleted would be found again later.
"""

import logging

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)


class CopiesInRedis(RedisCache):
    def get(self, key, default=None, version=None):
        try:
            return super().get(key, default, version)
        except RedisError as error:
            log.warning("the cache does not answer: %s", error)
            return default

    def set(self, *arguments, **options):
        try:
            super().set(*arguments, **options)
        except RedisError as error:
            log.warning("the cache does not answer: %s", error)

    def has_key(self, key, version=None):
        try:
            return super().has_key(key, version)
        except RedisError as error:
            log.warning("the cache does not answer: %s", error)
            return False
