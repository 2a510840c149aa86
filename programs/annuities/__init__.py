"""Occupational pensions of enterprises and other employers (企业年金): plans, how they are filed, what they come to."""
