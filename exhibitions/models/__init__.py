from exhibitions.models.evidence import Evidence
from exhibitions.models.exhibition import Exhibition, Room, Shown, Window
from exhibitions.models.gateway import Check, Decision, Gateway, Requirement
from exhibitions.models.judging import Agreed, Consent, Rating, Remark
from exhibitions.models.narrative import Narrative, Opening, Proof, Taken
from exhibitions.models.panel import Seat, Times, Timetabling
from exhibitions.models.profile import About, Chosen, Share
from exhibitions.models.rehearsal import PeerFeedback, Rehearsal

__all__ = [
    "About", "Agreed", "Check", "Chosen", "Consent", "Decision", "Evidence", "Exhibition", "Gateway", "Narrative",
    "Opening", "PeerFeedback", "Proof", "Rating", "Rehearsal", "Remark", "Requirement", "Room", "Seat", "Share",
    "Shown", "Taken", "Times", "Timetabling", "Window",
]  # fmt: skip
