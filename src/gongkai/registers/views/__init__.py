"""Pages of registers, hosted copies, periods and re-determination."""
