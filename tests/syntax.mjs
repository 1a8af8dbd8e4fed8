// Asks frontend/editor/syntax.js what tests/test_syntax.py wants to know: JSON, a list of Python files' texts, from
// standard input; to standard output for each where it is wrong, or null.

import { pythonLanguage } from "@codemirror/lang-python";

import { firstError } from "../frontend/editor/syntax.js";

process.stdin.setEncoding("utf8");
let asked = "";
for await (const chunk of process.stdin) asked += chunk;
const answers = JSON.parse(asked).map((text) => firstError(pythonLanguage.parser.parse(text), text));
process.stdout.write(JSON.stringify(answers));
