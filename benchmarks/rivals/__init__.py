"""The same models as a user would write them without valsim, one file each; none of them imports it."""
