"""What people see: one question of the office per file, the parts they share, and the door."""
