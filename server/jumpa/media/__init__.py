"""Who may meet, and the engine that carries the meeting."""
