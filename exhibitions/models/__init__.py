from exhibitions.models.evidence import Evidence

__all__ = ["Evidence"]
