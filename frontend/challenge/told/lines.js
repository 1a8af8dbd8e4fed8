// Two texts, line by line.

// How long the longest common subsequence of left[i…] and right[j…] is, for all i and j.
const commonLengths = (left, right) => {
  const lengths = Array.from({ length: left.length + 1 }, () => new Uint16Array(right.length + 1));
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      const skipping = Math.max(lengths[i + 1][j], lengths[i][j + 1]);
      lengths[i][j] = left[i] === right[j] ? lengths[i + 1][j + 1] + 1 : skipping;
    }
  }
  return lengths;
};

// Return [[left line, right line]]: equal ones side by side, and of those that differ null where there is none.
export const align = (left, right) => {
  const lengths = commonLengths(left, right);
  const rows = [];
  let [i, j] = [0, 0];
  let [ours, theirs] = [[], []];
  const flush = () => {
    const longest = ours.length > theirs.length ? ours : theirs;
    for (const at of longest.keys()) rows.push([ours[at] ?? null, theirs[at] ?? null]);
    [ours, theirs] = [[], []];
  };
  while (i < left.length || j < right.length) {
    if (i < left.length && j < right.length && left[i] === right[j]) {
      flush();
      rows.push([left[i++], right[j++]]);
    } else if (j === right.length || (i < left.length && lengths[i + 1][j] >= lengths[i][j + 1])) {
      ours.push(left[i++]);
    } else theirs.push(right[j++]);
  }
  flush();
  return rows;
};
