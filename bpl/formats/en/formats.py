# English is read in two orders of figures, also by one family: a short date names its month.
SHORT_DATE_FORMAT = "M j, Y"
SHORT_DATETIME_FORMAT = "M j, Y, P"
