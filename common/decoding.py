"""Text out of the files that people bring: as spreadsheets and registers write them."""


def decode(data: bytes) -> str:
    """What a file says: UTF-8 with or without its mark, the UTF-16 of spreadsheets, else Windows' Western letters."""
    # A database keeps no zero bytes, and none of them means anything.
    return _decode(data).replace("\x00", "")


def _decode(data):
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
