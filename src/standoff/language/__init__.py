"""Language: reports to analyses. Sentences, words, parse, quotation marks, encoder states."""
