"""Rules about the data quality of BPVO's: the agreements on work placements in Dutch mbo."""
