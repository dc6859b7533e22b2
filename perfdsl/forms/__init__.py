"""Filled-in 自评表: files become grids of cells, and a grid becomes a form."""
