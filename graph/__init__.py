"""The domain: facts, stores, views, possible hops, routes and exports. Knows no screen."""
