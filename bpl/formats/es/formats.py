# A family that reads Spanish may have a school in the United States: a short date names its month.
SHORT_DATE_FORMAT = "j b Y"
SHORT_DATETIME_FORMAT = "j b Y, H:i"
