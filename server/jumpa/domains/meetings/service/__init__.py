"""What can be done with planned meetings, one module for each activity."""
