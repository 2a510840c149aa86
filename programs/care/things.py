"""Matters about homes and beds; a home is run by its provider."""

from governance.feedback import things
from governance.feedback.vocabulary import Category

things.declare("care", Category.CARE, run_by={"home": "provider"})
