"""What has to be quick, measured: one file a measurement, one command for all of them."""
