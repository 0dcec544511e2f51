"""Documents for readers: one model of blocks, built once per document and language, and one small writer per format."""
