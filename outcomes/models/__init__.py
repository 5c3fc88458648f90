from outcomes.models.background import Background, Held
from outcomes.models.clearinghouse import ClearinghouseFile, ClearinghouseLine
from outcomes.models.destination import Destination
from outcomes.models.leaver import ContactConsent, Leaver, Survey
from outcomes.models.tables import Attention, FigureTable, Refresh, SavedView, Snapshot

__all__ = [
    "Attention",
    "Background",
    "ClearinghouseFile",
    "ClearinghouseLine",
    "ContactConsent",
    "Destination",
    "FigureTable",
    "Held",
    "Leaver",
    "Refresh",
    "SavedView",
    "Snapshot",
    "Survey",
]
