"""Made texts for the gate. Nothing here imports the product, so that a rule cannot agree with itself."""
