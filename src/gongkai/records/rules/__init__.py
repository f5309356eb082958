"""What a typed record is, without database: the declared type, a value, a masked value, a sheet of rows."""
