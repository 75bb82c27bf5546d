"""The quantities of a text: prices, sizes, counts, times and dates, however they are written."""
