from django import template

register = template.Library()

TONES = 8


@register.filter
def tone(person):
    """Which of the colours of style/components/person.css this person has, the same on every page."""
    return (person.pk or 0) % TONES
