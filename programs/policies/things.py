"""Matters about products and policies; who sells them runs them."""

from governance.feedback import things
from governance.feedback.vocabulary import Category

things.declare("policies", Category.COMMERCIAL, run_by={"product": "provider", "policy": "provider"})
