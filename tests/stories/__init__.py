"""Stories: what people and agents live through with one file, told from beginning to end."""
