"""The Telegram channel: an update becomes an Incoming, a Reply becomes a message. The only place that knows aiogram."""
