"""Pages: one file each, registered in ui/registry.py."""
