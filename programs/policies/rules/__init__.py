"""Rules of the third tier: what a product must disclose, what saving for old age brings, what group cover costs beside an annuity."""
