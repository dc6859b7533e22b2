"""Many units at once: columns in, columns out, with the digits of the exact interpreter."""
