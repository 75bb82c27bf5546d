"""What of a product changes on air: price, list price, stock, variants, promotions. Pure: no I/O, time is handed in."""
