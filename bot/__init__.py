"""The conversation: what a person says comes in as an Incoming and goes out as a Reply, on every channel."""
