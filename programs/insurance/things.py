"""Matters about accounts, claims and statements of the insurance."""

from governance.feedback import things
from governance.feedback.vocabulary import Category

things.declare("insurance", Category.PENSION)
