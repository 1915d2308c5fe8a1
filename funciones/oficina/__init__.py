"""La mesa: cola, ficha, revisión, actas, nóminas y bitácora del personal."""
