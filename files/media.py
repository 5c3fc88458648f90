"""Film and sound, copied stream by stream into a new file without what says where and with what they were made.

By ffmpeg, as a program of its own: with a named demuxer and no protocol but the file, so that a playlist which
pretends to be a film fetches nothing. Nothing is encoded anew; tracks that are neither picture nor sound (positions,
chapters, covers) stay behind.
"""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import imageio_ffmpeg

DEMUXERS = {"iso": "mov", "ebml": "matroska", "mp3": "mp3", "ogg": "ogg", "wav": "wav"}
# Extension and muxer, the first that takes the streams.
WITH_PICTURE = {"iso": [("mp4", "mp4")], "ebml": [("webm", "webm"), ("mp4", "mp4")], "ogg": [("webm", "webm")]}
SOUND = {
    "iso": [("m4a", "ipod")], "ebml": [("webm", "webm"), ("ogg", "ogg")], "mp3": [("mp3", "mp3")],
    "ogg": [("ogg", "ogg")], "wav": [("wav", "wav")],
}  # fmt: skip
BARE = (
    "-map_metadata -1 -map_metadata:s -1 -map_chapters -1 -fflags +bitexact -flags:v +bitexact -flags:a +bitexact "
    "-c copy"
).split()
# All runs together stay below the time that a task may take (CELERY_TASK_TIME_LIMIT).
SECONDS, A_STILL = 170, 30
# A table of samples may name the same bytes again and again: what comes out is not much larger than what came in.
GROWTH, SLACK = 2, 8 * 1024 * 1024
MOST_PIXELS = "50000000"


class Unreadable(ValueError):
    """ffmpeg finds neither picture nor sound in it, or gives up on it."""


@dataclass(frozen=True)
class Film:
    path: Path
    extension: str
    has_picture: bool
    width: int
    height: int
    still: bytes | None


def remux(path: Path, folder: Path, container: str) -> Film:
    """Raises Unreadable."""
    told = _run(["-i", f"file:{path}"], container, SECONDS, may_fail=True).stderr.decode(errors="replace")
    streams = re.findall(r"Stream #0:\d+.*?: (Video|Audio): (.*)", told)
    pictures = [words for kind, words in streams if kind == "Video" and "attached pic" not in words]
    if not pictures and not any(kind == "Audio" for kind, _words in streams):
        raise Unreadable
    most = GROWTH * path.stat().st_size + SLACK
    ways = WITH_PICTURE.get(container, []) if pictures else SOUND[container]
    maps = ["-map", "0:V:0", "-map", "0:a:0?"] if pictures else ["-map", "0:a:0"]
    for extension, muxer in ways:
        out = folder / f"clean.{extension}"
        way = ["-fs", str(most), "-movflags", "+faststart", "-f", muxer, "-y", f"file:{out}"]
        asked = ["-i", f"file:{path}", *maps, *BARE, *way]
        done = _run(asked, container, SECONDS, may_fail=True)
        if out.exists() and out.stat().st_size >= most:
            raise Unreadable
        if done.returncode == 0 and out.stat().st_size:
            size = re.search(r"\b([1-9]\d{1,4})x([1-9]\d{1,4})\b", pictures[0]) if pictures else None
            width, height = map(int, size.groups()) if size else (0, 0)
            still = _still(out, extension) if pictures else None
            return Film(out, extension, bool(pictures), width, height, still)
    raise Unreadable


def _still(path, extension) -> bytes | None:
    """A small picture of its first moment, as JPEG; None where that cannot be had."""
    container = "ebml" if extension == "webm" else "iso"
    scale = "scale='min(480,iw)':-2"
    asked = ["-max_pixels", MOST_PIXELS, "-i", f"file:{path}", "-frames:v", "1", "-vf", scale, "-map_metadata", "-1"]
    done = _run([*asked, "-f", "mjpeg", "pipe:1"], container, A_STILL, may_fail=True)
    return done.stdout or None


def _run(arguments, container, seconds, *, may_fail) -> subprocess.CompletedProcess:
    command = [
        imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-nostdin", "-protocol_whitelist", "file,pipe",
        "-f", DEMUXERS[container], *arguments,
    ]  # fmt: skip
    try:
        return subprocess.run(command, capture_output=True, timeout=seconds, check=not may_fail)
    except subprocess.TimeoutExpired:
        raise Unreadable from None
