# With the month's name: a school in England and one in the United States read 11/9 as two different days.
SHORT_DATE_FORMAT = "M j, Y"
SHORT_DATETIME_FORMAT = "M j, Y, P"
