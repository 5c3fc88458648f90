"""A printed page as PDF, from the same HTML that a browser would print."""

from weasyprint import HTML, URLFetcher


def pdf(html: str) -> bytes:
    """The page must hold its own styles: nothing is fetched from anywhere, whatever the words in it name."""
    return HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=["data"])).write_pdf()
