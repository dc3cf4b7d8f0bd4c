"""What clients send and read about planned meetings."""
