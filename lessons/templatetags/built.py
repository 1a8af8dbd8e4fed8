from django import template

from lessons.pages.challenge.built import built

register = template.Library()
register.simple_tag(built)
