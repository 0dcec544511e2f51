"""That nothing is lost: faults at every step of writing, power losses, full disks, and several writers at once."""
