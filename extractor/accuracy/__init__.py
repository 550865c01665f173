"""How right results are, field by field, against a truth: `compare`, and the report it makes."""
