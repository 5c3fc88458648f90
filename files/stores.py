"""The private files in an S3-compatible store (FILES_S3_BUCKET). Where they lie on a disk nothing here is loaded."""

from functools import cached_property

from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from storages.backends.s3 import S3Storage

from files.limits import MIB, PIECE

SIGNED_FOR = 60
WAYS = Config(
    connect_timeout=5,
    read_timeout=30,
    retries={"mode": "standard", "total_max_attempts": 4},
    # Sums that only Amazon's own store knows make others refuse an upload.
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)
# A piece of an upload goes in one request, read from its file as it goes; a film goes in parts of that size, one after
# the other: with threads ten of them are in memory.
PARTS = TransferConfig(multipart_threshold=2 * PIECE, multipart_chunksize=PIECE, use_threads=False)


class PrivateStore(S3Storage):
    """No object is public, no name is used twice, and an address of one is good for a minute."""

    def __init__(self, **options):
        super().__init__(**options)
        self.client_config = self.client_config.merge(WAYS)

    def get_default_settings(self):
        fixed = {
            "signature_version": "s3v4", "default_acl": None, "file_overwrite": False, "querystring_auth": True,
            "querystring_expire": SIGNED_FOR, "custom_domain": None, "transfer_config": PARTS, "max_memory_size": MIB,
        }  # fmt: skip
        return super().get_default_settings() | fixed

    def signed(self, path: str, *, content_type: str, disposition: str) -> str:
        """An address of these bytes for whoever has it, for a minute; the store answers with these headers."""
        asked = {
            "Bucket": self.bucket_name, "Key": path, "ResponseContentType": content_type,
            "ResponseContentDisposition": disposition, "ResponseCacheControl": "no-store",
        }  # fmt: skip
        return self._signer.generate_presigned_url("get_object", Params=asked, ExpiresIn=SIGNED_FOR)

    @cached_property
    def _signer(self):
        """One for all threads, as clients may be: making one takes a tenth of a second and ten MiB, signing nothing."""
        return self._create_session().client(
            "s3", region_name=self.region_name, endpoint_url=self.endpoint_url, config=self.client_config
        )
