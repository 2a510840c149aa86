"""Notices: whoever an action tells finds it in their inbox, and gets an e-mail that names only the reference."""
