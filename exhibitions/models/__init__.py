from exhibitions.models.evidence import Evidence
from exhibitions.models.exhibition import Exhibition, Room, Shown, Window

__all__ = ["Evidence", "Exhibition", "Room", "Shown", "Window"]
