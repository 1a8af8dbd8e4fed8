"""What the pages show, as plain data: one module for each kind of page. Templates have no logic worth testing."""
