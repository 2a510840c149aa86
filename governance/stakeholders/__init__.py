"""Who is there: people, organisations, areas, mandates; signing in; the actor of a request."""
