"""Time per ticket: entered by hand, summed by person, activity and customer. Nothing is measured unasked."""
