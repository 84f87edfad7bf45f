"""What people see: pages in the browser and text in the terminal. Draws, never computes."""
