"""What a register of issued papers says, and how a copy of an official text differs: pure functions."""
