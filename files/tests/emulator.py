"""An S3-compatible store for tests, moto's, spoken with over HTTP. Loaded with the first test that asks for it."""

import hashlib

import pytest
from django.core.files.storage import storages

# Not a provider's, so that nothing here could reach one.
KEYS = {"access_key": "of-nobody", "secret_key": "of-nobody"}


@pytest.fixture(scope="module")
def endpoint():
    from moto.moto_server.threaded_moto_server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def store(endpoint, settings, request):
    """An empty bucket, made as a provider makes one, and the site's files in it."""
    name = f"files-{hashlib.sha256(request.node.nodeid.encode()).hexdigest()[:20]}"
    options = {"bucket_name": name, "endpoint_url": endpoint, "region_name": "eu-west-1", "addressing_style": "path"}
    settings.STORAGES = settings.STORAGES | {
        "files": {"BACKEND": "files.stores.PrivateStore", "OPTIONS": options | KEYS}
    }
    made = storages["files"]
    made.bucket.create(CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    return made
