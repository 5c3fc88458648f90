"""What `bin/bench pages` is made of."""
