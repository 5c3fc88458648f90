"""The small Markdown of the plain form. What people write there becomes nodes, and nodes become what they see there.

A line break stays a line break. HTML, pictures and indented code are just words. `to_markdown` is stable: reading
its answer and writing it again gives the same, which is how the form knows the blocks that nobody touched.
"""

from coedit.markdown.reading import from_markdown
from coedit.markdown.writing import each_to_markdown, to_markdown

__all__ = ["each_to_markdown", "from_markdown", "to_markdown"]
