"""What can be uploaded, by content, and how much of it."""

from django.utils.translation import gettext_lazy as _

from files.models import Kind

MIB = 1024 * 1024
# Of one file.
MOST = {
    Kind.PHOTO: 50 * MIB, Kind.VIDEO: 2048 * MIB, Kind.AUDIO: 500 * MIB, Kind.PDF: 100 * MIB, Kind.DOCUMENT: 100 * MIB,
    Kind.TEXT: 2 * MIB,
}  # fmt: skip
LARGEST = max(MOST.values())
# Of one student, all files together.
A_STUDENT = 5 * 1024 * MIB
# Of one piece of an upload: what a web process and nginx take at once.
PIECE = 8 * MIB

# What is taken, for people to read beside the button.
TAKEN = _("Photos, video, sound, PDF, Word, Excel, PowerPoint and OpenDocument files, and plain text.")
# How large each may be, for the same place; the numbers are MOST's.
SIZES = _(
    "Up to %(photo)s MB for a photo, %(pdf)s MB for a PDF or document, %(audio)s MB for sound, %(video)s GB for a film."
)


def sizes() -> str:
    """The limits of one file, in the reader's language."""
    facts = {"photo": MOST[Kind.PHOTO], "pdf": MOST[Kind.PDF], "audio": MOST[Kind.AUDIO]}
    return SIZES % ({name: most // MIB for name, most in facts.items()} | {"video": MOST[Kind.VIDEO] // (1024 * MIB)})


# Extension and media type that a cleaned file of this content has.
VIDEOS = {"mp4": "video/mp4", "webm": "video/webm"}
SOUNDS = {"m4a": "audio/mp4", "mp3": "audio/mpeg", "ogg": "audio/ogg", "wav": "audio/wav", "webm": "audio/webm"}
_OOXML = "application/vnd.openxmlformats-officedocument"
DOCUMENTS = {
    "docx": f"{_OOXML}.wordprocessingml.document", "xlsx": f"{_OOXML}.spreadsheetml.sheet",
    "pptx": f"{_OOXML}.presentationml.presentation", "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet", "odp": "application/vnd.oasis.opendocument.presentation",
}  # fmt: skip
