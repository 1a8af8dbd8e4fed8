"""Of the lesson of the fixture `course`."""

NAIVE = "/lessons/a_track/a_lesson/naive/"
