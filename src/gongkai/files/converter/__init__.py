"""The child that becomes LibreOffice, with limits that it cannot lift."""
