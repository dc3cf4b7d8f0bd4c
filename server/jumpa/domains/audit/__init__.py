"""What was done to accounts and by whom, in a chain that shows when a link is missing."""
