"""How a message is understood: its language, its topic, the figure it asks for, and whether somebody is in danger."""
