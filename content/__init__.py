"""What the service knows and how it is found: texts, figures, contacts and the search over them."""
