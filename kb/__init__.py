"""The knowledge base: keep reports, find passages, answer questions, cite them."""
