"""Words of the templates of signing in."""
