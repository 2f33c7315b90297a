"""Counts for operators. No label could single a person out: no text, no language, no address."""

from prometheus_client import Counter

REPLIES = Counter("nas_replies", "Replies given", ["kind", "channel"])
