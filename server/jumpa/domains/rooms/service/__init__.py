"""What can be done with rooms, one module for each activity."""
