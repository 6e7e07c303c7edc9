"""Faults under load: each with what was sent, acknowledged, stored, lost and doubled. `make faults`."""
