"""Care: homes, beds, vacancies, reservations."""
