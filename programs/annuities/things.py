"""Matters about plans and accounts of occupational annuities."""

from governance.feedback import things
from governance.feedback.vocabulary import Category

things.declare("annuities", Category.COMMERCIAL)
