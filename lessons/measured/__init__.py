"""Many runs, or runs in a process of their own: measured once, kept for a while, shared by readers."""
