# With the month's name: who reads Spanish in the United States may take 9/11 for either day.
SHORT_DATE_FORMAT = "j M Y"
SHORT_DATETIME_FORMAT = "j M Y, H:i"
