"""The demonstration town 云岭县青禾镇: invented people and places, and two years that they lived through the acts."""
