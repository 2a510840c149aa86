"""Filters of lists that take what people type in one spelling."""

import django_filters

from governance.text import CodeField


class CodeFilter(django_filters.CharFilter):
    """Words or a code to look for: full-width letters, kinds of dash and what nobody can see make no difference."""

    field_class = CodeField
