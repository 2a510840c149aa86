"""The pages of basic insurance: calculators for everybody, the registry for those it is about."""
