"""The HTTP house: JSON API, web chat, figures, the Telegram webhook, health and metrics."""
