"""What a file of any kind says: encodings, HTML, Word, PDF."""
