"""The floor that pages are compared with: a bare Django page of fixed size, served as ours are (docs/benches.md)."""
