"""The ground floor: types and protocols every department shares. Nothing here does network or disk I/O on its own."""
