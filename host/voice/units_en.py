"""Units and currencies as they are written, and how they are said in English."""

from __future__ import annotations

from host.voice.marks import table

UNITS = table(
    """
    milliliter = ml mL ML
    liter = L l
    gram = g
    kilogram = kg KG
    milligram = mg
    microgram = μg mcg
    meter = m
    centimeter = cm
    millimeter = mm
    kilometer = km
    nanometer = nm
    ounce = oz
    pound = lb lbs
    foot = ft
    yard = yd
    mile = mi
    inch = in "
    watt = W
    kilowatt = kW
    kilowatt hour = kWh
    watt hour = Wh
    volt = V
    amp = A
    milliamp = mA
    milliamp hour = mAh
    amp hour = Ah
    hertz = Hz
    kilohertz = kHz
    megahertz = MHz
    gigahertz = GHz
    kilobyte = KB
    megabyte = MB
    gigabyte = GB
    terabyte = TB
    kilocalorie = kcal
    calorie = cal
    kilojoule = kJ
    decibel = dB
    pascal = Pa
    lumen = lm
    fluid ounce = fl_oz
    square meter = m2 m²
    square foot = sqft
    hour = h hr hrs
    minute = min mins
    second = s sec secs
    millisecond = ms
    piece = pcs pc
    mile per hour = mph
    kilometer per hour = km/h
    revolution per minute = rpm
    p s i = psi
    frame per second = fps
    """
)

CURRENCIES = {
    **dict.fromkeys(("$", "US$", "USD"), ("dollar", "cent")),
    **dict.fromkeys(("€", "EUR"), ("euro", "cent")),
    **dict.fromkeys(("£", "GBP"), ("pound", "penny")),
    **dict.fromkeys(("¥", "CNY", "RMB"), ("yuan", "fen")),
    "HK$": ("Hong Kong dollar", "cent"),
    "C$": ("Canadian dollar", "cent"),
    "A$": ("Australian dollar", "cent"),
}
