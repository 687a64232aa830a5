"""Options in closed form: a call on a day, a call at a random time, an option on an option."""
