"""The Relief page: what is asked, and what is told of its answer, each in a file of its own."""
