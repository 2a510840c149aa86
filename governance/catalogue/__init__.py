"""Programs and their dated, sourced rule parameters, as rows: the law changes, code does not."""
