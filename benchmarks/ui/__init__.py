"""Times of the app in a real browser, beside a plain pyvis page over the same store."""
