"""Services of others that people connect: their calendars, and Slack."""
