"""One person in one session or one run: enrolment, the ladder, what it is worth over time."""
