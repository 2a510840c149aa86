"""Who looked at whose data: written at every reading, shown to whom the data is about."""
