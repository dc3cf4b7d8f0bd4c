"""Letters: kept with the work that asks for them, sent afterwards."""
