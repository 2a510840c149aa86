"""Open311 GeoReport v2: other systems hand matters over and follow what is public, in the form they all speak.

The standard: https://wiki.open311.org/GeoReport_v2/. Beyond it: pages, ``extensions``, services that are kept confidential
(type ``blackbox``, keyword ``private``), matters without a place, ``servicerequestupdates``. Nothing here passes by the
actions, and nothing is shown that the public register does not show.
"""
