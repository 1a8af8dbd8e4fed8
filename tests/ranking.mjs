// Asks frontend/ranking.js what tests/test_ranking.py wants to know: JSON from standard input, JSON to standard output.

import { Ranking } from "../frontend/ranking.js";
import { findTerms } from "../frontend/terms.js";

process.stdin.setEncoding("utf8");
let asked = "";
for await (const chunk of process.stdin) asked += chunk;
const { index, queries, texts } = JSON.parse(asked);
const ranking = new Ranking(index);
process.stdout.write(JSON.stringify({
  found: queries.map((query) => ranking.search(query, 30)),
  nearest: queries.map((query) => ranking.nearest(query)),
  terms: texts.map(findTerms),
}));
