"""Pages of variants that run by themselves."""
