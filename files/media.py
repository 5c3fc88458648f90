"""Film and sound, copied stream by stream into a new file without what says where and with what they were made.

By ffmpeg, as a program of its own: with a named demuxer and no protocol but the file, so that a playlist which
pretends to be a film fetches nothing. Tracks that are neither picture nor sound (positions, chapters, covers) stay
behind. Encoded anew is only a film each of whose pictures may say where it was taken.
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
    "-map_metadata -1 -map_metadata:s -1 -map_chapters -1 -fflags +bitexact -flags:v +bitexact -flags:a +bitexact"
).split()
# Whose pictures are no files of their own, as those of a film of JPEGs are: into each a camera writes where it was.
COPIED = {"h264", "hevc", "vp8", "vp9", "av1", "mpeg4", "mpeg2video", "mpeg1video", "h263"}
# What stands beside the pictures of these (SEI) is no picture: some camcorders write there where and when it was.
WITHOUT_WORDS = {"h264": "filter_units=remove_types=6", "hevc": "filter_units=remove_types=39-40"}
MOST_PIXELS = "50000000"
# In a box of HD, both ways up: what x264 holds in memory grows with the picture.
BOX = "scale=w='min(1920,iw)':h='min(1920,ih)':force_original_aspect_ratio=decrease:force_divisible_by=2"
ANEW = f"-c:v libx264 -preset veryfast -pix_fmt yuv420p -threads 2 -c:a aac -vf {BOX}".split()
# All runs together stay below the time that a task may take (CELERY_TASK_TIME_LIMIT).
SECONDS, A_STILL, ENCODING = 170, 30, 340
# A table of samples may name the same bytes again and again: what comes out is not much larger than what came in.
GROWTH, SLACK = 2, 8 * 1024 * 1024


class Unreadable(ValueError):
    """ffmpeg finds neither picture nor sound in it, or gives up on it."""


class TooMuch(ValueError):
    """It takes longer than it may."""


@dataclass(frozen=True)
class Film:
    path: Path
    extension: str
    has_picture: bool
    width: int
    height: int
    still: bytes | None


def remux(path: Path, folder: Path, container: str) -> Film:
    """Raises Unreadable or TooMuch."""
    told = _run(["-i", f"file:{path}"], container, SECONDS, may_fail=True).stderr.decode(errors="replace")
    # At the beginning of a line: a title may say the same.
    streams = re.findall(r"^ *Stream #0:\d+.*?: (Video|Audio): (.*)", told, re.MULTILINE)
    pictures = [words for kind, words in streams if kind == "Video" and "attached pic" not in words]
    if not pictures and not any(kind == "Audio" for kind, _words in streams):
        raise Unreadable
    most = GROWTH * path.stat().st_size + SLACK
    ways, how, seconds = SOUND[container], ["-c", "copy"], SECONDS
    if pictures:
        ways = WITH_PICTURE.get(container, [])
        if not all(_codec(words) in COPIED for words in pictures):
            ways, how, seconds = ways and [("mp4", "mp4")], ANEW, ENCODING
        elif beside := WITHOUT_WORDS.get(_codec(pictures[0])):
            how = [*how, "-bsf:v", beside]
    maps = ["-map", "0:V:0", "-map", "0:a:0?"] if pictures else ["-map", "0:a:0"]
    for extension, muxer in ways:
        out = folder / f"clean.{extension}"
        way = ["-fs", str(most), "-movflags", "+faststart", "-f", muxer, "-y", f"file:{out}"]
        asked = ["-max_pixels", MOST_PIXELS, "-i", f"file:{path}", *maps, *BARE, *how, *way]
        done = _run(asked, container, seconds, may_fail=True)
        if out.exists() and out.stat().st_size >= most:
            raise Unreadable
        if done.returncode == 0 and out.stat().st_size:
            still = _still(out, extension) if pictures else None
            return Film(out, extension, bool(pictures), *_size(done.stderr), still)
    raise Unreadable


def _size(told: bytes) -> tuple[int, int]:
    """Width and height of the film that was written; 0 where it has none."""
    written = told.decode(errors="replace").rpartition("Output #0")[2]
    size = re.search(r": Video: .*?\b([1-9]\d{1,4})x([1-9]\d{1,4})\b", written)
    return (int(size[1]), int(size[2])) if size else (0, 0)


def _codec(words: str) -> str:
    """As ffmpeg calls it, of "mjpeg (Baseline) (jpeg / 0x6765706A), yuvj420p, 640x480"."""
    return re.match(r"\w*", words)[0]


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
        raise TooMuch from None
