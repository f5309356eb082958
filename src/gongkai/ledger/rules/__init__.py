"""Reading a yearly plan of open government and judging how far each of its tasks is. Pure."""
