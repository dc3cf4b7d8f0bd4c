"""Durable work: kept with the change that asks for it, done afterwards, even after a crash."""
