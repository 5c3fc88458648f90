from notices.actions.telling import notify

__all__ = ["notify"]
