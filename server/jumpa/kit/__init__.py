"""What any server needs; nothing here knows what a meeting is."""
