"""Pages of messages: my own, my reminders, and the channels for administrators."""
