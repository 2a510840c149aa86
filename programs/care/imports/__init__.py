"""Files of homes and beds: read, checked, compared with the register, applied, undone."""
