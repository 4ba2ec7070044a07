"""Text to meaning, without I/O: pasted text to drafts, key results to readings."""
