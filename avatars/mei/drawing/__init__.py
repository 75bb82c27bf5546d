"""Draws Mei: parameters to SVG. Run by hand when the drawing changes; what is on air reads only the files it wrote."""
