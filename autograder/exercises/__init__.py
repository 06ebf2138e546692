"""An exercise is a folder named after its function: hidden tests, misconceptions, right styles."""
