"""What is stored sealed: keys, ciphers, blind indexes. Nothing above this room sees a key."""
