"""What runs in the child that masks personal data; outside it only ``marks`` is imported."""
