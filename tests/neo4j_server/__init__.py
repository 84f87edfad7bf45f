"""A real Neo4j Community server for tests, without Docker or root."""
