"""From a report to the right member on scene; here already: the push of live positions to command centres."""
