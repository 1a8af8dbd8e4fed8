"""What recording and showing a run costs, as ratios in one run: machines are noisy, ratios less so."""
