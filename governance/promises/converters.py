"""How the code of a rule looks in an address."""

from django.urls import register_converter


class RuleCode:
    """Letters, digits, dots, dashes and underscores."""

    regex = r"[A-Za-z0-9_.\-]{1,60}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(RuleCode, "rule")
