"""Report: what people look at and what other programs read, made of a judgement or of fotos."""
