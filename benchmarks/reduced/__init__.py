"""One reduced model, written four times from `REDUCED_MODEL.md`."""
