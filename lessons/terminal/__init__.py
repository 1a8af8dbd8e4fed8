"""What run_lesson and check_lessons print."""
