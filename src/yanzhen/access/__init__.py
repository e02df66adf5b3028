"""Who may see and do what, and why: permission names, roles, dated appointments on units, scopes by unit path."""
