"""Rules of official documents: openness, header, body, submission, recognition."""
