"""A printed page as PDF, from the same HTML that a browser would print."""


def pdf(html: str) -> bytes:
    """The page must hold its own styles: nothing is fetched from anywhere, whatever the words in it name."""
    # Loading it takes a second and many megabytes, and most processes never print.
    from weasyprint import HTML, URLFetcher  # noqa: PLC0415

    return HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=["data"])).write_pdf()
