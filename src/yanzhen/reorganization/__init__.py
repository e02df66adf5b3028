"""党组织调整: units moved, merged, split and ended, and members who go to another unit. It stands above all rooms
whose rows lie on a unit's ground, because all of them go along."""
