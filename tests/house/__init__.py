"""What holds for the whole house: sizes, locks, the catalogue, the map and the two commands."""
