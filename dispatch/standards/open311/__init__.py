"""Open311 GeoReport v2: what citizens report comes in, how it goes is read.

https://wiki.open311.org/GeoReport_v2/
"""
