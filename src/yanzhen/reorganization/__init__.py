"""党组织调整: units moved, merged, split and ended, members who go to another unit, and registrations of one
person made one. It stands above all rooms whose rows lie on a unit's ground, because all of them go along."""
