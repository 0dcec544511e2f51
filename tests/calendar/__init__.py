"""The published calendar, proved by other programs."""
