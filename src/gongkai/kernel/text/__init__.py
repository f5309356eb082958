"""Words and numbers as offices write them: document numbers, dates, Chinese numerals, width. Pure."""
