"""How dates are shown: Django's own formats, but never in figures that another reader takes for another day."""
