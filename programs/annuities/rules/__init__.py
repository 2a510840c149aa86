"""Pure rules of enterprise annuities. Money in yuan, shares as parts of one, times in whole years."""
