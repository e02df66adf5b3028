"""雁阵: keeps a Party organization together when its members work away from home."""
